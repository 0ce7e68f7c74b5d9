package dev.vitals.health.http.internal;

import dev.vitals.health.internal.Require;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A set of HTTP status codes. Immutable.
 *
 * @param ranges at least one
 */
public record StatusCodes(List<Range> ranges) {
    private static final String FIELD = "expectedStatus";
    private static final int MIN = 100;
    private static final int MAX = 599;

    /** All codes from one to another, both included. */
    public record Range(int from, int to) {
        @Override
        public String toString() {
            return from == to ? Integer.toString(from) : from + "-" + to;
        }
    }

    /**
     * Returns a set of single codes.
     *
     * @throws IllegalArgumentException if one is not from 100 to 599
     */
    public static StatusCodes of(int first, int... others) {
        return new StatusCodes(IntStream.concat(IntStream.of(first), IntStream.of(others))
                .map(code -> Require.range(FIELD, code, MIN, MAX))
                .sorted()
                .distinct()
                .mapToObj(code -> new Range(code, code))
                .toList());
    }

    /**
     * Returns a set of all codes from one to another, both included.
     *
     * @throws IllegalArgumentException if a bound is not from 100 to 599, or the first is above the second
     */
    public static StatusCodes range(int from, int to) {
        Require.range(FIELD + "'s from", from, MIN, MAX);
        Require.range(FIELD + "'s to", to, MIN, MAX);
        if (from > to) {
            throw new IllegalArgumentException(FIELD + "'s from must be at most its to of " + to + ", was " + from);
        }
        return new StatusCodes(List.of(new Range(from, to)));
    }

    /** Returns whether the code is in the set. */
    public boolean contains(int code) {
        for (Range range : ranges) {
            if (code >= range.from() && code <= range.to()) {
                return true;
            }
        }
        return false;
    }

    /** Returns the codes as a message names them, such as {@code 200-299 or 304}. */
    @Override
    public String toString() {
        return ranges.stream().map(Range::toString).collect(Collectors.joining(" or "));
    }
}
