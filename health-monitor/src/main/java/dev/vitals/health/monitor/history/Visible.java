package dev.vitals.health.monitor.history;

/**
 * What is stored of an open chunk, for readers. The bytes up to the length never change.
 *
 * @param chunk its number
 */
@SuppressWarnings("ArrayRecordComponent") // shared on purpose
record Visible(int chunk, byte[] bytes, int length) {
    private static final byte[] NONE = {};

    static Visible empty(int chunk) {
        return new Visible(chunk, NONE, 0);
    }
}
