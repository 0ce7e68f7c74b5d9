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
 * A range of time in whole milliseconds.
 *
 * @param from the start, which belongs to the range
 * @param to the end, which does not belong to the range; not before the start
 */
public record TimeRange(Instant from, Instant to) {
    private static final Comparator<TimeRange> ORDER =
            Comparator.comparing(TimeRange::from).thenComparing(TimeRange::to);

    /**
     * Truncates both ends to milliseconds.
     *
     * @throws IllegalArgumentException if the end is before the start
     */
    public TimeRange {
        from = from.truncatedTo(ChronoUnit.MILLIS);
        to = to.truncatedTo(ChronoUnit.MILLIS);
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("to must not be before from " + from + ", was " + to);
        }
    }

    /** Returns the time from start to end. */
    public Duration length() {
        return Duration.between(from, to);
    }

    /** Returns whether the time is in the range. */
    public boolean contains(Instant at) {
        return !at.isBefore(from) && at.isBefore(to);
    }

    /** Returns the part of this range between the bounds; empty if there is none. */
    public Optional<TimeRange> within(Instant first, Instant end) {
        Instant start = from.isBefore(first) ? first : from;
        Instant stop = to.isAfter(end) ? end : to;
        return start.isBefore(stop) ? Optional.of(new TimeRange(start, stop)) : Optional.empty();
    }

    /** Returns ranges that cover the same time, ordered by time, and neither overlap nor touch. */
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
