package dev.vitals.health.monitor.history;

import dev.vitals.health.monitor.store.HistoryStore;
import java.util.List;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes what no result closes: minutes after which none came, chunks that are old, hours that are over. It looks at each
 * target about once a minute, at a few with each commit, so that never many are written at once.
 */
final class Compactor {
    private static final Logger log = LoggerFactory.getLogger(Compactor.class);

    private static final long ROUND_MILLIS = 60_000;
    private static final int MAX_AT_ONCE = 2_000;
    private static final long MAX_CHUNK_MILLIS = HourRollUp.HOUR_MILLIS;
    // Results of the last minute may come as late as the longest timeout.
    private static final long AFTER_HOUR_MILLIS = 2 * ROUND_MILLIS;
    private static final int HOUR_SPREAD_SECONDS = 1_800;
    private static final int MAX_HOURS_BACK = 2;

    private final HistoryStore store;
    private final HeadChunks tracks;
    private final WriteBuffer unwritten;
    private long lookedAt = -1;
    private int next;
    private long lowest = Long.MAX_VALUE;
    private long roundBegan;
    private long journalFrom;

    Compactor(HistoryStore store, HeadChunks tracks, WriteBuffer unwritten) {
        this.store = store;
        this.tracks = tracks;
        this.unwritten = unwritten;
    }

    /** Returns the first entry of the journal that is needed, as far as is known. */
    long journalFrom() {
        return journalFrom;
    }

    /** Looks at as many targets as are due since the last time. */
    void look(long now) {
        long elapsed = lookedAt < 0 ? 0 : Math.max(0, Math.min(ROUND_MILLIS, now - lookedAt));
        long due = (tracks.size() * elapsed + ROUND_MILLIS - 1) / ROUND_MILLIS;
        if (lookedAt >= 0 && due == 0 && now >= lookedAt) {
            return;
        }
        lookedAt = now;
        for (long left = Math.min(due, MAX_AT_ONCE); left > 0 && !unwritten.isFull(); left--) {
            if (next >= tracks.size()) {
                // What began to be written after the round had begun may not have been seen by it.
                journalFrom = Math.min(lowest, roundBegan);
                roundBegan = unwritten.journalId();
                lowest = Long.MAX_VALUE;
                next = 0;
            }
            lookAt(tracks.at(next), now);
        }
    }

    private void lookAt(HeadChunk track, long now) {
        int minute = Minute.of(now);
        if (!track.minute.isEmpty() && (minute - track.minute.minute() >= 2 || !track.watched)) {
            closeMinute(track);
        }
        if (track.bytes.length() > 0 && (now - track.firstAt >= MAX_CHUNK_MILLIS || !track.watched)) {
            unwritten.closeChunk(track);
        }
        rollUp(track, now);
        if (isOver(track)) {
            tracks.remove(next);
            return;
        }
        if (track.journalFrom > 0) {
            lowest = Math.min(lowest, track.journalFrom);
        }
        next++;
    }

    private boolean isOver(HeadChunk track) {
        return !track.watched
                && track.minute.isEmpty()
                && track.bytes.length() == 0
                && track.lastMinute < track.hoursUntil * Minute.PER_HOUR
                && !unwritten.concerns(track);
    }

    private void rollUp(HeadChunk track, long now) {
        int hour = HourRollUp.hourOf(now - AFTER_HOUR_MILLIS - track.number % HOUR_SPREAD_SECONDS * 1_000);
        if (hour <= track.hoursUntil) {
            return;
        }
        if (track.lastMinute < track.hoursUntil * Minute.PER_HOUR) {
            // No minute in those hours.
            track.hoursUntil = hour;
            track.hoursFromChunk = track.chunk;
            return;
        }
        try {
            HourRollUp.run(track, hour, store, unwritten);
        } catch (RuntimeException e) {
            // Tried again in the next round.
            log.warn("{}: the last hour could not be rolled up", track.id, e);
        }
    }

    /** Writes the open minute, if there is one, to the chunk. */
    void closeMinute(HeadChunk track) {
        OpenMinute open = track.minute;
        if (open.isEmpty()) {
            return;
        }
        int minute = open.minute();
        if (!unwritten.isFull()) {
            append(track, minute, (out, tail) -> open.writeTo(out, tail));
            closeSeries(track, minute);
            if (track.hoursUntil > minute / Minute.PER_HOUR
                    && track.hoursUntil - minute / Minute.PER_HOUR <= MAX_HOURS_BACK) {
                // A result that came late: its hour is rolled up once more.
                track.hoursUntil = minute / Minute.PER_HOUR;
                track.hoursFromChunk = 0;
            }
        }
        open.clear();
    }

    private void closeSeries(HeadChunk track, int minute) {
        List<OpenSeries> series = track.series == null ? List.of() : track.series;
        for (int i = 0; i < series.size(); i++) {
            NumberSummary values = series.get(i).values;
            if (values != null) {
                SeriesMinute entry = new SeriesMinute(minute, i, values);
                append(track, minute, (out, tail) -> EntryWriter.series(out, tail, entry));
                series.get(i).values = null;
            }
        }
    }

    private void append(HeadChunk track, int minute, BiConsumer<ByteWriter, DeltaState> writer) {
        long from = (long) minute * Minute.MILLIS;
        unwritten.append(track, from, from + Minute.MILLIS - 1, writer);
        track.lastMinute = Math.max(track.lastMinute, minute);
    }
}
