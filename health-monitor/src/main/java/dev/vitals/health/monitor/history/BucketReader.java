package dev.vitals.health.monitor.history;

import dev.vitals.health.monitor.history.chunk.ChunkSnapshot;
import dev.vitals.health.monitor.history.chunk.Entry;
import dev.vitals.health.monitor.history.chunk.NumberSummary;
import dev.vitals.health.monitor.model.TimeRange;
import dev.vitals.health.monitor.store.HistoryRows;
import dev.vitals.health.monitor.store.HistoryStore;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Reads what one target has per minute or hour (a bucket), the oldest first. Hours that are rolled up come from their rows;
 * all other buckets are computed from the minutes in chunks.
 *
 * @param <V> the value of a bucket
 */
abstract class BucketReader<V> {
    private static final int PAGE = 256;
    // A bucket may get minutes from more than one chunk, but these are not far from each other.
    private static final int MAX_INCOMPLETE = 4;

    final Resolution resolution;
    final TimeRange range;
    private final TreeMap<Integer, V> incomplete = new TreeMap<>();
    private int firstMinute;
    private int endMinute;

    BucketReader(Resolution resolution, TimeRange range) {
        this.resolution = resolution;
        this.range = range;
    }

    /** Emits all buckets that begin in the range. */
    final void read(TargetChunks target, HistoryStore store) {
        int first = resolution.numberFrom(range.from());
        int end = resolution.numberFrom(range.to());
        if (resolution == Resolution.HOUR) {
            int endRolledUp = Math.min(end, target.known().hoursUntil());
            readHours(target, store, first, endRolledUp);
            first = Math.max(first, endRolledUp);
        }
        if (first < end) {
            readMinutes(target, first, end);
        }
    }

    private void readHours(TargetChunks target, HistoryStore store, int first, int end) {
        int next = first;
        List<Hour<V>> page;
        do {
            page = hours(store, target.known().number(), next, end);
            for (Hour<V> hour : page) {
                emit(resolution.start(hour.number()), hour.value());
                next = hour.number() + 1;
            }
        } while (page.size() == PAGE);
    }

    private void readMinutes(TargetChunks target, int first, int end) {
        firstMinute = first * resolution.minutes();
        endMinute = end * resolution.minutes();
        Iterator<ChunkSnapshot> chunks =
                target.oldestFirst(new TimeRange(resolution.start(first), resolution.start(end)));
        while (chunks.hasNext()) {
            chunks.next().entries().forEach(entry -> collect(entry, incomplete));
            emitUntil(MAX_INCOMPLETE);
        }
        emitUntil(0);
    }

    private void emitUntil(int left) {
        while (incomplete.size() > left) {
            Map.Entry<Integer, V> oldest = incomplete.pollFirstEntry();
            emit(resolution.start(oldest.getKey()), oldest.getValue());
        }
    }

    final boolean isWanted(int minute) {
        return minute >= firstMinute && minute < endMinute;
    }

    final int bucketOf(int minute) {
        return minute / resolution.minutes();
    }

    /** An hour that is rolled up. */
    record Hour<V>(int number, V value) {}

    /** Returns up to {@link #PAGE} hours of a target that are rolled up, with a number in [first, end). */
    abstract List<Hour<V>> hours(HistoryStore store, long target, int first, int end);

    /** Adds an entry of a chunk to its bucket, if it is of the right kind and {@link #isWanted wanted}. */
    abstract void collect(Entry entry, Map<Integer, V> buckets);

    /** Hands a complete bucket over. */
    abstract void emit(Instant start, V value);

    /** Reads roll-ups of polls. */
    static final class Rollups extends BucketReader<Rollup.Builder> {
        private final Consumer<Rollup> sink;
        private final Rollup.Builder total = new Rollup.Builder();

        Rollups(Resolution resolution, TimeRange range, Consumer<Rollup> sink) {
            super(resolution, range);
            this.sink = sink;
        }

        @Override
        List<Hour<Rollup.Builder>> hours(HistoryStore store, long target, int first, int end) {
            return store.hours(target, first, end, PAGE).stream()
                    .map(Rollups::hour)
                    .toList();
        }

        private static Hour<Rollup.Builder> hour(HistoryRows.Hour row) {
            Rollup.Builder builder = new Rollup.Builder();
            builder.add(row);
            return new Hour<>(row.hour(), builder);
        }

        @Override
        void collect(Entry entry, Map<Integer, Rollup.Builder> buckets) {
            if (entry instanceof Entry.Minute minute && isWanted(minute.minute())) {
                buckets.computeIfAbsent(bucketOf(minute.minute()), bucket -> new Rollup.Builder())
                        .add(minute);
            }
        }

        @Override
        void emit(Instant start, Rollup.Builder value) {
            Rollup rollup = value.build(start);
            total.add(rollup);
            sink.accept(rollup);
        }

        /** Returns everything that was emitted as one roll-up. */
        Rollup total() {
            return total.build(range.from());
        }
    }

    /** Reads the points of one series. */
    static final class Points extends BucketReader<NumberSummary> {
        private final Series series;
        private final Consumer<SeriesPoint> sink;

        Points(Series series, Resolution resolution, TimeRange range, Consumer<SeriesPoint> sink) {
            super(resolution, range);
            this.series = series;
            this.sink = sink;
        }

        @Override
        List<Hour<NumberSummary>> hours(HistoryStore store, long target, int first, int end) {
            return store.seriesHours(target, series.number(), first, end, PAGE).stream()
                    .map(row -> new Hour<>(
                            row.hour(), new NumberSummary(row.count(), row.min(), row.max(), row.sum(), row.last())))
                    .toList();
        }

        @Override
        void collect(Entry entry, Map<Integer, NumberSummary> buckets) {
            if (entry instanceof Entry.SeriesMinute minute
                    && minute.series() == series.number()
                    && isWanted(minute.minute())) {
                buckets.merge(bucketOf(minute.minute()), minute.values(), NumberSummary::plus);
            }
        }

        @Override
        void emit(Instant start, NumberSummary value) {
            sink.accept(new SeriesPoint(series, start, value));
        }
    }
}
