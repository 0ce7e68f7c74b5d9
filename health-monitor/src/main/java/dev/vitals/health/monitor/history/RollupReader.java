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

/** Reads roll-ups of one target: hours that are rolled up as they are, all others from minutes. */
final class RollupReader {
    private static final int PAGE = 256;
    // Minutes of the same span may stand in two entries, not far from each other.
    private static final int WAITING = 4;

    private final Resolution resolution;
    private final TimeRange range;
    private final Consumer<Rollup> sink;
    private final RollupBuilder total = new RollupBuilder();
    private final TreeMap<Integer, RollupBuilder> waiting = new TreeMap<>();

    RollupReader(Resolution resolution, TimeRange range, Consumer<Rollup> sink) {
        this.resolution = resolution;
        this.range = range;
        this.sink = sink;
    }

    /** Hands over the hours that are rolled up; returns the first one that is not. */
    int readHours(HistoryStore store, HistoryRows.Known known) {
        if (resolution != Resolution.HOUR) {
            return 0;
        }
        int next = ceilHour(range.from());
        int to = Math.min(ceilHour(range.to()), known.hoursUntil());
        List<HistoryRows.Hour> page;
        do {
            page = store.hours(known.number(), next, to, PAGE);
            for (HistoryRows.Hour hour : page) {
                RollupBuilder builder = new RollupBuilder();
                builder.add(hour);
                emit(hour.hour(), builder);
                next = hour.hour() + 1;
            }
        } while (page.size() == PAGE);
        return Math.max(0, to);
    }

    static int ceilHour(Instant time) {
        return HourRollUp.hourOf(time.toEpochMilli() + HourRollUp.HOUR_MILLIS - 1);
    }

    /** Returns what of the range begins in that hour or later, widened to whole spans. */
    TimeRange rest(int firstHour) {
        long span = resolution.length().toMillis();
        long first = Math.max(
                firstHour * HourRollUp.HOUR_MILLIS, Math.floorDiv(range.from().toEpochMilli() + span - 1, span) * span);
        long end = Math.floorDiv(range.to().toEpochMilli() + span - 1, span) * span;
        return new TimeRange(Instant.ofEpochMilli(first), Instant.ofEpochMilli(Math.max(first, end)));
    }

    void readMinutes(Iterator<ChunkSnapshot> chunks, TimeRange rest) {
        int from = Minute.of(rest.from().toEpochMilli());
        int to = Minute.of(rest.to().toEpochMilli());
        while (from < to && chunks.hasNext()) {
            ChunkSnapshot chunk = chunks.next();
            EntryReader.all(chunk.bytes(), chunk.length()).forEach(entry -> {
                if (entry instanceof Minute minute && minute.minute() >= from && minute.minute() < to) {
                    waiting.computeIfAbsent(minute.minute() / resolution.minutes(), span -> new RollupBuilder())
                            .add(minute);
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
        Map.Entry<Integer, RollupBuilder> first = waiting.pollFirstEntry();
        emit(first.getKey(), first.getValue());
    }

    private void emit(int span, RollupBuilder builder) {
        Rollup rollup =
                builder.build(Instant.ofEpochMilli(span * resolution.length().toMillis()));
        total.add(rollup);
        sink.accept(rollup);
    }

    Rollup total() {
        return total.build(range.from());
    }
}
