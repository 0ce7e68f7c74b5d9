package dev.vitals.health.monitor.history;

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

/** The targets whose history has an open end. Changed by the recorder's thread alone; anybody may look one up. */
final class HeadChunks {
    private final Map<TargetId, HeadChunk> byId = new ConcurrentHashMap<>();
    private final Map<Long, HeadChunk> byNumber = new HashMap<>();
    private final List<HeadChunk> order = new ArrayList<>();
    private long lastNumber;
    private long lastJournalId;

    private HeadChunks() {}

    /** Reads where the last run ended. */
    static HeadChunks load(HistoryStore store) {
        HeadChunks tracks = new HeadChunks();
        tracks.lastNumber = store.lastTarget();
        store.open().forEach(known -> tracks.add(new HeadChunk(known)));
        store.journal(entry -> tracks.replay(entry, store));
        tracks.order.forEach(HeadChunk::show);
        store.currentLives().forEach(tracks::add);
        store.series(tracks.byNumber.keySet()).forEach(tracks::add);
        return tracks;
    }

    private void replay(HistoryRows.Journal entry, HistoryStore store) {
        lastJournalId = entry.id();
        byte[] bytes = entry.bytes();
        ByteReader in = new ByteReader(bytes, bytes.length);
        while (in.hasMore()) {
            long number = in.number();
            int chunk = in.whole();
            int length = in.whole();
            int from = in.skip(length);
            HeadChunk track = byNumber.get(number);
            if (track == null) {
                // Removed just before the end: its last chunk is to be closed.
                track = new HeadChunk(store.find(number)
                        .orElseThrow(() -> new IllegalStateException(
                                "the history is damaged: there is no target of number " + number)));
                add(track);
            }
            if (chunk >= track.chunk) {
                track.replay(bytes, from, length, entry.id());
            }
        }
    }

    private void add(HistoryRows.Life life) {
        HeadChunk track = byNumber.get(life.target());
        if (track != null) {
            track.watched = true;
            track.began = life.began().toEpochMilli();
        }
    }

    private void add(HistoryRows.Series series) {
        HeadChunk track = byNumber.get(series.target());
        if (track != null) {
            track.seriesList().add(new OpenSeries(series.name(), series.unit()));
        }
    }

    long lastJournalId() {
        return lastJournalId;
    }

    @Nullable
    HeadChunk get(TargetId id) {
        return byId.get(id);
    }

    @Nullable
    HeadChunk get(long number) {
        return byNumber.get(number);
    }

    /** Returns the track of a target that has none, not yet added. */
    HeadChunk make(TargetId id, HistoryStore store) {
        HistoryRows.Known known = store.find(id).orElseGet(() -> new HistoryRows.Known(++lastNumber, id, 0, -1, 0));
        HeadChunk track = new HeadChunk(known);
        store.series(List.of(known.number()))
                .forEach(series -> track.seriesList().add(new OpenSeries(series.name(), series.unit())));
        return track;
    }

    void add(HeadChunk track) {
        byId.put(track.id, track);
        byNumber.put(track.number, track);
        order.add(track);
    }

    int size() {
        return order.size();
    }

    HeadChunk at(int index) {
        return order.get(index);
    }

    /** Removes the one at that place, where another comes. */
    void remove(int index) {
        HeadChunk gone = order.get(index);
        HeadChunk last = order.remove(order.size() - 1);
        if (gone != last) {
            order.set(index, last);
        }
        byId.remove(gone.id);
        byNumber.remove(gone.number);
    }

    void forEach(Consumer<HeadChunk> action) {
        order.forEach(action);
    }
}
