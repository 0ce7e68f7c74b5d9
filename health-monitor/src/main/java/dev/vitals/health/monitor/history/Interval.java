package dev.vitals.health.monitor.history;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A span of time, in milliseconds: the first belongs to it, the last does not.
 *
 * @param from when it begins
 * @param to when it is over; not before it begins
 */
public record Interval(Instant from, Instant to) {
    /** Cuts both to milliseconds. */
    public Interval {
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
}
