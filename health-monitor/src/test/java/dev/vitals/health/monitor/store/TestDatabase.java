package dev.vitals.health.monitor.store;

import dev.vitals.health.Scheduler;
import dev.vitals.health.internal.AgeClock;
import dev.vitals.health.monitor.access.AuditLog;
import dev.vitals.health.monitor.access.Secrets;
import dev.vitals.health.monitor.alert.Message;
import dev.vitals.health.monitor.history.History;
import dev.vitals.health.monitor.history.ObservedValues;
import dev.vitals.health.monitor.model.Registration;
import dev.vitals.health.monitor.registry.Registry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** A real SQLite database in a temporary folder, whose writes can be made to fail or to wait. */
public final class TestDatabase implements AutoCloseable {
    /** An entry of the audit log for changes of which the entry does not matter. */
    public static final AuditEntry ENTRY =
            new AuditEntry(0, Instant.parse("2026-11-20T10:00:00Z"), "test", "", "test", "test", "", "ok");

    private static final int WAL_HEADER = 32;
    private static final int FRAME_HEADER = 24;
    private static final List<String> TABLES = List.of(
            "target",
            "target_state",
            "state_change",
            "target_seen",
            "history_target",
            "history_life",
            "history_journal",
            "host_check",
            "secret",
            "audit");

    private final Path directory;
    private final Database database;

    /** Opens the database in that directory. */
    public TestDatabase(Path directory) {
        this.directory = directory;
        this.database = Database.sqlite(file());
    }

    private Path file() {
        return directory.resolve("monitor.db");
    }

    public Database database() {
        return database;
    }

    public AuditLog audit() {
        return new AuditLog(new AuditStore(database), InstantSource.system());
    }

    /** Returns the entries of the audit log, the newest first. */
    public List<AuditEntry> entries() {
        return new AuditStore(database).entries(AuditFilter.newest(1_000));
    }

    public Secrets secrets() {
        try {
            return Secrets.open(new SecretStore(database), audit(), directory, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public HistoryStore history() {
        return new HistoryStore(database);
    }

    public TargetStore targets() {
        return new TargetStore(database, secrets()::open, Registration.READER);
    }

    public HostCheckStore hostChecks() {
        return new HostCheckStore(database, secrets()::open, Registration.READER);
    }

    /** Returns a registry over this database, not started. */
    public Registry registry(InstantSource clock, Duration forgetAfter) {
        return registry(clock, forgetAfter, History.open(history(), clock, ObservedValues.NONE));
    }

    /** Returns a registry over this database, not started. */
    public Registry registry(InstantSource clock, Duration forgetAfter, History history) {
        return new Registry(targets(), hostChecks(), secrets(), clock, nanoTime(clock), forgetAfter, history);
    }

    private static LongSupplier nanoTime(InstantSource clock) {
        return clock instanceof Scheduler scheduler
                ? new AgeClock(scheduler::nanoTime, clock, null)::nanoTime
                : () -> TimeUnit.MILLISECONDS.toNanos(clock.millis());
    }

    /** Lets every write fail from now on, as if the disk were full; or no longer. */
    public void failing(boolean now) {
        TABLES.forEach(table -> failing(table, now));
    }

    /** Lets writes into one table fail, after other statements of the transaction have succeeded. */
    public void failing(String table, boolean now) {
        execute(
                now
                        ? "CREATE TRIGGER fail_" + table + " BEFORE INSERT ON " + table
                                + " BEGIN SELECT RAISE(ABORT, 'the disk is full'); END"
                        : "DROP TRIGGER fail_" + table);
    }

    /** Returns all messages, in the order in which they were made. */
    public List<Message> messages() {
        return database.read(handle -> handle.createQuery(MessageStore.COLUMNS + " FROM message ORDER BY id")
                .map((row, context) -> MessageStore.message(row))
                .list());
    }

    /** Returns how many changes to UNHEALTHY are stored. */
    public int unhealthyChanges() {
        return database.read(
                handle -> handle.createQuery("SELECT count(*) FROM state_change WHERE to_state = 'UNHEALTHY'")
                        .mapTo(Integer.class)
                        .one());
    }

    /** Runs a statement beside the stores. */
    public void sql(String sql) {
        execute(sql);
    }

    private void execute(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file() + "?busy_timeout=5000");
    }

    /** Lets writers wait until the result is closed, for at most 5 s. */
    public AutoCloseable lock() throws SQLException {
        Connection connection = connect();
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("BEGIN IMMEDIATE");
        }
        return connection;
    }

    /** Returns how many transactions are in the write-ahead log: each ends with a frame that names the database's size. */
    public int commits() {
        try {
            ByteBuffer wal = ByteBuffer.wrap(Files.readAllBytes(directory.resolve("monitor.db-wal")));
            int pageSize = wal.getInt(8);
            long salt = wal.getLong(16);
            int commits = 0;
            for (int frame = WAL_HEADER;
                    frame + FRAME_HEADER + pageSize <= wal.limit() && wal.getLong(frame + 8) == salt;
                    frame += FRAME_HEADER + pageSize) {
                commits += wal.getInt(frame + 4) == 0 ? 0 : 1;
            }
            return commits;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
