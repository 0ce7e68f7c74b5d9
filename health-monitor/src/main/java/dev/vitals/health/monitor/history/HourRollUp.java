package dev.vitals.health.monitor.history;

import dev.vitals.health.monitor.store.HistoryRows;
import dev.vitals.health.monitor.store.HistoryStore;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes hours out of the minutes of one target. */
final class HourRollUp {
    static final long HOUR_MILLIS = 3_600_000;

    private static final int PAGE = 64;

    private final Map<Integer, RollupBuilder> hours = new TreeMap<>();
    private final Map<Integer, Map<Integer, NumberSummary>> series = new TreeMap<>();
    private int lastChunk;
    private final int from;
    private final int to;

    private HourRollUp(int from, int to) {
        this.from = from;
        this.to = to;
    }

    static int hourOf(long millis) {
        return (int) Math.floorDiv(millis, HOUR_MILLIS);
    }

    /** Rolls up the hours in [track.hoursUntil, to) from what is stored, and from what will be with the same commit. */
    static void run(HeadChunk track, int to, HistoryStore store, WriteBuffer unwritten) {
        HourRollUp work = new HourRollUp(track.hoursUntil, to);
        work.read(track, store, unwritten);
        work.hours.forEach((hour, builder) -> unwritten.hours.add(builder.hour(track.number, hour)));
        work.series.forEach((number, byHour) ->
                byHour.forEach((hour, values) -> unwritten.seriesHours.add(new HistoryRows.SeriesHour(
                        track.number,
                        number,
                        hour,
                        values.count(),
                        values.min(),
                        values.max(),
                        values.sum(),
                        values.last()))));
        track.hoursUntil = to;
        // The next hour begins in the last one that told of these.
        track.hoursFromChunk = Math.max(track.hoursFromChunk, work.lastChunk);
        unwritten.change(track);
    }

    private void read(HeadChunk track, HistoryStore store, WriteBuffer unwritten) {
        int next = track.hoursFromChunk;
        List<HistoryRows.Chunk> page;
        do {
            page = store.oldestChunks(track.number, from * HOUR_MILLIS, to * HOUR_MILLIS, next, PAGE);
            for (HistoryRows.Chunk chunk : page) {
                EntryReader.all(chunk.bytes(), chunk.bytes().length).forEach(this::add);
                next = chunk.number() + 1;
                lastChunk = chunk.number();
            }
        } while (page.size() == PAGE);
        unwritten
                .chunks(track)
                .forEach(chunk ->
                        EntryReader.all(chunk.bytes(), chunk.bytes().length).forEach(this::add));
        ChunkSnapshot open = track.bytes.visible(track.chunk);
        EntryReader.all(open.bytes(), open.length()).forEach(this::add);
    }

    private void add(Entry entry) {
        if (entry instanceof Minute minute && isIn(minute.minute())) {
            hours.computeIfAbsent(minute.minute() / Minute.PER_HOUR, hour -> new RollupBuilder())
                    .add(minute);
        } else if (entry instanceof SeriesMinute minute && isIn(minute.minute())) {
            series.computeIfAbsent(minute.series(), number -> new TreeMap<>())
                    .merge(minute.minute() / Minute.PER_HOUR, minute.values(), NumberSummary::and);
        }
    }

    private boolean isIn(int minute) {
        int hour = minute / Minute.PER_HOUR;
        return hour >= from && hour < to;
    }
}
