package dev.vitals.health.monitor.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The spelling, defaults and bounds of a target's settings in documents of one source.
 *
 * @param kindField the field that holds the kind
 * @param defaultKind the kind of a document without that field; null if the field is required
 * @param interval the time between the starts of two polls
 * @param timeout the time allowed for one poll
 * @param failures the failures in a row that make UNHEALTHY
 * @param successes the passes in a row that make HEALTHY again
 * @param shorthand whether a time can be text such as {@code 5s}, and one value can stand for a list
 */
record SettingsLimits(
        String kindField,
        @Nullable String defaultKind,
        Time interval,
        Time timeout,
        Count failures,
        Count successes,
        boolean shorthand) {
    private static final SettingsLimits REGISTRATION = new SettingsLimits(
            "kind",
            "health",
            new Time(
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(5),
                    Duration.ofMinutes(5),
                    "a number of seconds from 5 to 300"),
            new Time(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(2),
                    Duration.ofMinutes(1),
                    "a number of seconds from 2 to 60, below interval"),
            new Count("unhealthy", 2, 2, 10),
            new Count("healthy", 10, 2, 10),
            false);

    private static final SettingsLimits FILE = new SettingsLimits(
            "type",
            null,
            interval(Duration.ofSeconds(10)),
            timeout(Duration.ofSeconds(5)),
            count("failureThreshold", 3),
            count("successThreshold", 1),
            true);

    // With five minutes between polls, a threshold of 3 would report a failure after a quarter of an hour. People who
    // change a host want the latest result, not a trend.
    private static final SettingsLimits HOST = new SettingsLimits(
            "kind",
            null,
            interval(Duration.ofMinutes(5)),
            timeout(Duration.ofSeconds(10)),
            count("failureThreshold", 1),
            count("successThreshold", 1),
            true);

    /** A time with its default and bounds; the sentence follows "must be". */
    record Time(Duration standard, Duration min, Duration max, String bound) {}

    /** A whole number with its field, default and bounds. */
    record Count(String field, int standard, int min, int max) {}

    static SettingsLimits of(Source source) {
        return switch (source) {
            case REGISTRATION -> REGISTRATION;
            case FILE -> FILE;
            case HOST -> HOST;
        };
    }

    private static Time interval(Duration standard) {
        String bound = "a time from 1 s to 1 day, in seconds or such as 500ms, 5s, 5m";
        return new Time(standard, Duration.ofSeconds(1), Duration.ofDays(1), bound);
    }

    private static Time timeout(Duration standard) {
        String bound = "a time from 100 ms to 5 minutes, below interval, in seconds or such as 500ms, 5s";
        return new Time(standard, Duration.ofMillis(100), Duration.ofMinutes(5), bound);
    }

    private static Count count(String field, int standard) {
        return new Count(field, standard, 1, 100);
    }
}
