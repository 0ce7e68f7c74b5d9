package dev.vitals.health.monitor.history;

import dev.vitals.health.monitor.store.HistoryRows;
import java.time.Instant;

/** Adds up counts and latencies. */
final class RollupBuilder {
    private final LatencySketch latencies = new LatencySketch();
    private long oks;
    private long warnings;
    private long errors;

    void add(Minute minute) {
        count(minute.oks(), minute.warnings(), minute.errors());
        minute.addTo(latencies);
    }

    void add(HistoryRows.Hour hour) {
        count(hour.oks(), hour.warnings(), hour.errors());
        long polls = hour.oks() + hour.warnings() + hour.errors();
        latencies.merge(hour.sketch(), polls, hour.sumMicros(), hour.minMicros(), hour.maxMicros());
    }

    void add(Rollup rollup) {
        count(rollup.oks(), rollup.warnings(), rollup.errors());
        latencies.merge(rollup.latencies());
    }

    private void count(long moreOks, long moreWarnings, long moreErrors) {
        oks += moreOks;
        warnings += moreWarnings;
        errors += moreErrors;
    }

    HistoryRows.Hour hour(long target, int hour) {
        return new HistoryRows.Hour(
                target,
                hour,
                oks,
                warnings,
                errors,
                latencies.min(),
                latencies.max(),
                latencies.sum(),
                latencies.sketch());
    }

    Rollup build(Instant start) {
        return new Rollup(start, oks, warnings, errors, latencies);
    }
}
