package dev.vitals.health.monitor.history;

import dev.vitals.health.monitor.history.chunk.JournalRow;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.store.HistoryRows;
import dev.vitals.health.monitor.store.HistoryStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The head chunks of all targets that are watched, or whose last entries are not stored as a chunk and rolled up yet.
 * Only the recorder's thread changes it; any thread may call {@link #get(TargetId)}.
 */
final class HeadChunks {
    private final Map<TargetId, HeadChunk> byId = new ConcurrentHashMap<>();
    private final Map<Long, HeadChunk> byTarget = new HashMap<>();
    private final List<HeadChunk> order = new ArrayList<>();
    private long lastTarget;
    private long lastJournalId;

    private HeadChunks() {}

    /** Restores the head chunks from the store. */
    static HeadChunks load(HistoryStore store) {
        HeadChunks heads = new HeadChunks();
        heads.lastTarget = store.lastTarget();
        store.open().forEach(row -> heads.add(new HeadChunk(row)));
        store.journal(row -> heads.replay(row, store));
        heads.order.forEach(HeadChunk::publishChunk);
        store.currentLives().forEach(heads::restore);
        store.series(heads.byTarget.keySet()).forEach(heads::restore);
        return heads;
    }

    private void replay(HistoryRows.Journal row, HistoryStore store) {
        lastJournalId = row.id();
        JournalRow.read(row.bytes(), (target, chunk, from, to) -> {
            HeadChunk head = byTarget.get(target);
            if (head == null) {
                // The target was removed just before the end. The compactor will store its last chunk.
                head = new HeadChunk(store.find(target)
                        .orElseThrow(
                                () -> new IllegalStateException("the history is damaged: unknown target " + target)));
                add(head);
            }
            if (chunk >= head.number()) {
                head.replay(row, from, to);
            }
        });
    }

    private void restore(HistoryRows.Life life) {
        HeadChunk head = byTarget.get(life.target());
        if (head != null) {
            head.watched = true;
            head.watchedSince = life.began().toEpochMilli();
        }
    }

    private void restore(HistoryRows.Series series) {
        HeadChunk head = byTarget.get(series.target());
        if (head != null) {
            head.add(new SeriesCounter.OpenSeries(series.name()));
        }
    }

    long lastJournalId() {
        return lastJournalId;
    }

    /** Returns the head chunk of a target, or null without one. Thread-safe. */
    @Nullable
    HeadChunk get(TargetId id) {
        return byId.get(id);
    }

    @Nullable
    HeadChunk get(long target) {
        return byTarget.get(target);
    }

    /** Creates the head chunk of a target; does not add it. */
    HeadChunk create(TargetId id, HistoryStore store) {
        HistoryRows.Known row = store.find(id).orElseGet(() -> new HistoryRows.Known(++lastTarget, id, 0, -1, 0));
        HeadChunk head = new HeadChunk(row);
        store.series(List.of(row.number())).forEach(series -> head.add(new SeriesCounter.OpenSeries(series.name())));
        return head;
    }

    void add(HeadChunk head) {
        byId.put(head.id, head);
        byTarget.put(head.target, head);
        order.add(head);
    }

    int size() {
        return order.size();
    }

    HeadChunk at(int index) {
        return order.get(index);
    }

    /** Removes a head chunk; the last one takes its place in the order. */
    void remove(int index) {
        HeadChunk removed = order.get(index);
        HeadChunk last = order.remove(order.size() - 1);
        if (removed != last) {
            order.set(index, last);
        }
        byId.remove(removed.id);
        byTarget.remove(removed.target);
    }

    void forEach(Consumer<HeadChunk> action) {
        order.forEach(action);
    }
}
