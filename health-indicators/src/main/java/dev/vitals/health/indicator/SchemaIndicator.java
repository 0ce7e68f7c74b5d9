package dev.vitals.health.indicator;

import dev.vitals.health.HealthCheck;
import dev.vitals.health.Outcome;
import dev.vitals.health.internal.Require;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * Checks whether the schema of a database is as new as this application needs it, by the tables of Flyway or Liquibase:
 * "up-to-date", else "database is initializing" and the reason.
 *
 * <p>ERROR while the table, or the expected migration in it, is missing, so that {@code ready} and {@code startup} hold
 * traffic back; {@link #warnWhilePending()} makes that a WARNING. A failed migration of Flyway is always ERROR. If the
 * expected migration is there and Liquibase holds its lock, the outcome is WARNING: another instance may be applying the
 * next one. A schema newer than expected is up to date. Messages show names and versions, but not the driver's text.
 *
 * <p>A run costs one connection of the pool and one or two statements, which for Flyway read the whole table; choose a
 * long interval. Without auto-commit, the transaction that a run begins is rolled back. Works without Flyway and Liquibase on the class path.
 *
 * <p>Immutable: the methods that set an option return a changed copy.
 */
public final class SchemaIndicator implements HealthCheck {
    private static final String FLYWAY_TABLE = "flyway_schema_history";
    private static final String LIQUIBASE_TABLE = "DATABASECHANGELOG";
    private static final String INITIALIZING = "database is initializing: ";
    private static final int MAX_ID_LENGTH = 255;
    private static final Pattern TABLE = Pattern.compile("[A-Za-z0-9_]{1,100}(\\.[A-Za-z0-9_]{1,100})?");

    private final DataSource dataSource;
    private final SchemaHistory history;
    private final Duration timeout;
    private final Outcome.Code pending;

    private SchemaIndicator(DataSource dataSource, SchemaHistory history, Duration timeout, Outcome.Code pending) {
        this.dataSource = Objects.requireNonNull(dataSource, "dataSource");
        this.history = history;
        this.timeout = timeout;
        this.pending = pending;
    }

    /**
     * Returns a check of Flyway's table {@code flyway_schema_history}, with a timeout of 2 s.
     *
     * @param expectedVersion the lowest version that is new enough, such as {@code 2.1}; at most 50 characters
     * @throws IllegalArgumentException if it is not numbers with dots or underscores between them
     */
    @SuppressWarnings("exports") // java.sql is optional, and callers of this method require it anyway
    public static SchemaIndicator flyway(DataSource dataSource, String expectedVersion) {
        return flyway(dataSource, expectedVersion, FLYWAY_TABLE);
    }

    /**
     * Does the same for a table of another name, or in another schema than the connection's.
     *
     * @param table {@code TABLE} or {@code SCHEMA.TABLE} of letters, digits and underscores, in upper or lower case as it
     *     was created
     * @throws IllegalArgumentException if the table or version is not of this form
     */
    @SuppressWarnings("exports")
    public static SchemaIndicator flyway(DataSource dataSource, String expectedVersion, String table) {
        return of(dataSource, new FlywayHistory(requireTable(table), expectedVersion));
    }

    /**
     * Returns a check of Liquibase's tables {@code DATABASECHANGELOG} and {@code DATABASECHANGELOGLOCK}, with a timeout
     * of 2 s.
     *
     * @param expectedId the id of the change set that must have run; 1 to 255 characters
     * @throws IllegalArgumentException if the id is blank or too long
     */
    @SuppressWarnings("exports")
    public static SchemaIndicator liquibase(DataSource dataSource, String expectedId) {
        return liquibase(dataSource, expectedId, LIQUIBASE_TABLE);
    }

    /**
     * Does the same for a table of another name, or in another schema; the table of the lock has the same name with
     * {@code LOCK} appended.
     *
     * @param table {@code TABLE} or {@code SCHEMA.TABLE} of letters, digits and underscores
     * @throws IllegalArgumentException if the table or id is not of this form
     */
    @SuppressWarnings("exports")
    public static SchemaIndicator liquibase(DataSource dataSource, String expectedId, String table) {
        String id = Require.text("expectedId", expectedId, MAX_ID_LENGTH);
        return of(dataSource, new LiquibaseHistory(requireTable(table), id));
    }

    private static SchemaIndicator of(DataSource dataSource, SchemaHistory history) {
        return new SchemaIndicator(dataSource, history, Deadline.DEFAULT_TIMEOUT, Outcome.Code.ERROR);
    }

    private static String requireTable(String table) {
        Objects.requireNonNull(table, "table");
        if (!TABLE.matcher(table).matches()) {
            throw new IllegalArgumentException("table must match " + TABLE.pattern() + ", was " + Require.shown(table));
        }
        return table;
    }

    /** Returns a copy that is WARNING, not ERROR, while the table or the expected migration is missing. */
    public SchemaIndicator warnWhilePending() {
        return new SchemaIndicator(dataSource, history, timeout, Outcome.Code.WARNING);
    }

    /**
     * Returns a copy that allows the statements of a run this long together, in whole seconds, rounded up; default 2 s.
     *
     * @throws IllegalArgumentException if it is not from 1 ms to 1 h
     */
    public SchemaIndicator timeout(Duration timeout) {
        return new SchemaIndicator(dataSource, history, Deadline.requireTimeout(timeout), pending);
    }

    @Override
    public Outcome run() {
        Deadline deadline = Deadline.in(timeout);
        Connection connection;
        try {
            connection = dataSource.getConnection();
        } catch (SQLException e) {
            return Outcome.error(SqlFailure.describe("cannot connect", e));
        }
        try {
            return Jdbc.use(connection, taken -> judge(history.read(taken, deadline)));
        } catch (SQLException e) {
            String failure = SqlFailure.describe("cannot read " + history.table(), e);
            return SqlFailure.isUnknownName(e) ? Outcome.of(pending, INITIALIZING + failure) : Outcome.error(failure);
        }
    }

    private Outcome judge(SchemaHistory.Progress progress) {
        String reason = INITIALIZING + progress.reason();
        return switch (progress.stage()) {
            case UP_TO_DATE -> Outcome.ok("up-to-date");
            case BUSY -> Outcome.warning(reason);
            case PENDING -> Outcome.of(pending, reason);
            case FAILED -> Outcome.error(reason);
        };
    }

    @Override
    public Optional<String> componentType() {
        return Optional.of("datastore");
    }

    @Override
    public boolean remote() {
        return true;
    }
}
