package dev.vitals.health.monitor.history;

import dev.vitals.health.internal.Require;
import java.time.Duration;

/**
 * The time for which the history is kept. State changes are kept forever.
 *
 * @param results how long results and minutes are kept; from 1 hour to 90 days
 * @param hours how long hours are kept; from 1 day to 3650 days
 */
public record RetentionPolicy(Duration results, Duration hours) {
    /** The default for results and minutes: 4 days. */
    public static final Duration DEFAULT_RESULTS = Duration.ofDays(4);

    /** The default for hours: 400 days. */
    public static final Duration DEFAULT_HOURS = Duration.ofDays(400);

    private static final Duration MIN_RESULTS = Duration.ofHours(1);
    private static final Duration MAX_RESULTS = Duration.ofDays(90);
    private static final Duration MIN_HOURS = Duration.ofDays(1);
    private static final Duration MAX_HOURS = Duration.ofDays(3_650);

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if a duration is out of bounds
     */
    public RetentionPolicy {
        Require.range("keepResults", results, MIN_RESULTS, MAX_RESULTS);
        Require.range("keepHours", hours, MIN_HOURS, MAX_HOURS);
    }
}
