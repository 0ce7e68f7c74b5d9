package dev.vitals.health.monitor.store;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Deletes old rows of the history, for a few targets at a time. */
final class HistoryCleaner {
    private static final long HOUR_MILLIS = 3_600_000;
    private static final long HOUR_SECONDS = 3_600;

    private static final String SERIES = "SELECT target, number FROM history_series WHERE target BETWEEN ? AND ?";

    private static final String ROLLED_UP =
            "SELECT number, hours_until FROM history_target WHERE number BETWEEN ? AND ?";

    private static final String FORGET_CHUNKS = """
            DELETE FROM history_chunk WHERE id >= ? AND id < coalesce(
                (SELECT min(id) FROM history_chunk WHERE id >= ? AND id < ? AND last_at >= ?), ?)
            """;

    private static final String FORGET_HOURS = "DELETE FROM history_hour WHERE id >= ? AND id < ?";

    private static final String FORGET_SERIES_HOURS = "DELETE FROM history_series_hour WHERE id >= ? AND id < ?";

    private record SeriesKey(long target, int number) {}

    private record RolledUp(long target, long untilMillis) {}

    private HistoryCleaner() {}

    static int forget(Database database, long first, long last, Instant chunksBefore, Instant hoursBefore) {
        // Read before the transaction: it keeps the recorder waiting.
        List<SeriesKey> series = database.read(handle -> handle.select(SERIES, first, last)
                .map((row, context) -> new SeriesKey(row.getLong(1), row.getInt(2)))
                .list());
        List<RolledUp> rolledUp = database.read(handle -> handle.select(ROLLED_UP, first, last)
                .map((row, context) -> new RolledUp(row.getLong(1), row.getLong(2) * HOUR_MILLIS))
                .list());
        long hour = hoursBefore.getEpochSecond() / HOUR_SECONDS;
        return database.inTransaction(handle -> forgetChunks(handle, rolledUp, chunksBefore.toEpochMilli())
                + forgetHours(handle, first, last, hour)
                + forgetSeriesHours(handle, series, hour));
    }

    private static int forgetChunks(Handle handle, List<RolledUp> targets, long before) {
        int deleted = 0;
        for (RolledUp one : targets) {
            long from = HistoryIds.of(one.target(), 0);
            long to = HistoryIds.of(one.target() + 1, 0);
            deleted += handle.execute(FORGET_CHUNKS, from, from, to, Math.min(before, one.untilMillis()), to);
        }
        return deleted;
    }

    private static int forgetHours(Handle handle, long first, long last, long before) {
        int deleted = 0;
        for (long target = first; target <= last; target++) {
            deleted += handle.execute(FORGET_HOURS, HistoryIds.of(target, 0), HistoryIds.of(target, before));
        }
        return deleted;
    }

    private static int forgetSeriesHours(Handle handle, List<SeriesKey> series, long before) {
        int deleted = 0;
        for (SeriesKey one : series) {
            deleted += handle.execute(
                    FORGET_SERIES_HOURS,
                    HistoryIds.ofSeries(one.target(), one.number(), 0),
                    HistoryIds.ofSeries(one.target(), one.number(), before));
        }
        return deleted;
    }
}
