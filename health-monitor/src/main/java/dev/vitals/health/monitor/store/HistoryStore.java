package dev.vitals.health.monitor.store;

import dev.vitals.health.State;
import dev.vitals.health.monitor.model.Change;
import dev.vitals.health.monitor.model.TargetId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jdbi.v3.core.mapper.RowMapper;

/**
 * Reads and shortens the history; {@link TargetStore#write} adds to it.
 *
 * <p>Thread-safe. Each call uses at most one short transaction, so that neither a slow reader nor a large clean-up keeps the
 * writer waiting.
 */
public final class HistoryStore {
    /** The most chunks of one target. */
    public static final int MAX_CHUNKS = 1 << 24;

    /** The most series of one target. */
    public static final int MAX_SERIES = 32;

    private static final String KNOWN =
            "SELECT h.number, h.app, h.instance, h.next_chunk, h.last_minute, h.hours_until FROM history_target h ";

    private static final String OPEN = KNOWN + """
            WHERE h.last_minute >= h.hours_until * 60
               OR EXISTS (SELECT 1 FROM target t WHERE t.app = h.app AND t.instance = h.instance)
               OR EXISTS (SELECT 1 FROM history_life l WHERE l.target = h.number AND l.ended IS NULL)
            ORDER BY h.number
            """;

    private static final String LAST_TARGET = "SELECT coalesce(max(number), 0) FROM history_target";

    private static final String JOURNAL = "SELECT id, bytes FROM history_journal ORDER BY id";

    private static final String SERIES = """
            SELECT target, number, name, unit FROM history_series WHERE target BETWEEN ? AND ? ORDER BY target, number
            """;

    private static final String CHUNKS = """
            SELECT id, first_at, last_at, bytes FROM history_chunk
            WHERE id >= ? AND id < ? AND last_at >= ? AND first_at < ? ORDER BY id
            """;

    private static final String HOURS = """
            SELECT id, oks, warnings, errors, min_us, max_us, sum_us, sketch FROM history_hour
            WHERE id >= ? AND id < ? ORDER BY id LIMIT ?
            """;

    private static final String SERIES_HOURS = """
            SELECT id, count, min, max, sum, last FROM history_series_hour
            WHERE id >= ? AND id < ? ORDER BY id LIMIT ?
            """;

    private static final String LIVES = "SELECT target, began, ended FROM history_life ";

    // From the change that was recorded last with a time up to the given one: it replaced all earlier ones.
    private static final String STEPS = """
            SELECT id, at, to_state FROM state_change
            WHERE app = ? AND instance = ? AND id >= coalesce(
                (SELECT max(id) FROM state_change WHERE app = ? AND instance = ? AND at <= ?), 0)
            ORDER BY id
            """;

    private static final String CHANGES = """
            SELECT id, from_state, to_state, at, why FROM state_change
            WHERE app = ? AND instance = ? AND id < ? AND at >= ? AND at < ? ORDER BY id DESC LIMIT ?
            """;

    private final Database database;

    /** Reads the history in that database. */
    public HistoryStore(Database database) {
        this.database = database;
    }

    /** A change of a state, and its place in the order of all changes. */
    public record NumberedChange(long number, Change change) {}

    /** A target came into that state at that time. A step with a higher number replaces what lower ones say of that time. */
    public record Step(long number, long at, State to) {}

    private <T> List<T> list(String sql, RowMapper<T> mapper, Object... parameters) {
        return database.read(
                handle -> handle.select(sql, parameters).map(mapper).list());
    }

    /** Returns the targets that are watched, and those whose hours are not all rolled up. */
    public List<HistoryRows.Known> open() {
        return list(OPEN, (row, context) -> known(row));
    }

    /** Returns the highest number of a target; 0 if there is none. */
    public long lastTarget() {
        return list(LAST_TARGET, (row, context) -> row.getLong(1)).get(0);
    }

    /** Returns what is known of one target. */
    public Optional<HistoryRows.Known> find(TargetId target) {
        return list(
                        KNOWN + "WHERE h.app = ? AND h.instance = ?",
                        (row, context) -> known(row),
                        target.appOrHost(),
                        target.name())
                .stream()
                .findFirst();
    }

