package dev.vitals.health.micrometer;

import dev.vitals.health.CheckResult;
import dev.vitals.health.Health;
import dev.vitals.health.HealthReport;
import dev.vitals.health.Status;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The checks at one moment, for all meters of one scrape. No event tells when a scrape begins, but it reads each meter
 * once: a second read of the same meter belongs to another scrape.
 *
 * @param readers the meters that were read from this snapshot
 */
record ScrapeSnapshot(
        HealthReport report,
        Map<String, CheckResult> checks,
        Map<String, Status> groups,
        long nanos,
        Set<Object> readers) {
    private static final long MAX_NANOS = Duration.ofSeconds(1).toNanos();

    static ScrapeSnapshot at(Health health, long nanos) {
        HealthReport report = health.report();
        Map<String, CheckResult> checks =
                report.checks().stream().collect(Collectors.toMap(CheckResult::name, Function.identity()));
        return new ScrapeSnapshot(report, checks, report.groups(), nanos, ConcurrentHashMap.newKeySet());
    }

    /** Returns whether that meter may be read from here: once, and for a second, since some scrapes read few meters. */
    boolean admits(Object reader, long now) {
        return now - nanos < MAX_NANOS && readers.add(reader);
    }
}
