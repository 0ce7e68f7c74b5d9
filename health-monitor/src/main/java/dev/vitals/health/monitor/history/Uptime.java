package dev.vitals.health.monitor.history;

import dev.vitals.health.monitor.model.TimeRange;
import java.time.Duration;

/**
 * The time that a target spent in each state during a time range. The five parts from healthy to maintenance add up exactly
 * to the watched time; watched and unwatched time add up to the range.
 *
 * @param range the time range
 * @param healthy time in state HEALTHY, without maintenance
 * @param degraded time in state DEGRADED, without maintenance
 * @param unhealthy time in state UNHEALTHY, without maintenance
 * @param unknown time in state UNKNOWN, without maintenance
 * @param maintenance time in maintenance, in whatever state
 * @param notWatched time in which the target was not watched
 */
public record Uptime(
        TimeRange range,
        Duration healthy,
        Duration degraded,
        Duration unhealthy,
        Duration unknown,
        Duration maintenance,
        Duration notWatched) {
    /** Returns the watched time. */
    public Duration watched() {
        return healthy.plus(degraded).plus(unhealthy).plus(unknown).plus(maintenance);
    }

    /** Returns the share of a part in the watched time, from 0 to 1; 0 if the target was never watched. */
    public double share(Duration part) {
        long watched = watched().toMillis();
        return watched == 0 ? 0 : (double) part.toMillis() / watched;
    }
}
