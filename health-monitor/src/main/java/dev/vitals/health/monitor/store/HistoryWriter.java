package dev.vitals.health.monitor.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Writes the history's part of a batch. */
final class HistoryWriter {
    private HistoryWriter() {}

    static void write(Connection connection, HistoryRows rows) throws SQLException {
        Statements.all(connection, HistorySql.SAVE_TARGET, rows.targets(), (row, target) -> {
            row.setLong(1, target.number());
            row.setString(2, target.id().appOrHost());
            row.setString(3, target.id().name());
            row.setInt(4, target.nextChunk());
            row.setInt(5, target.lastMinute());
            row.setInt(6, target.hoursUntil());
        });
        Statements.all(connection, HistorySql.SAVE_LIFE, rows.lives(), (row, life) -> {
            row.setLong(1, life.target());
            row.setLong(2, life.began().toEpochMilli());
            Statements.set(row, 3, life.ended() == null ? null : life.ended().toEpochMilli());
        });
        Statements.all(connection, HistorySql.ADD_SERIES, rows.series(), (row, series) -> {
            row.setLong(1, series.target());
            row.setInt(2, series.number());
            row.setString(3, series.name());
            row.setString(4, series.unit());
        });
        writeChunks(connection, rows);
        writeHours(connection, rows);
    }

    private static void writeChunks(Connection connection, HistoryRows rows) throws SQLException {
        HistoryRows.Journal added = rows.journal();
        if (added != null) {
            Statements.all(connection, HistorySql.ADD_JOURNAL, List.of(added), (row, journal) -> {
                row.setLong(1, journal.id());
                row.setBytes(2, journal.bytes());
            });
        }
        if (rows.journalFrom() > 0) {
            Statements.all(
                    connection,
                    HistorySql.SHORTEN_JOURNAL,
                    List.of(rows.journalFrom()),
                    (row, from) -> row.setLong(1, from));
        }
        Statements.all(connection, HistorySql.ADD_CHUNK, rows.chunks(), (row, chunk) -> {
            row.setLong(1, HistoryIds.of(chunk.target(), chunk.number()));
            row.setLong(2, chunk.firstAt());
            row.setLong(3, chunk.lastAt());
            row.setBytes(4, chunk.bytes());
        });
    }

    private static void writeHours(Connection connection, HistoryRows rows) throws SQLException {
        Statements.all(connection, HistorySql.SAVE_HOUR, rows.hours(), (row, hour) -> {
            row.setLong(1, HistoryIds.of(hour.target(), hour.hour()));
            row.setLong(2, hour.oks());
            row.setLong(3, hour.warnings());
            row.setLong(4, hour.errors());
            row.setLong(5, hour.minMicros());
            row.setLong(6, hour.maxMicros());
            row.setLong(7, hour.sumMicros());
            row.setBytes(8, hour.sketch());
        });
        Statements.all(connection, HistorySql.SAVE_SERIES_HOUR, rows.seriesHours(), (row, hour) -> {
            row.setLong(1, HistoryIds.ofSeries(hour.target(), hour.series(), hour.hour()));
            row.setLong(2, hour.count());
            row.setDouble(3, hour.min());
            row.setDouble(4, hour.max());
            row.setDouble(5, hour.sum());
            row.setDouble(6, hour.last());
        });
    }
}
