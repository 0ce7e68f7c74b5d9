package dev.vitals.health.monitor.store;

import dev.vitals.health.State;
import dev.vitals.health.monitor.model.Change;
import dev.vitals.health.monitor.model.TargetId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The history in an SQL database. */
final class SqlHistory implements HistoryStore {
    private final Queries queries;
    private final HistoryCleaner cleaner;

    SqlHistory(Queries queries) {
        this.queries = queries;
        this.cleaner = new HistoryCleaner(queries);
    }

    @Override
    public List<HistoryRows.Known> open() {
        return queries.list(HistorySql.OPEN, SqlHistory::known);
    }

    @Override
    public long lastTarget() {
        return queries.list(HistorySql.LAST_TARGET, row -> row.getLong(1)).get(0);
    }

    @Override
    public Optional<HistoryRows.Known> find(TargetId target) {
        return queries.list(HistorySql.FIND, SqlHistory::known, target.appOrHost(), target.name()).stream()
                .findFirst();
    }

    @Override
    public Optional<HistoryRows.Known> find(long number) {
        return queries.list(HistorySql.FIND_NUMBER, SqlHistory::known, number).stream()
                .findFirst();
    }

    private static HistoryRows.Known known(ResultSet row) throws SQLException {
        return new HistoryRows.Known(
                row.getLong(1),
                new TargetId(row.getString(2), row.getString(3)),
                row.getInt(4),
                row.getInt(5),
                row.getInt(6));
    }

    @Override
    public void journal(Consumer<HistoryRows.Journal> reader) {
        queries.each(HistorySql.JOURNAL, row -> new HistoryRows.Journal(row.getLong(1), row.getBytes(2)), reader);
    }

    @Override
    public List<HistoryRows.Series> series(Collection<Long> targets) {
        List<HistoryRows.Series> found = new ArrayList<>();
        queries.eachOf(
                HistorySql.SERIES,
                targets,
                row -> new HistoryRows.Series(row.getLong(1), row.getInt(2), row.getString(3), row.getString(4)),
                found::add);
        return found;
    }

    @Override
    public List<HistoryRows.Chunk> newestChunks(long target, long from, long to, int below, int limit) {
        return queries.list(
                HistorySql.NEWEST_CHUNKS,
                SqlHistory::chunk,
                HistoryIds.of(target, 0),
                HistoryIds.of(target, below),
                from,
                to,
                limit);
    }

    @Override
    public List<HistoryRows.Chunk> oldestChunks(long target, long from, long to, int fromNumber, int limit) {
        return queries.list(
                HistorySql.OLDEST_CHUNKS,
                SqlHistory::chunk,
                HistoryIds.of(target, fromNumber),
                HistoryIds.of(target + 1, 0),
                from,
                to,
                limit);
    }

    private static HistoryRows.Chunk chunk(ResultSet row) throws SQLException {
        long id = row.getLong(1);
        return new HistoryRows.Chunk(
                HistoryIds.target(id), HistoryIds.part(id), row.getLong(2), row.getLong(3), row.getBytes(4));
    }

    @Override
    public List<HistoryRows.Hour> hours(long target, int from, int to, int limit) {
        return queries.list(
                HistorySql.HOURS,
                row -> new HistoryRows.Hour(
                        target,
                        HistoryIds.part(row.getLong(1)),
                        row.getLong(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5),
                        row.getLong(6),
                        row.getLong(7),
                        row.getBytes(8)),
                HistoryIds.of(target, from),
                HistoryIds.of(target, to),
                limit);
    }

    @Override
    public List<HistoryRows.SeriesHour> seriesHours(long target, int series, int from, int to, int limit) {
        return queries.list(
                HistorySql.SERIES_HOURS,
                row -> new HistoryRows.SeriesHour(
                        target,
                        series,
                        HistoryIds.part(row.getLong(1)),
                        row.getLong(2),
                        row.getDouble(3),
                        row.getDouble(4),
                        row.getDouble(5),
                        row.getDouble(6)),
                HistoryIds.ofSeries(target, series, from),
                HistoryIds.ofSeries(target, series, to),
                limit);
    }

    @Override
    public List<HistoryRows.Life> lives(long target) {
        return queries.list(HistorySql.LIVES, SqlHistory::life, target);
    }

    @Override
    public List<HistoryRows.Life> currentLives() {
        return queries.list(HistorySql.CURRENT_LIVES, SqlHistory::life);
    }

    private static HistoryRows.Life life(ResultSet row) throws SQLException {
        long ended = row.getLong(3);
        Instant end = row.wasNull() ? null : Instant.ofEpochMilli(ended);
        return new HistoryRows.Life(row.getLong(1), Instant.ofEpochMilli(row.getLong(2)), end);
    }

    @Override
    public List<Step> steps(TargetId target, Instant from) {
        return queries.list(
                HistorySql.STEPS,
                row -> new Step(row.getLong(1), row.getLong(2), State.valueOf(row.getString(3))),
                target.appOrHost(),
                target.name(),
                target.appOrHost(),
                target.name(),
                from.toEpochMilli());
    }

    @Override
    public List<NumberedChange> changes(TargetId target, Instant from, Instant to, long below, int limit) {
        return queries.list(
                HistorySql.CHANGES,
                row -> new NumberedChange(
                        row.getLong(1),
                        new Change(
                                target,
                                State.valueOf(row.getString(2)),
                                State.valueOf(row.getString(3)),
                                Instant.ofEpochMilli(row.getLong(4)),
                                row.getString(5))),
                target.appOrHost(),
                target.name(),
                below,
                from.toEpochMilli(),
                to.toEpochMilli(),
                limit);
    }

    @Override
    public int forget(long first, long last, Instant chunksBefore, Instant hoursBefore) {
        return cleaner.forget(first, last, chunksBefore.toEpochMilli(), hoursBefore.getEpochSecond() / 3_600);
    }

    @Override
    public boolean shrink(int pages) {
        return cleaner.shrink(pages);
    }
}
