package dev.vitals.health.monitor.maintenance;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A span of time that is not empty.
 *
 * @param from its first moment
 * @param to the first moment after it
 */
public record Interval(Instant from, Instant to) {
    private static final Comparator<Interval> ORDER =
            Comparator.comparing(Interval::from).thenComparing(Interval::to);

    /** Refuses a span that is empty. */
    public Interval {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("to must be after from, " + from + ", was " + to);
        }
    }

    /** Returns whether that moment is within. */
    public boolean contains(Instant at) {
        return !at.isBefore(from) && at.isBefore(to);
    }

    /** Returns what lies within the bounds. */
    public Optional<Interval> within(Instant first, Instant end) {
        Instant start = from.isBefore(first) ? first : from;
        Instant stop = to.isAfter(end) ? end : to;
        return start.isBefore(stop) ? Optional.of(new Interval(start, stop)) : Optional.empty();
    }

    /** Returns the same moments as spans that neither overlap nor touch, in the order of time. */
    public static List<Interval> merged(Collection<Interval> spans) {
        List<Interval> merged = new ArrayList<>();
        for (Interval span : spans.stream().sorted(ORDER).toList()) {
            Interval last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last == null || last.to.isBefore(span.from)) {
                merged.add(span);
            } else if (last.to.isBefore(span.to)) {
                merged.set(merged.size() - 1, new Interval(last.from, span.to));
            }
        }
        return merged;
    }
}
