package dev.vitals.health.monitor.store;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;

/**
 * The database of a monitor: its pool of connections, its schema, its dialect. Each store stands on one of these.
 *
 * <p>Thread-safe. When a transaction returns, its changes survive the death of the process and of the machine. One that
 * fails throws a {@link RuntimeException} and has changed nothing.
 */
public final class Database implements AutoCloseable {
    private final Dialect dialect;
    private final HikariDataSource pool;
    private final Jdbi jdbi;

    private Database(Dialect dialect, HikariDataSource pool) {
        this.dialect = dialect;
        this.pool = pool;
        this.jdbi = Jdbi.create(pool);
        // Messages go into the log, where no bound value belongs, such as the hash of a password.
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(StatementExceptions.MessageRendering.NONE);
    }

    /**
     * Opens a SQLite file. Creates it, or migrates it to this version, where necessary.
     *
     * @throws RuntimeException if the file cannot be opened, or is not a database of this or an earlier version
     */
    public static Database sqlite(Path file) {
        return open(new Sqlite(file));
    }

    /**
     * Opens a SQLite file for reading only, also while a monitor uses it.
     *
     * @throws RuntimeException if the file cannot be opened; a later read fails if it is not a database of this version
     */
    public static Database readSqlite(Path file) {
        Dialect dialect = new Sqlite(file);
        return new Database(dialect, new HikariDataSource(dialect.reading()));
    }

    private static Database open(Dialect dialect) {
        HikariDataSource pool = new HikariDataSource(dialect.writing());
        try {
            dialect.prepare(pool);
            Flyway.configure()
                    .dataSource(pool)
                    .locations("classpath:" + dialect.migrations())
                    .load()
                    .migrate();
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
        return new Database(dialect, pool);
    }

    /** Runs queries on one connection. */
    <T> T read(Function<Handle, T> queries) {
        return jdbi.withHandle(queries::apply);
    }

    /** Runs all statements in one transaction. */
    <T> T inTransaction(Function<Handle, T> statements) {
        return jdbi.inTransaction(statements::apply);
    }

    /** Runs all statements in one transaction. */
    void write(Consumer<Handle> statements) {
        jdbi.useTransaction(statements::accept);
    }

    /** Gives up to that many pages of unused space back to the file system; returns whether there is more. */
    boolean shrink(int pages) {
        return read(handle -> dialect.shrink(handle, pages));
    }

    /**
     * Runs a small query.
     *
     * @throws RuntimeException if the database does not answer
     */
    public void ping() {
        read(handle -> handle.createQuery("SELECT count(*) FROM (SELECT 1 FROM target LIMIT 1) AS any_target")
                .mapTo(Integer.class)
                .one());
    }

    @Override
    public void close() {
        pool.close();
    }
}
