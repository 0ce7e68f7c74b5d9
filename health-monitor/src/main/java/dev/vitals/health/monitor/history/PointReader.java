package dev.vitals.health.monitor.history;

import dev.vitals.health.monitor.model.TimeRange;
import dev.vitals.health.monitor.store.HistoryRows;
import dev.vitals.health.monitor.store.HistoryStore;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Reads the points of one series: hours that are rolled up as they are, all others from minutes. */
final class PointReader {
    private static final int PAGE = 256;
    private static final int WAITING = 4;

    private final Series series;
    private final Resolution resolution;
    private final TimeRange range;
    private final Consumer<SeriesPoint> sink;
    private final TreeMap<Integer, NumberSummary> waiting = new TreeMap<>();

    PointReader(Series series, Resolution resolution, TimeRange range, Consumer<SeriesPoint> sink) {
        this.series = series;
        this.resolution = resolution;
        this.range = range;
        this.sink = sink;
    }

    /** Hands over the hours that are rolled up; returns the rest of the range, in whole spans. */
    TimeRange readHours(HistoryStore store, HistoryRows.Known known) {
        RollupReader spans = new RollupReader(resolution, range, rollup -> {});
        if (resolution != Resolution.HOUR) {
            return spans.rest(0);
        }
        int next = RollupReader.ceilHour(range.from());
        int to = Math.min(RollupReader.ceilHour(range.to()), known.hoursUntil());
        List<HistoryRows.SeriesHour> page;
        do {
            page = store.seriesHours(known.number(), series.number(), next, to, PAGE);
            for (HistoryRows.SeriesHour hour : page) {
                emit(hour.hour(), new NumberSummary(hour.count(), hour.min(), hour.max(), hour.sum(), hour.last()));
                next = hour.hour() + 1;
            }
        } while (page.size() == PAGE);
        return spans.rest(Math.max(0, to));
    }

    void readMinutes(Iterator<ChunkSnapshot> chunks, TimeRange rest) {
        int from = Minute.of(rest.from().toEpochMilli());
        int to = Minute.of(rest.to().toEpochMilli());
        while (from < to && chunks.hasNext()) {
            ChunkSnapshot chunk = chunks.next();
            EntryReader.all(chunk.bytes(), chunk.length()).forEach(entry -> {
                if (entry instanceof SeriesMinute minute
                        && minute.series() == series.number()
                        && minute.minute() >= from
                        && minute.minute() < to) {
                    waiting.merge(minute.minute() / resolution.minutes(), minute.values(), NumberSummary::and);
                }
            });
            while (waiting.size() > WAITING) {
                emitFirst();
            }
        }
        while (!waiting.isEmpty()) {
            emitFirst();
        }
    }

    private void emitFirst() {
        Map.Entry<Integer, NumberSummary> first = waiting.pollFirstEntry();
        emit(first.getKey(), first.getValue());
    }

    private void emit(int span, NumberSummary values) {
        Instant start = Instant.ofEpochMilli(span * resolution.length().toMillis());
        sink.accept(new SeriesPoint(series, start, values));
    }
}
