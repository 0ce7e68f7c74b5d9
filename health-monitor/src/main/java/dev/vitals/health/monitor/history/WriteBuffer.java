package dev.vitals.health.monitor.history;

import dev.vitals.health.monitor.history.chunk.Entry;
import dev.vitals.health.monitor.history.chunk.JournalRow;
import dev.vitals.health.monitor.store.HistoryRows;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The rows for the next commit. If the commit fails they stay for the one after it, up to a bound. Confined to the
 * recorder's thread.
 */
final class WriteBuffer {
    // A few minutes of results of 100,000 targets.
    private static final int MAX_BYTES = 64 << 20;
    // A larger chunk saves disk, since each row takes a dozen bytes more; a smaller one saves memory: each target has
    // one.
    private static final int CHUNK_BYTES = 640;

    private final JournalRow journal = new JournalRow();
    private long journalId;
    private final Set<HeadChunk> changedChunks = new LinkedHashSet<>();
    private final Set<HeadChunk> changedRows = new LinkedHashSet<>();
    private final List<HistoryRows.Chunk> chunks = new ArrayList<>();
    private final List<HistoryRows.Series> series = new ArrayList<>();
    private final List<HistoryRows.Hour> hours = new ArrayList<>();
    private final List<HistoryRows.SeriesHour> seriesHours = new ArrayList<>();

    WriteBuffer(long lastJournalId) {
        journalId = lastJournalId + 1;
    }

    /** Returns whether so much waits for a commit that new entries must be dropped. */
    boolean isFull() {
        return journal.length() > MAX_BYTES;
    }

    /** Returns the id of the journal row that the next commit writes. */
    long journalId() {
        return journalId;
    }

    /** Appends an entry to the open chunk of a target, and to the journal. */
    void append(HeadChunk head, Entry entry) {
        if (head.chunk().length() >= CHUNK_BYTES) {
            closeChunk(head);
        }
        int from = head.chunk().length();
        head.add(entry, journalId);
        journal.add(head.target, head.number(), head.chunk(), from);
        changedChunks.add(head);
    }

    /** Stores the open chunk of a target as a complete one, unless it is empty. */
    void closeChunk(HeadChunk head) {
        if (!head.chunk().isEmpty()) {
            chunks.add(head.nextChunk());
            changedChunks.add(head);
            changedRows.add(head);
        }
    }

    void add(HistoryRows.Series added) {
        series.add(added);
    }

    void add(HistoryRows.Hour hour) {
        hours.add(hour);
    }

    void add(HistoryRows.SeriesHour hour) {
        seriesHours.add(hour);
    }

    /** Stores the row of a target, which has changed. */
    void rowChanged(HeadChunk head) {
        changedRows.add(head);
    }

    /** Returns whether something of a target waits for a commit. */
    boolean contains(HeadChunk head) {
        return changedChunks.contains(head) || changedRows.contains(head);
    }

    /** Returns the complete chunks of a target that wait for a commit. */
    List<HistoryRows.Chunk> chunks(HeadChunk head) {
        return chunks.stream().filter(chunk -> chunk.target() == head.target).toList();
    }

    /**
     * Returns the rows for a commit.
     *
     * @param added targets that have no row yet
     * @param lives lives that began or ended
     * @param journalFrom the first journal row that is still needed
     */
    HistoryRows rows(List<HeadChunk> added, List<HistoryRows.Life> lives, long journalFrom) {
        Set<HeadChunk> targets = new LinkedHashSet<>(changedRows);
        targets.addAll(added);
        return new HistoryRows(
                targets.stream().map(HeadChunk::row).toList(),
                lives,
                series,
                journal.isEmpty() ? null : new HistoryRows.Journal(journalId, journal.toBytes()),
                journalFrom,
                chunks,
                hours,
                seriesHours);
    }

    /** Shows readers the rows that were committed, and removes them from this buffer. */
    void committed() {
        changedChunks.forEach(HeadChunk::publishChunk);
        changedRows.forEach(HeadChunk::publishRow);
        if (!journal.isEmpty()) {
            journalId++;
            journal.clear();
        }
        changedChunks.clear();
        changedRows.clear();
        chunks.clear();
        series.clear();
        hours.clear();
        seriesHours.clear();
    }
}
