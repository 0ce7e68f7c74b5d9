package dev.vitals.health.monitor.store;

import com.zaxxer.hikari.HikariConfig;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;

/** A SQLite file: many readers beside one writer (WAL), and every commit is on the disk before it returns. */
final class Sqlite implements Dialect {
    // One for the writer, the others for requests, which read at the same time.
    private static final int CONNECTIONS = 4;
    private static final int BUSY_TIMEOUT_MILLIS = 5_000;
    // 16 MB: a page that many commits change is copied into the database once for all of them.
    private static final int CHECKPOINT_PAGES = 4_000;
    // At most 64 MB, allocated page by page: the states of 100,000 targets, each written once a minute.
    private static final int CACHE_KIB = 65_536;
    private static final int INCREMENTAL = 2;
    // Free pages that stay for new rows: a twentieth of the file, at least 1 MB.
    private static final int RESERVE_SHARE = 20;
    private static final int MIN_RESERVE = 256;

    /** What a process is told that cannot have the file. */
    static final String LOCKED = "locked by another process, such as a SQLite client; end that process and start again";

    private static final int SQLITE_BUSY = 5;
    private static final int SQLITE_CORRUPT = 11;
    private static final int SQLITE_NOTADB = 26;
    private static final int PRIMARY_CODE = 0xff;

    private final Path file;

    Sqlite(Path file) {
        this.file = file;
    }

    @Override
    public HikariConfig writing() {
        HikariConfig config = pool(CONNECTIONS);
        config.addDataSourceProperty("journal_mode", "WAL");
        config.addDataSourceProperty("synchronous", "FULL");
        config.addDataSourceProperty("foreign_keys", "true");
        config.addDataSourceProperty("cache_size", Integer.toString(-CACHE_KIB));
        config.setConnectionInitSql("PRAGMA wal_autocheckpoint = " + CHECKPOINT_PAGES);
        // SQLite may refuse the first write of a transaction that began by reading.
        config.addDataSourceProperty("transaction_mode", "IMMEDIATE");
        return config;
    }

    @Override
    public HikariConfig reading() {
        HikariConfig config = pool(1);
        config.setConnectionInitSql("PRAGMA query_only = true");
        return config;
    }

    /** Returns whether the file has tables, by one connection without a pool, which would log and try again. */
    boolean hasTables() {
        try (Connection connection = DriverManager.getConnection(url());
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = " + BUSY_TIMEOUT_MILLIS);
            // Whoever may begin to write can open the file in earnest.
            statement.execute("BEGIN IMMEDIATE");
            try (ResultSet row = statement.executeQuery("SELECT count(*) FROM sqlite_master WHERE type = 'table'")) {
                return row.getInt(1) > 0;
            } finally {
                statement.execute("ROLLBACK");
            }
        } catch (SQLException e) {
            throw (e.getErrorCode() & PRIMARY_CODE) == SQLITE_BUSY
                    ? new IllegalStateException(LOCKED, e)
                    : Statements.failed(e);
        }
    }

    private String url() {
        return "jdbc:sqlite:" + file.toAbsolutePath();
    }

    private HikariConfig pool(int connections) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("store");
        config.setJdbcUrl(url());
        config.setMaximumPoolSize(connections);
        config.setConnectionTimeout(BUSY_TIMEOUT_MILLIS);
        config.addDataSourceProperty("busy_timeout", Integer.toString(BUSY_TIMEOUT_MILLIS));
        return config;
    }

    /** Lets the file shrink page by page. SQLite allows that before the first table exists, or after a copy of all pages. */
    @Override
    public void prepare(DataSource pool) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            if (pragma(statement, "auto_vacuum") != INCREMENTAL) {
                statement.execute("PRAGMA auto_vacuum = " + INCREMENTAL);
                statement.execute("VACUUM");
            }
        } catch (SQLException e) {
            throw Statements.failed(e);
        }
    }

    @Override
    public String migrations() {
        return "db/migration/sqlite";
    }

    @Override
    public boolean isDamage(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                int code = sql.getErrorCode() & PRIMARY_CODE;
                return code == SQLITE_CORRUPT || code == SQLITE_NOTADB;
            }
        }
        return false;
    }

    @Override
    public void fold(Handle handle) {
        handle.execute("PRAGMA wal_checkpoint(PASSIVE)");
    }

    @Override
    public boolean shrink(Handle handle, int pages) {
        try (Statement statement = handle.getConnection().createStatement()) {
            int free = pragma(statement, "freelist_count");
            int reserve = Math.max(MIN_RESERVE, pragma(statement, "page_count") / RESERVE_SHARE);
            if (free <= reserve) {
                return false;
            }
            int now = Math.min(pages, free - reserve);
            // As a query, this statement would stop after the first page.
            statement.executeUpdate("PRAGMA incremental_vacuum(" + now + ")");
            return free - reserve > now;
        } catch (SQLException e) {
            throw Statements.failed(e);
        }
    }

    private static int pragma(Statement statement, String name) throws SQLException {
        try (ResultSet row = statement.executeQuery("PRAGMA " + name)) {
            return row.getInt(1);
        }
    }
}
