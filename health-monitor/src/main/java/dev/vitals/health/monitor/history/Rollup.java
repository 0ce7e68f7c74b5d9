package dev.vitals.health.monitor.history;

import dev.vitals.health.monitor.history.chunk.Entry;
import dev.vitals.health.monitor.store.HistoryRows;
import java.time.Instant;

/**
 * A summary of all polls of a minute or an hour, including those whose results are not kept.
 *
 * @param start when the minute or hour begins
 * @param oks polls with the code OK
 * @param warnings polls with the code WARNING
 * @param errors polls with the code ERROR
 * @param latencies the latencies of the polls; read only
 */
public record Rollup(Instant start, long oks, long warnings, long errors, LatencySketch latencies) {
    /** Returns the number of polls. */
    public long polls() {
        return oks + warnings + errors;
    }

    /** Adds up counts and latencies. Not thread-safe. */
    static final class Builder {
        private final LatencySketch latencies = new LatencySketch();
        private long oks;
        private long warnings;
        private long errors;

        void add(Entry.Minute minute) {
            count(minute.oks(), minute.warnings(), minute.errors());
            Entry.Sketch sketch = minute.sketch();
            if (sketch != null) {
                latencies.merge(sketch, minute.polls());
                return;
            }
            for (int latency : minute.latencies()) {
                latencies.add(latency);
            }
        }

        void add(HistoryRows.Hour hour) {
            count(hour.oks(), hour.warnings(), hour.errors());
            long polls = hour.oks() + hour.warnings() + hour.errors();
            latencies.merge(
                    new Entry.Sketch(hour.minMicros(), hour.maxMicros(), hour.sumMicros(), hour.sketch()), polls);
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
            Entry.Sketch sketch = latencies.encode();
            return new HistoryRows.Hour(
                    target, hour, oks, warnings, errors, sketch.min(), sketch.max(), sketch.sum(), sketch.bytes());
        }

        Rollup build(Instant start) {
            return new Rollup(start, oks, warnings, errors, latencies);
        }
    }
}
