package dev.vitals.health.monitor.history;

import dev.vitals.health.monitor.history.chunk.ChunkSnapshot;
import dev.vitals.health.monitor.history.chunk.Entry;
import dev.vitals.health.monitor.history.chunk.NumberSummary;
import dev.vitals.health.monitor.store.HistoryRows;
import dev.vitals.health.monitor.store.HistoryStore;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Computes hours from the minutes of one target. Hours are numbered from 1970 on. */
final class HourRollUp {
    private static final int PAGE = 64;

    private final HeadChunk head;
    private final int firstHour;
    private final int endHour;
    private final Map<Integer, Rollup.Builder> hours = new TreeMap<>();
    private final Map<Integer, Map<Integer, NumberSummary>> hoursBySeries = new TreeMap<>();
    private int lastChunk;

    private HourRollUp(HeadChunk head, int endHour) {
        this.head = head;
        this.firstHour = head.hoursUntil;
        this.endHour = endHour;
    }

    /** Adds the hours in [head.hoursUntil, endHour) to the buffer. */
    static void run(HeadChunk head, int endHour, HistoryStore store, WriteBuffer buffer) {
        HourRollUp rollUp = new HourRollUp(head, endHour);
        rollUp.read(store, buffer);
        rollUp.write(buffer);
    }

    private void read(HistoryStore store, WriteBuffer buffer) {
        long from = Resolution.HOUR.startMillis(firstHour);
        long to = Resolution.HOUR.startMillis(endHour);
        int next = head.hoursFromChunk;
        List<HistoryRows.Chunk> page;
        do {
            page = store.oldestChunks(head.target, from, to, next, PAGE);
            for (HistoryRows.Chunk chunk : page) {
                add(ChunkSnapshot.of(chunk.number(), chunk.bytes()));
                next = chunk.number() + 1;
                lastChunk = chunk.number();
            }
        } while (page.size() == PAGE);
        buffer.chunks(head).forEach(chunk -> add(ChunkSnapshot.of(chunk.number(), chunk.bytes())));
        add(head.chunk().snapshot(head.number()));
    }

    private void add(ChunkSnapshot chunk) {
        for (Entry entry : chunk.entries()) {
            if (entry instanceof Entry.Minute minute && isWanted(minute.minute())) {
                hours.computeIfAbsent(hourOf(minute.minute()), hour -> new Rollup.Builder())
                        .add(minute);
            } else if (entry instanceof Entry.SeriesMinute minute && isWanted(minute.minute())) {
                hoursBySeries
                        .computeIfAbsent(minute.series(), series -> new TreeMap<>())
                        .merge(hourOf(minute.minute()), minute.values(), NumberSummary::plus);
            }
        }
    }

    private boolean isWanted(int minute) {
        return hourOf(minute) >= firstHour && hourOf(minute) < endHour;
    }

    private static int hourOf(int minute) {
        return minute / Resolution.HOUR.minutes();
    }

    private void write(WriteBuffer buffer) {
        hours.forEach((hour, builder) -> buffer.add(builder.hour(head.target, hour)));
        hoursBySeries.forEach(
                (series, byHour) -> byHour.forEach((hour, values) -> buffer.add(new HistoryRows.SeriesHour(
                        head.target,
                        series,
                        hour,
                        values.count(),
                        values.min(),
                        values.max(),
                        values.sum(),
                        values.last()))));
        head.hoursUntil = endHour;
        // The last chunk may also have minutes of the next hour.
        head.hoursFromChunk = Math.max(head.hoursFromChunk, lastChunk);
        buffer.rowChanged(head);
    }
}
