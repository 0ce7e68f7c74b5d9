package dev.vitals.health.monitor.page;

import dev.vitals.health.monitor.history.History;
import dev.vitals.health.monitor.history.MaintenancePlan;
import dev.vitals.health.monitor.history.Resolution;
import dev.vitals.health.monitor.history.Rollup;
import dev.vitals.health.monitor.model.Change;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.TimeRange;
import dev.vitals.health.monitor.model.WatchedTarget;
import dev.vitals.health.monitor.store.HistoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The part of a row that the store knows: the strip of the last day and the latency of the last hour. It is read in the
 * background, because a page with a thousand rows cannot wait for two thousand queries. Thread-safe.
 */
final class RowHistory {
    // The strip of the day has a pixel for ten minutes, and the latency is that of an hour.
    private static final Duration LASTS = Duration.ofMinutes(5);
    private static final int MAX_CHANGES = 200;
    private static final Past UNREAD = new Past(Map.of(), "", Instant.MIN);

    private final History history;
    private final MaintenancePlan maintenance;
    private final Map<TargetId, Past> pasts = new ConcurrentHashMap<>();

    RowHistory(History history, MaintenancePlan maintenance) {
        this.history = history;
        this.maintenance = maintenance;
    }

    /**
     * The answer of the store about a target.
     *
     * @param day its states over the last day: paths by class
     * @param p95 its latency over the last hour in milliseconds; empty if there is none
     * @param readAt when the store was asked
     */
    record Past(Map<String, String> day, String p95, Instant readAt) {}

    /** Returns what was read last, which is empty for a target that was never read. */
    Past known(TargetId id) {
        return pasts.getOrDefault(id, UNREAD);
    }

    /** Returns whether it is time to read the target again. */
    boolean isOld(TargetId id, Instant now) {
        return known(id).readAt().isBefore(now.minus(LASTS));
    }

    /** Reads a target. */
    Past read(WatchedTarget watched, Instant now) {
        TargetId id = watched.id();
        TimeRange day = new TimeRange(now.minus(DayStrip.LENGTH), now);
        List<Change> changes = history.changes(id, day, Long.MAX_VALUE, MAX_CHANGES).stream()
                .map(HistoryStore.NumberedChange::change)
                .toList();
        Map<String, String> strip = DayStrip.paths(
                day, watched.target().registeredAt(), watched.state().state(), changes, maintenance.of(id, day));
        Past past = new Past(strip, p95(id, now), now);
        pasts.put(id, past);
        return past;
    }

    private String p95(TargetId id, Instant now) {
        Rollup hour =
                history.rollups(id, Resolution.MINUTE, new TimeRange(now.minus(Duration.ofHours(1)), now), each -> {});
        return hour.latencies().count() == 0
                ? ""
                : Chart.millis(hour.latencies().quantile(0.95));
    }

    /** Notes that the target has changed since it was read. */
    void outdate(TargetId id) {
        pasts.computeIfPresent(id, (same, past) -> new Past(past.day(), past.p95(), Instant.MIN));
    }

    /** Forgets a target. */
    void remove(TargetId id) {
        pasts.remove(id);
    }
}
