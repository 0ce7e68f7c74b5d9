package dev.vitals.health.monitor.model;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A range of time, in milliseconds: the first belongs to it, the last does not.
 *
 * @param from when it begins
 * @param to when it is over; not before it begins
 */
public record TimeRange(Instant from, Instant to) {
    private static final Comparator<TimeRange> ORDER =
            Comparator.comparing(TimeRange::from).thenComparing(TimeRange::to);

    /** Cuts both to milliseconds. */
    public TimeRange {
        from = from.truncatedTo(ChronoUnit.MILLIS);
        to = to.truncatedTo(ChronoUnit.MILLIS);
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("to must not be before from " + from + ", was " + to);
        }
    }

    /** Returns how long it is. */
    public Duration length() {
        return Duration.between(from, to);
    }

    /** Returns whether that moment is within. */
    public boolean contains(Instant at) {
        return !at.isBefore(from) && at.isBefore(to);
    }

    /** Returns what lies within the bounds; empty if nothing does. */
    public Optional<TimeRange> within(Instant first, Instant end) {
        Instant start = from.isBefore(first) ? first : from;
        Instant stop = to.isAfter(end) ? end : to;
        return start.isBefore(stop) ? Optional.of(new TimeRange(start, stop)) : Optional.empty();
    }

    /** Returns the same moments as ranges that neither overlap nor touch, in the order of time. */
    public static List<TimeRange> merged(Collection<TimeRange> ranges) {
        List<TimeRange> merged = new ArrayList<>();
        for (TimeRange range : ranges.stream().sorted(ORDER).toList()) {
            TimeRange last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last == null || last.to.isBefore(range.from)) {
                merged.add(range);
            } else if (last.to.isBefore(range.to)) {
                merged.set(merged.size() - 1, new TimeRange(last.from, range.to));
            }
        }
        return merged;
    }
}
