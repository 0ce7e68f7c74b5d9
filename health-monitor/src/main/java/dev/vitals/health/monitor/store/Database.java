package dev.vitals.health.monitor.store;

import com.zaxxer.hikari.HikariDataSource;
import dev.vitals.health.internal.TextLine;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database of a monitor: its pool of connections, its schema, its dialect. Each store stands on one of these.
 *
 * <p>Thread-safe. When a transaction returns, its changes survive the death of the process and of the machine. One that
 * fails throws a {@link RuntimeException} and has changed nothing.
 */
public final class Database implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Database.class);
    private static final Pattern DRIVER_MESSAGE = Pattern.compile("\\[SQLITE_\\w+].*\\((.+)\\)");
    private static final int MAX_REASON = 200;

    // Why the database is damaged; null if nobody has met a damaged page yet. Damage stays until a backup is restored.
    private final AtomicReference<@Nullable String> damage = new AtomicReference<>();
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
     * Returns whether a SQLite file that exists has tables. Changes nothing.
     *
     * @throws RuntimeException if the file cannot be read; the message is {@link Sqlite#LOCKED} if another process keeps it
     */
    public static boolean hasTables(Path file) {
        return new Sqlite(file).hasTables();
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
            new Schema(pool, dialect.migrations()).migrate();
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
        return new Database(dialect, pool);
    }

    /** Returns the reason of a failure in one line for people, such as {@code database is locked}. */
    public static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        // The driver of SQLite puts SQLite's own words into parentheses, behind its own.
        Matcher sqlite = DRIVER_MESSAGE.matcher(message);
        return TextLine.clean(sqlite.matches() ? sqlite.group(1) : message, MAX_REASON);
    }

    /** Returns why the database is damaged; empty if nobody has met a damaged page since it was opened. */
    public Optional<String> damage() {
        return Optional.ofNullable(damage.get());
    }

    private <T> T noted(Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            if (dialect.isDamage(e) && damage.compareAndSet(null, reason(e))) {
                log.error("the database is damaged, restore a backup: {}", reason(e));
            }
            throw e;
        }
    }

    /** Runs queries on one connection. */
    <T> T read(Function<Handle, T> queries) {
        return noted(() -> jdbi.withHandle(queries::apply));
    }

    /** Runs all statements in one transaction. */
    <T> T inTransaction(Function<Handle, T> statements) {
        return noted(() -> jdbi.inTransaction(statements::apply));
    }

    /** Runs all statements in one transaction. */
    void write(Consumer<Handle> statements) {
        boolean unused = noted(() -> {
            jdbi.useTransaction(statements::accept);
            return true;
        });
    }

    /** Gives up to that many pages of unused space back to the file system; returns whether there is more. */
    boolean shrink(int pages) {
        return read(handle -> dialect.shrink(handle, pages));
    }

    /**
     * Moves what was committed from the log of the database into its main file, as far as this disturbs nobody, so that a
     * plain copy of that file lacks little.
     *
     * @throws RuntimeException if the database does not answer
     */
    public void fold() {
        read(handle -> {
            dialect.fold(handle);
            return true;
        });
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

    /** Returns whether a database failed, rather than the code that called it. */
    public static boolean isFailureOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException || cause instanceof JdbiException) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        pool.close();
    }
}
