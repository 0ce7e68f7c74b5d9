package dev.vitals.health.monitor.history;

import dev.vitals.health.internal.Require;
import java.time.Duration;

/**
 * How long the history is kept; changes of states are kept for ever.
 *
 * @param results results and minutes; from 1 h to 90 days
 * @param hours hours; from 1 day to 3650 days
 */
public record RetentionPolicy(Duration results, Duration hours) {
    /** Results and minutes unless said otherwise. */
    public static final Duration DEFAULT_RESULTS = Duration.ofDays(4);

    /** Hours unless said otherwise. */
    public static final Duration DEFAULT_HOURS = Duration.ofDays(400);

    private static final Duration MIN_RESULTS = Duration.ofHours(1);
    private static final Duration MAX_RESULTS = Duration.ofDays(90);
    private static final Duration MIN_HOURS = Duration.ofDays(1);
    private static final Duration MAX_HOURS = Duration.ofDays(3_650);

    /** Refuses what is out of bounds. */
    public RetentionPolicy {
        Require.range("keepResults", results, MIN_RESULTS, MAX_RESULTS);
        Require.range("keepHours", hours, MIN_HOURS, MAX_HOURS);
    }
}
