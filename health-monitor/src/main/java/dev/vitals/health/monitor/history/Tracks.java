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
final class Tracks {
    private final Map<TargetId, Track> byId = new ConcurrentHashMap<>();
    private final Map<Long, Track> byNumber = new HashMap<>();
    private final List<Track> order = new ArrayList<>();
    private long lastNumber;
    private long lastJournalId;

    private Tracks() {}

    /** Reads where the last run ended. */
    static Tracks load(HistoryStore store) {
        Tracks tracks = new Tracks();
        tracks.lastNumber = store.lastTarget();
        store.open().forEach(known -> tracks.add(new Track(known)));
        store.journal(entry -> tracks.replay(entry, store));
        tracks.order.forEach(Track::show);
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
            Track track = byNumber.get(number);
            if (track == null) {
                // Removed just before the end: its last chunk is to be closed.
                track = new Track(store.find(number)
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
        Track track = byNumber.get(life.target());
        if (track != null) {
            track.watched = true;
            track.began = life.began().toEpochMilli();
        }
    }

    private void add(HistoryRows.Series series) {
        Track track = byNumber.get(series.target());
        if (track != null) {
            track.seriesList().add(new OpenSeries(series.name(), series.unit()));
        }
    }

    long lastJournalId() {
        return lastJournalId;
    }

    @Nullable
    Track get(TargetId id) {
        return byId.get(id);
    }

    @Nullable
    Track get(long number) {
        return byNumber.get(number);
    }

    /** Returns the track of a target that has none, not yet added. */
    Track make(TargetId id, HistoryStore store) {
        HistoryRows.Known known = store.find(id).orElseGet(() -> new HistoryRows.Known(++lastNumber, id, 0, -1, 0));
        Track track = new Track(known);
        store.series(List.of(known.number()))
                .forEach(series -> track.seriesList().add(new OpenSeries(series.name(), series.unit())));
        return track;
    }

    void add(Track track) {
        byId.put(track.id, track);
        byNumber.put(track.number, track);
        order.add(track);
    }

    int size() {
        return order.size();
    }

    Track at(int index) {
        return order.get(index);
    }

    /** Removes the one at that place, where another comes. */
    void remove(int index) {
        Track gone = order.get(index);
        Track last = order.remove(order.size() - 1);
        if (gone != last) {
            order.set(index, last);
        }
        byId.remove(gone.id);
        byNumber.remove(gone.number);
    }

    void forEach(Consumer<Track> action) {
        order.forEach(action);
    }
}
