package dev.vitals.health.monitor.history;

/**
 * What is stored of an open chunk, for readers. The bytes up to the length never change.
 *
 * @param chunk its number
 */
@SuppressWarnings("ArrayRecordComponent") // shared on purpose
record ChunkSnapshot(int chunk, byte[] bytes, int length) {
    private static final byte[] NONE = {};

    static ChunkSnapshot empty(int chunk) {
        return new ChunkSnapshot(chunk, NONE, 0);
    }
}
