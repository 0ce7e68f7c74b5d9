package dev.vitals.health.indicator;

import dev.vitals.health.internal.Require;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The HTTP status codes that are fine.
 *
 * @param codes at least one
 * @param words how a message names them
 */
record ExpectedStatus(Set<Integer> codes, String words) {
    static final ExpectedStatus DEFAULT = anyOf(200);

    private static final int MIN_STATUS = 100;
    private static final int MAX_STATUS = 599;

    static ExpectedStatus anyOf(int first, int... others) {
        Set<Integer> codes = new TreeSet<>();
        IntStream.concat(IntStream.of(first), IntStream.of(others)).forEach(code -> codes.add(checked("", code)));
        return new ExpectedStatus(codes, codes.stream().map(String::valueOf).collect(Collectors.joining(" or ")));
    }

    static ExpectedStatus range(int from, int to) {
        checked("'s from", from);
        checked("'s to", to);
        if (from > to) {
            throw new IllegalArgumentException(
                    "expectedStatus's from must be at most its to of " + to + ", was " + from);
        }
        return new ExpectedStatus(
                IntStream.rangeClosed(from, to).boxed().collect(Collectors.toSet()), from + " to " + to);
    }

    private static int checked(String part, int code) {
        return Require.range("expectedStatus" + part, code, MIN_STATUS, MAX_STATUS);
    }

    boolean holds(int code) {
        return codes.contains(code);
    }

    @Override
    public String toString() {
        return words;
    }
}
