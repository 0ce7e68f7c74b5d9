package dev.vitals.health.monitor.history;

import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.store.HistoryRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The open end of one target's history. Confined to the recorder's thread, but for what is visible. */
final class HeadChunk {
    private static final int FIRST_BYTES = 64;

    final TargetId id;
    final long number;
    final OpenMinute minute = new OpenMinute();

    /** The series by their numbers; null while there is none, as for most. */
    @Nullable
    List<OpenSeries> series;

    boolean watched;
    long began;

    /** The chunk that is open, its bytes, and the times of its first and its last entry. */
    int chunk;

    ByteWriter bytes = new ByteWriter(FIRST_BYTES);
    DeltaState tail = new DeltaState();
    long firstAt;
    long lastAt;

    /** The first entry of the journal that holds bytes of the open chunk; 0 while it is empty. */
    long journalFrom;

    /** The last minute that an entry tells of; and the first hour that is not rolled up, with the chunk it begins in. */
    int lastMinute;

    int hoursUntil;
    int hoursFromChunk;

    /** What readers see: only what is stored. */
    volatile ChunkSnapshot visible;

    private volatile HistoryRows.Known published;

    HeadChunk(HistoryRows.Known known) {
        id = known.id();
        number = known.number();
        chunk = known.nextChunk();
        lastMinute = known.lastMinute();
        hoursUntil = known.hoursUntil();
        visible = ChunkSnapshot.empty(chunk);
        published = known;
    }

    /** Returns the bookkeeping as it is stored; for readers. */
    HistoryRows.Known published() {
        return published;
    }

    HistoryRows.Known known() {
        return new HistoryRows.Known(number, id, chunk, lastMinute, hoursUntil);
    }

    void cover(long from, long to) {
        firstAt = bytes.length() == 0 ? from : Math.min(firstAt, from);
        lastAt = bytes.length() == 0 ? to : Math.max(lastAt, to);
    }

    void coverMinute(int ofMinute) {
        long from = (long) ofMinute * Minute.MILLIS;
        cover(from, from + Minute.MILLIS - 1);
        lastMinute = Math.max(lastMinute, ofMinute);
    }

    /** Takes bytes of the journal, as they were before the last start. */
    void replay(byte[] from, int offset, int length, long journal) {
        byte[] entry = Arrays.copyOfRange(from, offset, offset + length);
        Entry read = new EntryReader(entry, length, tail).next();
        if (read instanceof KeptResult result) {
            cover(result.time(), result.time());
        } else if (read instanceof Minute closed) {
            coverMinute(closed.minute());
        } else if (read instanceof SeriesMinute closed) {
            coverMinute(closed.minute());
        }
        bytes.write(from, offset, length);
        if (journalFrom == 0) {
            journalFrom = journal;
        }
    }

    /** Returns what was the open chunk, and begins the next. */
    HistoryRows.Chunk nextChunk() {
        HistoryRows.Chunk complete = new HistoryRows.Chunk(number, chunk, firstAt, lastAt, bytes.toBytes());
        chunk++;
        // Not cleared: readers may still hold them.
        bytes = new ByteWriter(FIRST_BYTES);
        tail = new DeltaState();
        journalFrom = 0;
        return complete;
    }

    void show() {
        visible = bytes.visible(chunk);
    }

    void publish() {
        published = known();
    }

    List<OpenSeries> seriesList() {
        if (series == null) {
            series = new ArrayList<>();
        }
        return series;
    }
}
