package dev.vitals.health.monitor.history;

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
 * Writes the history: counts each result, and says what is to be stored with the next commit.
 *
 * <p>Confined to the thread that commits. What {@link #rows} returned is shown after {@link #stored}; if the commit failed
 * instead, the next rows hold the same and more.
 */
public final class HistoryRecorder {
    private static final Logger log = LoggerFactory.getLogger(HistoryRecorder.class);

    private final HistoryStore store;
    private final InstantSource clock;
    private final HeadChunks tracks;
    private final WriteBuffer unwritten;
    private final Compactor upkeep;
    private final SeriesCounter series;
    private final List<Target> unknown = new ArrayList<>();
    private List<HeadChunk> fresh = List.of();
    private List<HistoryRows.Life> lives = List.of();
    private boolean overflowed;

    HistoryRecorder(HistoryStore store, InstantSource clock, HeadChunks tracks, ObservedValues observed) {
        this.store = store;
        this.clock = clock;
        this.tracks = tracks;
        this.unwritten = new WriteBuffer(tracks.lastJournalId());
        this.upkeep = new Compactor(store, tracks, unwritten);
        this.series = new SeriesCounter(observed, unwritten);
    }

    /** Takes what is watched at the start; before anything else. */
    public void begin(Collection<Target> targets) {
        for (Target target : targets) {
            HeadChunk track = tracks.get(target.id());
            if (track == null || !track.watched) {
                // Cannot be, but for a database that was changed by hand.
                unknown.add(target);
            }
        }
    }

    /**
     * Counts a result.
     *
     * @param keep whether the result itself is to be kept, too
     */
    public void count(TargetId target, PollResult result, boolean keep) {
        HeadChunk track = tracks.get(target);
        if (track == null) {
            log.debug("{}: a result of a target without history is passed over", target);
            return;
        }
        long time = result.time().toEpochMilli();
        int minute = Minute.of(time);
        if (!track.minute.isEmpty() && track.minute.minute() != minute) {
            upkeep.closeMinute(track);
        }
        long micros = TimeUnit.NANOSECONDS.toMicros(result.latency().toNanos());
        track.minute.add(minute, result.code(), micros);
        series.count(track, result);
        if (keep) {
            keep(track, result);
        }
    }

    private void keep(HeadChunk track, PollResult result) {
        if (unwritten.isFull()) {
            if (!overflowed) {
                log.warn("too many results wait to be stored; further ones are counted, but not kept");
            }
            overflowed = true;
            return;
        }
        KeptResult kept = KeptResult.of(result);
        unwritten.append(track, kept.time(), kept.time(), (out, tail) -> EntryWriter.result(out, tail, kept));
    }

    /** Returns what is to be stored in the transaction of this batch. */
    public HistoryRows rows(Batch batch) {
        fresh = new ArrayList<>();
        lives = new ArrayList<>();
        end(batch);
        List<Target> saved = new ArrayList<>(unknown);
        saved.addAll(batch.saved());
        saved.forEach(this::begin);
        upkeep.look(clock.millis());
        return unwritten.rows(fresh, lives, upkeep.journalFrom());
    }

    private void begin(Target target) {
        HeadChunk track = tracks.get(target.id());
        long began = target.registeredAt().toEpochMilli();
        if (track != null && track.watched && track.began == began) {
            return;
        }
        if (track == null) {
            track = tracks.make(target.id(), store);
            fresh.add(track);
        } else if (track.watched) {
            // Removed and added within one transaction.
            end(track, began);
        }
        lives.add(new HistoryRows.Life(track.number, target.registeredAt(), null));
    }

    // A removal comes with a change, and ends the life at the same time.
    private void end(Batch batch) {
        if (batch.removed().isEmpty()) {
            return;
        }
        Map<TargetId, Instant> ends = new HashMap<>();
        batch.changes().forEach(change -> ends.put(change.target(), change.at()));
        for (TargetId id : batch.removed()) {
            HeadChunk track = tracks.get(id);
            if (track != null && track.watched) {
                end(track, ends.getOrDefault(id, clock.instant()).toEpochMilli());
            }
        }
    }

    private void end(HeadChunk track, long at) {
        Instant began = Instant.ofEpochMilli(track.began);
        lives.add(new HistoryRows.Life(track.number, began, Instant.ofEpochMilli(Math.max(track.began, at))));
    }

    /** The rows are stored: shows them to readers. */
    public void stored() {
        unknown.clear();
        fresh.forEach(tracks::add);
        for (HistoryRows.Life life : lives) {
            HeadChunk track = tracks.get(life.target());
            if (track != null) {
                track.watched = life.ended() == null;
                track.began = life.began().toEpochMilli();
            }
        }
        fresh = List.of();
        lives = List.of();
        overflowed = false;
        unwritten.stored();
    }

    /** Closes the open minute of each target, as the last thing before an orderly end; rows and stored follow. */
    public void finish() {
        tracks.forEach(upkeep::closeMinute);
    }
}
