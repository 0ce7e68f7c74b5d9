package dev.vitals.health.monitor.store;

/** Row ids made of several parts, so that the rows of one target lie side by side in the file. */
final class HistoryIds {
    private static final int PART_BITS = 24;
    private static final int SERIES_BITS = 5;
    private static final long PART_MASK = (1L << PART_BITS) - 1;

    private HistoryIds() {}

    /** Returns the id of a chunk or an hour of the target. */
    static long of(long target, long part) {
        return (target << PART_BITS) + part;
    }

    static long ofSeries(long target, int series, long hour) {
        return of((target << SERIES_BITS) + series, hour);
    }

    static int part(long id) {
        return (int) (id & PART_MASK);
    }

    static long target(long id) {
        return id >> PART_BITS;
    }
}
