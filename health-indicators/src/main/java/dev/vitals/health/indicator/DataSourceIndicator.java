package dev.vitals.health.indicator;

import dev.vitals.health.HealthCheck;
import dev.vitals.health.Outcome;
import dev.vitals.health.internal.Require;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks whether a database answers: takes a connection, asks whether it is valid, and returns it.
 *
 * <p>A pool without a free connection is WARNING, since the database may be healthy: an
 * {@code SQLTransientConnectionException} or {@code SQLTimeoutException} without a cause, while a connection is taken.
 * With a cause, the pool could not connect either, which is ERROR like every other failure. It stays ERROR until there is
 * a connection again, since a pool may forget the cause. Messages show the class and the SQLState only; the driver's
 * text, which may contain an address or a password, goes to the log at DEBUG.
 *
 * <p>The connection goes back as it came: without auto-commit, the transaction that a run begins is rolled back. A driver
 * without query timeouts or names is no failure; one without {@code isValid} needs {@link #query}, and the message says
 * so.
 *
 * <p>Data: {@code database}, the product's name and version, read once. A run costs one connection of the pool and one
 * round trip. The driver gets the timeout in whole seconds, rounded up. The wait for a connection has the timeout of the
 * data source, for example {@code connectionTimeout} in HikariCP.
 *
 * <p>Immutable: the methods that set an option return a changed copy.
 */
public final class DataSourceIndicator implements HealthCheck {
    private static final Logger log = LoggerFactory.getLogger(DataSourceIndicator.class);
    private static final String NO_IS_VALID =
            "this driver has no Connection.isValid: use query(...) with a statement such as SELECT 1";
    private static final int MAX_QUERY_LENGTH = 10_000;

    private final DataSource dataSource;
    private final @Nullable String query;
    private final Duration timeout;
    private volatile @Nullable String database;
    private volatile boolean unreachable;

    private DataSourceIndicator(DataSource dataSource, @Nullable String query, Duration timeout) {
        this.dataSource = dataSource;
        this.query = query;
        this.timeout = timeout;
    }

    /** Returns a check that calls {@code Connection.isValid}, with a timeout of 2 s. */
    @SuppressWarnings("exports") // java.sql is optional, and callers of this method require it anyway
    public static DataSourceIndicator of(DataSource dataSource) {
        return new DataSourceIndicator(
                Objects.requireNonNull(dataSource, "dataSource"), null, Deadline.DEFAULT_TIMEOUT);
    }

    /**
     * Returns a copy that runs a statement instead of {@code isValid}, and ignores its result.
     *
     * @param query SQL such as {@code SELECT 1}, 1 to 10,000 characters
     * @throws IllegalArgumentException if the query is blank or too long
     */
    public DataSourceIndicator query(String query) {
        return new DataSourceIndicator(dataSource, Require.text("query", query, MAX_QUERY_LENGTH), timeout);
    }

    /**
     * Returns a copy that allows the database this long to answer; default 2 s.
     *
     * @throws IllegalArgumentException if it is not from 1 ms to 1 h
     */
    public DataSourceIndicator timeout(Duration timeout) {
        return new DataSourceIndicator(dataSource, query, Deadline.requireTimeout(timeout));
    }

    @Override
    public Outcome run() {
        Deadline deadline = Deadline.in(timeout);
        Connection connection;
        try {
            connection = dataSource.getConnection();
            unreachable = false;
        } catch (SQLException e) {
            return withoutConnection(e);
        }
        try {
            return Jdbc.use(connection, taken -> ask(taken, deadline));
        } catch (SQLException e) {
            return Outcome.error(SqlFailure.describe(query == null ? "connection failed" : "query failed", e));
        }
    }

    private Outcome withoutConnection(SQLException failure) {
        boolean timedOut = failure instanceof SQLTransientConnectionException || failure instanceof SQLTimeoutException;
        // HikariCP passes on a failure to connect since the last time, if there was one, as the cause.
        if (timedOut && failure.getCause() == null && !unreachable) {
            return Outcome.warning(SqlFailure.describe("no connection available, pool exhausted or slow", failure));
        }
        unreachable = true;
        return Outcome.error(SqlFailure.describe("cannot connect", failure));
    }

    private Outcome ask(Connection connection, Deadline deadline) throws SQLException {
        if (query != null) {
            try (Statement statement = connection.createStatement()) {
                Jdbc.limit(statement, deadline);
                statement.execute(query);
            }
        } else {
            try {
                if (!connection.isValid(deadline.remainingSeconds())) {
                    return Outcome.error("connection is not valid, or did not answer " + deadline);
                }
            } catch (SQLException | UnsupportedOperationException | AbstractMethodError e) {
                if (!Jdbc.isUnsupported(e)) {
                    throw e;
                }
                log.debug("the driver has no Connection.isValid", e);
                return Outcome.error(NO_IS_VALID);
            }
        }
        String name = databaseOf(connection);
        return name == null ? Outcome.ok() : Outcome.ok().with("database", name);
    }

    private @Nullable String databaseOf(Connection connection) {
        String known = database;
        if (known != null) {
            return known;
        }
        try {
            DatabaseMetaData data = connection.getMetaData();
            String name = data.getDatabaseProductName();
            if (name != null) {
                known = name + " " + Objects.requireNonNullElse(data.getDatabaseProductVersion(), "");
                known = known.strip();
                database = known;
            }
        } catch (SQLException | RuntimeException | AbstractMethodError e) {
            log.debug("cannot read the name of the database", e); // the check passes without the name
        }
        return known;
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
