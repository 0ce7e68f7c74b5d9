package dev.vitals.health.monitor.history.chunk;

import java.util.ArrayList;
import java.util.List;

/**
 * A chunk, or the beginning of one, for readers. Thread-safe: the bytes up to the length never change.
 *
 * @param number the number of the chunk in its target
 * @param bytes the encoded entries; shared, not copied
 * @param length how many of the bytes belong to the chunk
 */
@SuppressWarnings("ArrayRecordComponent") // shared on purpose
public record ChunkSnapshot(int number, byte[] bytes, int length) {
    private static final byte[] NONE = {};

    /** Returns a complete chunk. */
    public static ChunkSnapshot of(int number, byte[] bytes) {
        return new ChunkSnapshot(number, bytes, bytes.length);
    }

    /** Returns a chunk without entries. */
    public static ChunkSnapshot empty(int number) {
        return of(number, NONE);
    }

    /** Returns whether there is no entry. */
    public boolean isEmpty() {
        return length == 0;
    }

    /**
     * Decodes all entries, in the order in which they were written.
     *
     * @throws IllegalStateException if the bytes are damaged, or of a newer version of the format
     */
    public List<Entry> entries() {
        ChunkReader reader = ChunkReader.atStart(bytes, 0, length, new DeltaState());
        List<Entry> entries = new ArrayList<>();
        while (reader.hasMore()) {
            entries.add(reader.next());
        }
        return entries;
    }

    /**
     * Decodes the results.
     *
     * @throws IllegalStateException if the bytes are damaged, or of a newer version of the format
     */
    public List<KeptResult> results() {
        List<KeptResult> results = new ArrayList<>();
        for (Entry entry : entries()) {
            if (entry instanceof KeptResult result) {
                results.add(result);
            }
        }
        return results;
    }
}
