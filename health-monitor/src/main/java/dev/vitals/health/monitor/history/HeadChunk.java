package dev.vitals.health.monitor.history;

import dev.vitals.health.monitor.history.chunk.ChunkSnapshot;
import dev.vitals.health.monitor.history.chunk.ChunkWriter;
import dev.vitals.health.monitor.history.chunk.Entry;
import dev.vitals.health.monitor.history.chunk.KeptResult;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.store.HistoryRows;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The open end of one target's history: its open chunk and its open minute. Confined to the recorder's thread, except for
 * {@link #snapshot} and {@link #storedRow}, which show other threads what is stored.
 */
final class HeadChunk {
    final TargetId id;

    /** The number of the target, which stands for it in all rows. */
    final long target;

    final OpenMinute openMinute = new OpenMinute();

    /** Whether the target is watched; and since when, in milliseconds since 1970. */
    boolean watched;

    long watchedSince;

    /** The first hour that is not rolled up, and a chunk in which it does not begin later. */
    int hoursUntil;

    int hoursFromChunk;

    /** The series of the target by their numbers; null without any, since most targets have none. */
    private @Nullable List<SeriesCounter.OpenSeries> series;

    private int number;
    private ChunkWriter chunk = new ChunkWriter();
    private long firstMillis;
    private long lastMillis;
    private long firstJournalId;
    private int lastMinute;

    private volatile ChunkSnapshot snapshot;
    private volatile HistoryRows.Known storedRow;

    HeadChunk(HistoryRows.Known row) {
        id = row.id();
        target = row.number();
        number = row.nextChunk();
        lastMinute = row.lastMinute();
        hoursUntil = row.hoursUntil();
        snapshot = ChunkSnapshot.empty(number);
        storedRow = row;
    }

    /** Returns the number of the open chunk. */
    int number() {
        return number;
    }

    /** Returns the open chunk, including what is not stored yet. */
    ChunkWriter chunk() {
        return chunk;
    }

    /** Returns the time of the earliest entry of the open chunk, in milliseconds since 1970. */
    long firstMillis() {
        return firstMillis;
    }

    /** Returns the first row of the journal that has bytes of the open chunk; 0 if the chunk is empty. */
    long firstJournalId() {
        return firstJournalId;
    }

    /** Returns whether a minute was written that is not rolled up yet. */
    boolean hasMinutesToRollUp() {
        return lastMinute >= hoursUntil * Resolution.HOUR.minutes();
    }

    /** Appends an entry that the journal row of that id will have. */
    void add(Entry entry, long journalId) {
        cover(entry, chunk.isEmpty());
        chunk.add(entry);
        firstJournalId = firstJournalId == 0 ? journalId : firstJournalId;
    }

    /** Appends the bytes in [from, to) of a stored journal row. */
    void replay(HistoryRows.Journal row, int from, int to) {
        boolean first = chunk.isEmpty();
        for (Entry entry : chunk.replay(row.bytes(), from, to)) {
            cover(entry, first);
            first = false;
        }
        firstJournalId = firstJournalId == 0 ? row.id() : firstJournalId;
    }

    private void cover(Entry entry, boolean first) {
        firstMillis = first ? entry.firstMillis() : Math.min(firstMillis, entry.firstMillis());
        lastMillis = first ? entry.lastMillis() : Math.max(lastMillis, entry.lastMillis());
        if (!(entry instanceof KeptResult)) {
            lastMinute = Math.max(lastMinute, Resolution.MINUTE.numberAt(entry.firstMillis()));
        }
    }

    /** Returns the open chunk, which is complete now, and opens the next one. */
    HistoryRows.Chunk nextChunk() {
        HistoryRows.Chunk complete = new HistoryRows.Chunk(target, number, firstMillis, lastMillis, chunk.toBytes());
        number++;
        // A new writer, since readers may still hold the bytes of this one.
        chunk = new ChunkWriter();
        firstJournalId = 0;
        return complete;
    }

    /** Returns the row of the target as it is to be stored. */
    HistoryRows.Known row() {
        return new HistoryRows.Known(target, id, number, lastMinute, hoursUntil);
    }

    /** Returns the row of the target as it is stored. Thread-safe. */
    HistoryRows.Known storedRow() {
        return storedRow;
    }

    /** Returns the part of the open chunk that is stored. Thread-safe. */
    ChunkSnapshot snapshot() {
        return snapshot;
    }

    /** Shows the open chunk to readers, after it was stored. */
    void publishChunk() {
        snapshot = chunk.snapshot(number);
    }

    /** Shows the row of the target to readers, after it was stored. */
    void publishRow() {
        storedRow = row();
    }

    List<SeriesCounter.OpenSeries> series() {
        return series == null ? List.of() : series;
    }

    void add(SeriesCounter.OpenSeries added) {
        if (series == null) {
            series = new ArrayList<>();
        }
        series.add(added);
    }
}
