package dev.vitals.health.monitor.model;

import java.time.Duration;

/**
 * What counts for a check whose document does not say otherwise.
 *
 * @param interval time between the starts of two polls
 * @param timeout time allowed for one poll
 * @param failureThreshold failures in a row that make UNHEALTHY
 * @param successThreshold passes in a row that make HEALTHY again
 */
record CheckDefaults(Duration interval, Duration timeout, int failureThreshold, int successThreshold) {
    private static final CheckDefaults FILE = new CheckDefaults(Duration.ofSeconds(10), Duration.ofSeconds(5), 3, 1);

    // At five minutes between two polls, the third failure in a row would come after a quarter of an hour; and whoever
    // patches a host asks for the latest result, not for a trend.
    private static final CheckDefaults HOST = new CheckDefaults(Duration.ofMinutes(5), Duration.ofSeconds(10), 1, 1);

    static CheckDefaults of(Source source) {
        return source == Source.FILE ? FILE : HOST;
    }
}
