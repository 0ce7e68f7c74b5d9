package dev.vitals.health.monitor.history;

import dev.vitals.health.monitor.store.HistoryRows;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * What is to go to the store with the next commit, and stays if that fails, up to a bound. Confined to the recorder's
 * thread.
 */
final class WriteBuffer {
    private static final int FIRST_BYTES = 4_096;
    // Some minutes of results of 100,000 targets.
    private static final int MAX_BYTES = 64 << 20;
    // Disk: a chunk costs a dozen bytes of its own. Memory: each target holds one.
    private static final int CHUNK_BYTES = 640;

    private final ByteWriter entry = new ByteWriter(FIRST_BYTES);
    private ByteWriter journal = new ByteWriter(FIRST_BYTES);
    private long journalId;
    private final Set<HeadChunk> touched = new LinkedHashSet<>();
    private final Set<HeadChunk> changed = new LinkedHashSet<>();
    private final List<HistoryRows.Chunk> chunks = new ArrayList<>();
    final List<HistoryRows.Series> series = new ArrayList<>();
    final List<HistoryRows.Hour> hours = new ArrayList<>();
    final List<HistoryRows.SeriesHour> seriesHours = new ArrayList<>();

    WriteBuffer(long lastJournalId) {
        journalId = lastJournalId + 1;
    }

    /** Returns whether so much waits that what arrives must be dropped. */
    boolean isFull() {
        return journal.length() > MAX_BYTES;
    }

    long journalId() {
        return journalId;
    }

    /** Adds an entry, whose times are [from, to], to the open chunk of the target. */
    void append(HeadChunk track, long from, long to, BiConsumer<ByteWriter, DeltaState> writer) {
        if (track.bytes.length() >= CHUNK_BYTES) {
            closeChunk(track);
        }
        entry.clear();
        writer.accept(entry, track.tail);
        track.cover(from, to);
        track.bytes.write(entry);
        journal.number(track.number);
        journal.number(track.chunk);
        journal.number(entry.length());
        journal.write(entry);
        if (track.journalFrom == 0) {
            track.journalFrom = journalId;
        }
        touched.add(track);
    }

    void closeChunk(HeadChunk track) {
        if (track.bytes.length() > 0) {
            chunks.add(track.nextChunk());
            touched.add(track);
            changed.add(track);
        }
    }

    /** Has the bookkeeping of the target stored. */
    void change(HeadChunk track) {
        changed.add(track);
    }

    /** Returns whether something of the target is not stored yet. */
    boolean concerns(HeadChunk track) {
        return touched.contains(track) || changed.contains(track);
    }

    /** Returns the complete chunks of the target that are not stored yet. */
    List<HistoryRows.Chunk> chunks(HeadChunk track) {
        return chunks.stream().filter(chunk -> chunk.target() == track.number).toList();
    }

    HistoryRows rows(List<HeadChunk> fresh, List<HistoryRows.Life> lives, long journalFrom) {
        Set<HeadChunk> targets = new LinkedHashSet<>(changed);
        targets.addAll(fresh);
        HistoryRows.Journal added =
                journal.length() == 0 ? null : new HistoryRows.Journal(journalId, journal.toBytes());
        return new HistoryRows(
                targets.stream().map(HeadChunk::known).toList(),
                lives,
                series,
                added,
                journalFrom,
                chunks,
                hours,
                seriesHours);
    }

    /** Shows what is stored now, and begins anew. */
    void stored() {
        touched.forEach(HeadChunk::show);
        changed.forEach(HeadChunk::publish);
        if (journal.length() > 0) {
            journalId++;
            // Not kept when it was large once.
            journal = journal.length() > FIRST_BYTES * 64 ? new ByteWriter(FIRST_BYTES) : cleared(journal);
        }
        touched.clear();
        changed.clear();
        chunks.clear();
        series.clear();
        hours.clear();
        seriesHours.clear();
    }

    private static ByteWriter cleared(ByteWriter writer) {
        writer.clear();
        return writer;
    }
}
