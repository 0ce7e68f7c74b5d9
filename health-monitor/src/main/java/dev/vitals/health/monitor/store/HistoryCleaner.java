package dev.vitals.health.monitor.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Deletes old rows of a few targets at a time, and makes the file smaller. */
final class HistoryCleaner {
    private static final long HOUR_MILLIS = 3_600_000;
    // Free pages that stay, for what comes next: a twentieth of the file, at least 1 MB.
    private static final int RESERVE_SHARE = 20;
    private static final int MIN_RESERVE = 256;

    private final Queries queries;

    HistoryCleaner(Queries queries) {
        this.queries = queries;
    }

    int forget(long first, long last, long chunksBefore, long hoursBefore) {
        List<long[]> series =
                queries.list(HistorySql.SERIES_IN, row -> new long[] {row.getLong(1), row.getLong(2)}, first, last);
        Map<Long, Long> rolledUp = new HashMap<>();
        queries.each(
                HistorySql.ROLLED_UP,
                row -> rolledUp.put(row.getLong(1), row.getLong(2) * HOUR_MILLIS),
                ignored -> {},
                first,
                last);
        return queries.inTransaction(connection -> forgetChunks(connection, rolledUp, chunksBefore)
                + forgetHours(connection, first, last, hoursBefore)
                + forgetSeriesHours(connection, series, hoursBefore));
    }

    // Not before its minutes are in hours.
    private static int forgetChunks(Connection connection, Map<Long, Long> rolledUp, long before) throws SQLException {
        int gone = 0;
        try (PreparedStatement statement = connection.prepareStatement(HistorySql.FORGET_CHUNKS)) {
            for (Map.Entry<Long, Long> target : rolledUp.entrySet()) {
                long from = HistoryIds.of(target.getKey(), 0);
                long to = HistoryIds.of(target.getKey() + 1, 0);
                gone += run(statement, from, from, to, Math.min(before, target.getValue()), to);
            }
        }
        return gone;
    }

    private static int forgetHours(Connection connection, long first, long last, long before) throws SQLException {
        int gone = 0;
        try (PreparedStatement statement = connection.prepareStatement(HistorySql.FORGET_HOURS)) {
            for (long target = first; target <= last; target++) {
                gone += run(statement, HistoryIds.of(target, 0), HistoryIds.of(target, before));
            }
        }
        return gone;
    }

    private static int forgetSeriesHours(Connection connection, List<long[]> series, long before) throws SQLException {
        int gone = 0;
        try (PreparedStatement statement = connection.prepareStatement(HistorySql.FORGET_SERIES_HOURS)) {
            for (long[] one : series) {
                int number = (int) one[1];
                gone += run(
                        statement, HistoryIds.ofSeries(one[0], number, 0), HistoryIds.ofSeries(one[0], number, before));
            }
        }
        return gone;
    }

    private static int run(PreparedStatement statement, long... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setLong(i + 1, parameters[i]);
        }
        return statement.executeUpdate();
    }

    boolean shrink(int most) {
        return queries.with(connection -> {
            try (Statement statement = connection.createStatement()) {
                int free = pragma(statement, "freelist_count");
                int reserve = Math.max(MIN_RESERVE, pragma(statement, "page_count") / RESERVE_SHARE);
                if (free <= reserve) {
                    return false;
                }
                int pages = Math.min(most, free - reserve);
                // An update is run to its end; as a query it would stop after the first page.
                statement.executeUpdate("PRAGMA incremental_vacuum(" + pages + ")");
                return free - reserve > pages;
            }
        });
    }

    private static int pragma(Statement statement, String name) throws SQLException {
        try (ResultSet row = statement.executeQuery("PRAGMA " + name)) {
            return row.getInt(1);
        }
    }
}
