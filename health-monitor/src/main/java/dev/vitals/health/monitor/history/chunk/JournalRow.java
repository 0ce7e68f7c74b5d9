package dev.vitals.health.monitor.history.chunk;

/** A row of the journal: what one commit appends to open chunks. Not thread-safe. */
public final class JournalRow {
    private static final int FIRST_BYTES = 4_096;
    private static final int MAX_KEPT_BYTES = FIRST_BYTES * 64;

    private ByteWriter out = new ByteWriter(FIRST_BYTES);

    /** Returns whether nothing was added. */
    public boolean isEmpty() {
        return out.length() == 0;
    }

    /** Returns the number of bytes. */
    public int length() {
        return out.length();
    }

    /** Returns a copy of the bytes. */
    public byte[] toBytes() {
        return out.toBytes();
    }

    /**
     * Adds the end of a chunk.
     *
     * @param target the number of the target
     * @param number the number of the chunk in the target
     * @param chunk the chunk
     * @param from the position in the chunk of the first byte to add
     */
    public void add(long target, int number, ChunkWriter chunk, int from) {
        out.number(target);
        out.number(number);
        chunk.copyTo(out, from);
    }

    /** Removes everything. Gives the memory back if the row was very long. */
    public void clear() {
        if (out.length() > MAX_KEPT_BYTES) {
            out = new ByteWriter(FIRST_BYTES);
        } else {
            out.clear();
        }
    }

    /** Receives the fragments of a row. */
    @FunctionalInterface
    public interface FragmentSink {
        /** Receives one fragment: the bytes of the row in [from, to), appended to that chunk of that target. */
        void accept(long target, int chunk, int from, int to);
    }

    /**
     * Reads a row that was stored.
     *
     * @throws IllegalStateException if the row is damaged
     */
    public static void read(byte[] row, FragmentSink sink) {
        ByteReader in = new ByteReader(row, 0, row.length);
        while (in.hasMore()) {
            long target = in.number();
            int chunk = in.whole();
            int length = in.whole();
            int from = in.skip(length);
            sink.accept(target, chunk, from, from + length);
        }
    }
}
