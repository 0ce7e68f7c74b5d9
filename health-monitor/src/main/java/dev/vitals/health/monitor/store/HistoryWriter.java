package dev.vitals.health.monitor.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Writes the history of a batch, in plain JDBC; {@link HistoryStore} reads it. */
final class HistoryWriter {
    private static final String SAVE_TARGET = """
            INSERT INTO history_target (number, app, instance, next_chunk, last_minute, hours_until)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (number) DO UPDATE SET next_chunk = excluded.next_chunk,
                last_minute = excluded.last_minute, hours_until = excluded.hours_until
            """;

    private static final String SAVE_LIFE = """
            INSERT INTO history_life (target, began, ended) VALUES (?, ?, ?)
            ON CONFLICT (target, began) DO UPDATE SET ended = excluded.ended
            """;

    private static final String ADD_SERIES =
            "INSERT INTO history_series (target, number, name, unit) VALUES (?, ?, ?, ?)";

    private static final String ADD_JOURNAL = "INSERT INTO history_journal (id, bytes) VALUES (?, ?)";

    private static final String SHORTEN_JOURNAL = "DELETE FROM history_journal WHERE id < ?";

    private static final String ADD_CHUNK =
            "INSERT INTO history_chunk (id, first_at, last_at, bytes) VALUES (?, ?, ?, ?)";

    private static final String SAVE_HOUR = """
            INSERT INTO history_hour (id, oks, warnings, errors, min_us, max_us, sum_us, sketch)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET oks = excluded.oks, warnings = excluded.warnings, errors = excluded.errors,
                min_us = excluded.min_us, max_us = excluded.max_us, sum_us = excluded.sum_us, sketch = excluded.sketch
            """;

    private static final String SAVE_SERIES_HOUR = """
            INSERT INTO history_series_hour (id, count, min, max, sum, last) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET count = excluded.count, min = excluded.min, max = excluded.max,
                sum = excluded.sum, last = excluded.last
            """;

    private HistoryWriter() {}

    static void write(Connection connection, HistoryRows rows) throws SQLException {
        Statements.all(connection, SAVE_TARGET, rows.targets(), (row, target) -> {
            row.setLong(1, target.number());
            row.setString(2, target.id().appOrHost());
            row.setString(3, target.id().name());
            row.setInt(4, target.nextChunk());
            row.setInt(5, target.lastMinute());
            row.setInt(6, target.hoursUntil());
        });
        Statements.all(connection, SAVE_LIFE, rows.lives(), (row, life) -> {
            row.setLong(1, life.target());
            row.setLong(2, life.began().toEpochMilli());
            Statements.set(row, 3, life.ended() == null ? null : life.ended().toEpochMilli());
        });
        Statements.all(connection, ADD_SERIES, rows.series(), (row, series) -> {
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
            Statements.all(connection, ADD_JOURNAL, List.of(added), (row, journal) -> {
                row.setLong(1, journal.id());
                row.setBytes(2, journal.bytes());
            });
        }
        if (rows.journalFrom() > 0) {
            Statements.all(
                    connection, SHORTEN_JOURNAL, List.of(rows.journalFrom()), (row, from) -> row.setLong(1, from));
        }
        Statements.all(connection, ADD_CHUNK, rows.chunks(), (row, chunk) -> {
            row.setLong(1, HistoryIds.of(chunk.target(), chunk.number()));
            row.setLong(2, chunk.firstAt());
            row.setLong(3, chunk.lastAt());
            row.setBytes(4, chunk.bytes());
        });
    }

    private static void writeHours(Connection connection, HistoryRows rows) throws SQLException {
        Statements.all(connection, SAVE_HOUR, rows.hours(), (row, hour) -> {
            row.setLong(1, HistoryIds.of(hour.target(), hour.hour()));
            row.setLong(2, hour.oks());
            row.setLong(3, hour.warnings());
            row.setLong(4, hour.errors());
            row.setLong(5, hour.minMicros());
            row.setLong(6, hour.maxMicros());
            row.setLong(7, hour.sumMicros());
            row.setBytes(8, hour.sketch());
        });
        Statements.all(connection, SAVE_SERIES_HOUR, rows.seriesHours(), (row, hour) -> {
            row.setLong(1, HistoryIds.ofSeries(hour.target(), hour.series(), hour.hour()));
            row.setLong(2, hour.count());
            row.setDouble(3, hour.min());
            row.setDouble(4, hour.max());
            row.setDouble(5, hour.sum());
            row.setDouble(6, hour.last());
        });
    }
}