    /** Returns what is known of the target with that number. */
    public Optional<HistoryRows.Known> find(long number) {
        return list(KNOWN + "WHERE h.number = ?", (row, context) -> known(row), number).stream()
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

    /** Passes on the journal row by row, the oldest entry first. */
    public void journal(Consumer<HistoryRows.Journal> reader) {
        database.<Void>read(handle -> {
            handle.createQuery(JOURNAL)
                    .map((row, context) -> new HistoryRows.Journal(row.getLong(1), row.getBytes(2)))
                    .forEach(reader);
            return null;
        });
    }

    /** Returns the series of these targets, in the order of their numbers. */
    public List<HistoryRows.Series> series(Collection<Long> targets) {
        if (targets.isEmpty()) {
            return List.of();
        }
        Set<Long> wanted = new HashSet<>(targets);
        List<HistoryRows.Series> found = list(
                SERIES,
                (row, context) ->
                        new HistoryRows.Series(row.getLong(1), row.getInt(2), row.getString(3), row.getString(4)),
                Collections.min(wanted),
                Collections.max(wanted));
        return found.stream().filter(one -> wanted.contains(one.target())).toList();
    }

    /** Returns complete chunks of a target that overlap [from, to) and have a number below a limit, the newest first. */
    public List<HistoryRows.Chunk> newestChunks(long target, long from, long to, int below, int limit) {
        return list(
                CHUNKS + "DESC LIMIT ?",
                (row, context) -> chunk(row),
                HistoryIds.of(target, 0),
                HistoryIds.of(target, below),
                from,
                to,
                limit);
    }

    /** Returns complete chunks of a target that overlap [from, to) and have at least that number, the oldest first. */
    public List<HistoryRows.Chunk> oldestChunks(long target, long from, long to, int fromNumber, int limit) {
        return list(
                CHUNKS + "LIMIT ?",
                (row, context) -> chunk(row),
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

    /** Returns the hours of a target in [from, to), the oldest first. */
    public List<HistoryRows.Hour> hours(long target, int from, int to, int limit) {
        return list(
                HOURS,
                (row, context) -> new HistoryRows.Hour(
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

    /** Returns the hours of a series in [from, to), the oldest first. */
    public List<HistoryRows.SeriesHour> seriesHours(long target, int series, int from, int to, int limit) {
        return list(
                SERIES_HOURS,
                (row, context) -> new HistoryRows.SeriesHour(
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

    /** Returns the lives that have not ended. */
    public List<HistoryRows.Life> currentLives() {
        return list(LIVES + "WHERE ended IS NULL", (row, context) -> life(row));
    }

    /** Returns when the target was watched, the oldest life first. */
    public List<HistoryRows.Life> lives(long target) {
        return list(LIVES + "WHERE target = ? ORDER BY began", (row, context) -> life(row), target);
    }

    private static HistoryRows.Life life(ResultSet row) throws SQLException {
        return new HistoryRows.Life(
                row.getLong("target"), Columns.instant(row, "began"), Columns.instantOrNull(row, "ended"));
    }

    /** Returns the steps of a target, beginning with the one in force at {@code from}, in the order of their numbers. */
    public List<Step> steps(TargetId target, Instant from) {
        return list(
                STEPS,
                (row, context) -> new Step(row.getLong(1), row.getLong(2), State.valueOf(row.getString(3))),
                target.appOrHost(),
                target.name(),
                target.appOrHost(),
                target.name(),
                from.toEpochMilli());
    }

    /** Returns changes of a target with a time in [from, to) and a number below a limit, the newest first. */
    public List<NumberedChange> changes(TargetId target, Instant from, Instant to, long below, int limit) {
        return list(
                CHANGES,
                (row, context) -> new NumberedChange(
                        row.getLong("id"),
                        new Change(
                                target,
                                State.valueOf(row.getString("from_state")),
                                State.valueOf(row.getString("to_state")),
                                Columns.instant(row, "at"),
                                row.getString("why"))),
                target.appOrHost(),
                target.name(),
                below,
                from.toEpochMilli(),
                to.toEpochMilli(),
                limit);
    }

    /**
     * Deletes old chunks and hours of the targets numbered from {@code first} to {@code last}. A chunk stays until its
     * minutes are rolled up.
     *
     * @param chunksBefore chunks that ended before this time are deleted
     * @param hoursBefore hours that began before this time are deleted
     * @return how many rows were deleted
     */
    public int forget(long first, long last, Instant chunksBefore, Instant hoursBefore) {
        return HistoryCleaner.forget(database, first, last, chunksBefore, hoursBefore);
    }

    /**
     * Gives unused space of the database back to the file system, but keeps a reserve.
     *
     * @param pages the most pages to give back in this call
     * @return whether there is more to give back
     */
    public boolean shrink(int pages) {
        return database.shrink(pages);
    }

    /** Folds the log of the database into its main file, see {@link Database#fold}. */
    public void fold() {
        database.fold();
    }
}
