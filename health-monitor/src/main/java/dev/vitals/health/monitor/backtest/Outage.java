package dev.vitals.health.monitor.backtest;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A time in which a target was UNHEALTHY, with the failures that led there.
 *
 * @param startedAt the first of the failures in a row
 * @param detectedAt when the target became UNHEALTHY
 * @param recoveredAt when it no longer was UNHEALTHY, or no longer watched; null if that was not in the time range
 */
public record Outage(
        Instant startedAt, Instant detectedAt, @Nullable Instant recoveredAt) {
    Outage recovered(Instant at) {
        return new Outage(startedAt, detectedAt, at);
    }

    boolean overlaps(Outage other) {
        return !endsBefore(other.startedAt) && !other.endsBefore(startedAt);
    }

    private boolean endsBefore(Instant time) {
        return recoveredAt != null && recoveredAt.isBefore(time);
    }
}
