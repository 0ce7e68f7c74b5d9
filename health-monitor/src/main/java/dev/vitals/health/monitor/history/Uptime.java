package dev.vitals.health.monitor.history;

import dev.vitals.health.monitor.model.TimeRange;
import java.time.Duration;

/**
 * How long a target was in which state in a range. The five states add up exactly to the watched part of the range, and
 * together with the part that was not watched to the range.
 *
 * @param range what was asked for
 * @param healthy time in that state, outside of maintenance; as the next three
 * @param degraded see healthy
 * @param unhealthy see healthy
 * @param unknown see healthy
 * @param maintenance time in maintenance, whatever the state
 * @param notWatched time in which there was no such target; in no other number
 */
public record Uptime(
        TimeRange range,
        Duration healthy,
        Duration degraded,
        Duration unhealthy,
        Duration unknown,
        Duration maintenance,
        Duration notWatched) {
    /** Returns the length of the watched part of the range: the sum of the five. */
    public Duration watched() {
        return healthy.plus(degraded).plus(unhealthy).plus(unknown).plus(maintenance);
    }

    /** Returns that time's share of the watched part, from 0 to 1; 0 if nothing was watched. */
    public double share(Duration part) {
        long watched = watched().toMillis();
        return watched == 0 ? 0 : (double) part.toMillis() / watched;
    }
}
