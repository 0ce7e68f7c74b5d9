package dev.vitals.health.monitor.history;

import dev.vitals.health.monitor.history.chunk.Entry;
import dev.vitals.health.monitor.history.chunk.NumberSummary;
import dev.vitals.health.monitor.store.FailureLog;
import dev.vitals.health.monitor.store.HistoryStore;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes minutes that no later result closes, closes old chunks, and rolls up hours. It visits each target about once a
 * minute, a few targets with each commit, so that no commit has to write many at once. Confined to the recorder's thread.
 */
final class Compactor {
    private static final Logger log = LoggerFactory.getLogger(Compactor.class);

    private static final long ROUND_MILLIS = 60_000;
    private static final int MAX_TARGETS = 2_000;
    private static final long MAX_CHUNK_MILLIS = 3_600_000;
    // A result of the last minute of an hour may be as late as the longest timeout.
    private static final long AFTER_HOUR_MILLIS = 2 * ROUND_MILLIS;
    private static final int HOUR_SPREAD_SECONDS = 1_800;
    private static final int MAX_HOURS_BACK = 2;

    private final FailureLog failures = new FailureLog(log, "the roll-up of hours");
    private final HistoryStore store;
    private final HeadChunks heads;
    private final WriteBuffer buffer;
    // Whether a target of this round could not be rolled up.
    private boolean failed;
    private long lastRun = -1;
    private int next;
    private long lowestJournalId = Long.MAX_VALUE;
    private long journalIdAtRoundStart;
    private long journalFrom;

    Compactor(HistoryStore store, HeadChunks heads, WriteBuffer buffer) {
        this.store = store;
        this.heads = heads;
        this.buffer = buffer;
    }

    /** Returns a journal row before which none is needed any more. */
    long journalFrom() {
        return journalFrom;
    }

    /** Visits as many targets as are due since the last run; the time is in milliseconds since 1970. */
    void run(long now) {
        long elapsed = lastRun < 0 ? 0 : Math.max(0, Math.min(ROUND_MILLIS, now - lastRun));
        long due = (heads.size() * elapsed + ROUND_MILLIS - 1) / ROUND_MILLIS;
        if (lastRun >= 0 && due == 0 && now >= lastRun) {
            return;
        }
        lastRun = now;
        for (long left = Math.min(due, MAX_TARGETS); left > 0 && !buffer.isFull(); left--) {
            if (next >= heads.size()) {
                startRound();
            }
            visit(heads.at(next), now);
        }
    }

    private void startRound() {
        if (!failed) {
            failures.succeeded();
        }
        failed = false;
        // The last round may have missed a chunk that got its first entry after the start of that round.
        journalFrom = Math.min(lowestJournalId, journalIdAtRoundStart);
        journalIdAtRoundStart = buffer.journalId();
        lowestJournalId = Long.MAX_VALUE;
        next = 0;
    }

    private void visit(HeadChunk head, long now) {
        OpenMinute open = head.openMinute;
        if (!open.isEmpty() && (Resolution.MINUTE.numberAt(now) - open.minute() >= 2 || !head.watched)) {
            closeMinute(head);
        }
        if (!head.chunk().isEmpty() && (now - head.firstMillis() >= MAX_CHUNK_MILLIS || !head.watched)) {
            buffer.closeChunk(head);
        }
        rollUp(head, now);
        if (isFinished(head)) {
            heads.remove(next);
            return;
        }
        if (head.firstJournalId() > 0) {
            lowestJournalId = Math.min(lowestJournalId, head.firstJournalId());
        }
        next++;
    }

    private boolean isFinished(HeadChunk head) {
        return !head.watched
                && head.openMinute.isEmpty()
                && head.chunk().isEmpty()
                && !head.hasMinutesToRollUp()
                && !buffer.contains(head);
    }

    private void rollUp(HeadChunk head, long now) {
        int endHour = Resolution.HOUR.numberAt(now - AFTER_HOUR_MILLIS - head.target % HOUR_SPREAD_SECONDS * 1_000);
        if (endHour <= head.hoursUntil) {
            return;
        }
        if (!head.hasMinutesToRollUp()) {
            head.hoursUntil = endHour;
            head.hoursFromChunk = head.number();
            return;
        }
        try {
            HourRollUp.run(head, endHour, store, buffer);
        } catch (RuntimeException e) {
            failed = true;
            failures.failed(e, "first for " + head.id + "; the next attempt is in a minute");
        }
    }

    /** Appends the open minute of a target to its chunk, unless the minute is empty. */
    void closeMinute(HeadChunk head) {
        if (head.openMinute.isEmpty()) {
            return;
        }
        if (buffer.isFull()) {
            head.openMinute.clear();
            return;
        }
        Entry.Minute closed = head.openMinute.take();
        buffer.append(head, closed);
        closeSeries(head, closed.minute());
        int hour = closed.minute() / Resolution.HOUR.minutes();
        if (hour < head.hoursUntil && head.hoursUntil - hour <= MAX_HOURS_BACK) {
            // A late result: its hour must be rolled up again.
            head.hoursUntil = hour;
            head.hoursFromChunk = 0;
        }
    }

    private void closeSeries(HeadChunk head, int minute) {
        List<SeriesCounter.OpenSeries> series = head.series();
        for (int number = 0; number < series.size(); number++) {
            NumberSummary values = series.get(number).take();
            if (values != null) {
                buffer.append(head, new Entry.SeriesMinute(minute, number, values));
            }
        }
    }
}
