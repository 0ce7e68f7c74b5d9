package dev.vitals.health.monitor.history;

import dev.vitals.health.monitor.history.chunk.KeptResult;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.store.Batch;
import dev.vitals.health.monitor.store.HistoryRows;
import dev.vitals.health.monitor.store.HistoryStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the history: counts results, and returns the rows that the next commit stores.
 *
 * <p>Confined to the thread that commits. Readers see rows after {@link #committed}. If a commit fails, the rows of the
 * next one include those of the failed one.
 */
public final class HistoryRecorder {
    private static final Logger log = LoggerFactory.getLogger(HistoryRecorder.class);

    private final HistoryStore store;
    private final InstantSource clock;
    private final HeadChunks heads;
    private final WriteBuffer buffer;
    private final Compactor compactor;
    private final SeriesCounter series;
    private final List<Target> withoutLife = new ArrayList<>();
    private List<HeadChunk> added = List.of();
    private List<HistoryRows.Life> lives = List.of();
    private boolean overflowed;

    HistoryRecorder(HistoryStore store, InstantSource clock, HeadChunks heads, ObservedValues observed) {
        this.store = store;
        this.clock = clock;
        this.heads = heads;
        this.buffer = new WriteBuffer(heads.lastJournalId());
        this.compactor = new Compactor(store, heads, buffer);
        this.series = new SeriesCounter(observed, buffer);
    }

    /** Receives the targets that are watched at the start. Call this before anything else. */
    public void begin(Collection<Target> targets) {
        for (Target target : targets) {
            HeadChunk head = heads.get(target.id());
            if (head == null || !head.watched) {
                // Only in a database that was changed by hand.
                withoutLife.add(target);
            }
        }
    }

    /** Returns the number of a target in the history; 0 if it has none. */
    public long number(TargetId target) {
        HeadChunk head = heads.get(target);
        return head == null ? 0 : head.target;
    }

    /**
     * Counts a result.
     *
     * @param keep whether to keep the result itself as well
     */
    public void count(TargetId target, PollResult result, boolean keep) {
        HeadChunk head = heads.get(target);
        if (head == null) {
            log.debug("{}: a result is ignored, since the target has no history", target);
            return;
        }
        int minute = Resolution.MINUTE.numberAt(result.time().toEpochMilli());
        if (!head.openMinute.isEmpty() && head.openMinute.minute() != minute) {
            compactor.closeMinute(head);
        }
        long micros = TimeUnit.NANOSECONDS.toMicros(result.latency().toNanos());
        head.openMinute.add(minute, result.code(), micros);
        series.count(head, result);
        if (keep) {
            keep(head, result);
        }
    }

    private void keep(HeadChunk head, PollResult result) {
        if (!buffer.isFull()) {
            buffer.append(head, KeptResult.of(result));
            return;
        }
        if (!overflowed) {
            log.warn("too many results wait to be stored; until the store works, further results and minutes are lost");
        }
        overflowed = true;
    }

    /** Returns the rows to store in the transaction of the batch. */
    public HistoryRows rows(Batch batch) {
        added = new ArrayList<>();
        lives = new ArrayList<>();
        endLives(batch);
        withoutLife.forEach(this::beginLife);
        batch.saved().forEach(this::beginLife);
        compactor.run(clock.millis());
        return buffer.rows(added, lives, compactor.journalFrom());
    }

    private void beginLife(Target target) {
        HeadChunk head = heads.get(target.id());
        long since = target.registeredAt().toEpochMilli();
        if (head != null && head.watched && head.watchedSince == since) {
            return;
        }
        if (head == null) {
            head = heads.create(target.id(), store);
            added.add(head);
        } else if (head.watched) {
            // The target was removed and added in one transaction.
            endLife(head, since);
        }
        lives.add(new HistoryRows.Life(head.target, target.registeredAt(), null));
    }

    // The change that a removal causes has the time at which the life ends.
    private void endLives(Batch batch) {
        if (batch.removed().isEmpty()) {
            return;
        }
        Map<TargetId, Instant> ends = new HashMap<>();
        batch.changes().forEach(change -> ends.put(change.target(), change.at()));
        for (TargetId id : batch.removed()) {
            HeadChunk head = heads.get(id);
            if (head != null && head.watched) {
                endLife(head, ends.getOrDefault(id, clock.instant()).toEpochMilli());
            }
        }
    }

    private void endLife(HeadChunk head, long at) {
        Instant began = Instant.ofEpochMilli(head.watchedSince);
        Instant ended = Instant.ofEpochMilli(Math.max(head.watchedSince, at));
        lives.add(new HistoryRows.Life(head.target, began, ended));
    }

    /** Shows readers the rows that were returned last. Call this after their commit. */
    public void committed() {
        withoutLife.clear();
        added.forEach(heads::add);
        for (HistoryRows.Life life : lives) {
            HeadChunk head = heads.get(life.target());
            if (head != null) {
                head.watched = life.ended() == null;
                head.watchedSince = life.began().toEpochMilli();
            }
        }
        added = List.of();
        lives = List.of();
        overflowed = false;
        buffer.committed();
    }

    /** Closes the open minute of each target. Call this before the last commit of an orderly shutdown. */
    public void finish() {
        heads.forEach(compactor::closeMinute);
    }
}
