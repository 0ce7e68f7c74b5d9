package dev.vitals.health.monitor.store;

import com.zaxxer.hikari.HikariDataSource;
import dev.vitals.health.State;
import dev.vitals.health.monitor.model.Change;
import dev.vitals.health.monitor.model.SettingsReader;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.WatchedTarget;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

/** A store in an SQL database, in words that SQLite and PostgreSQL share. */
final class SqlStore implements Store {
    private final HikariDataSource dataSource;
    private final Jdbi jdbi;
    private final HistoryStore history;
    private final SecretValues secrets;
    private final SettingsReader reader;

    SqlStore(HikariDataSource dataSource, SecretValues secrets, SettingsReader reader) {
        this.reader = reader;
        this.secrets = secrets;
        this.dataSource = dataSource;
        this.jdbi = Jdbi.create(dataSource);
        this.history = new SqlHistory(new Queries(dataSource));
    }

    /** Returns the database of a store, for the tables beside those of {@link Store}. */
    static Jdbi jdbi(Store store) {
        if (store instanceof SqlStore sql) {
            return sql.jdbi;
        }
        throw new IllegalArgumentException(
                "store must be one in an SQL database, was " + store.getClass().getSimpleName());
    }

    @Override
    public List<WatchedTarget> load() {
        TrackedMapper mapper = new TrackedMapper(secrets, reader);
        return jdbi.withHandle(handle -> Legible.list(handle.createQuery(Sql.LOAD), mapper));
    }

    @Override
    public void write(Batch batch) {
        jdbi.useTransaction(handle -> {
            all(handle, Sql.REMOVE, batch.removed(), SqlStore::bindId);
            all(handle, Sql.SAVE, batch.saved(), TargetBinder::bind);
            writeOften(handle.getConnection(), batch);
        });
    }

    private static void writeOften(Connection connection, Batch batch) {
        try {
            StateStatement.write(connection, batch.states());
            Statements.all(connection, StateStatement.ADD_CHANGE, batch.changes(), StateStatement::bind);
            HistoryWriter.write(connection, batch.history());
        } catch (SQLException e) {
            throw Statements.failed(e);
        }
    }

    private static <T> void all(Handle handle, String sql, Collection<T> items, BiConsumer<PreparedBatch, T> binder) {
        if (items.isEmpty()) {
            return;
        }
        try (PreparedBatch statements = handle.prepareBatch(sql)) {
            for (T item : items) {
                binder.accept(statements, item);
                statements.add();
            }
            statements.execute();
        }
    }

    private static void bindId(PreparedBatch row, TargetId id) {
        row.bind("app", id.appOrHost()).bind("instance", id.name());
    }

    @Override
    public List<Change> changes(TargetId target, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(Sql.CHANGES)
                .bind("app", target.appOrHost())
                .bind("instance", target.name())
                .bind("limit", limit)
                .map((row, context) -> new Change(
                        target,
                        State.valueOf(row.getString("from_state")),
                        State.valueOf(row.getString("to_state")),
                        Instant.ofEpochMilli(row.getLong("at")),
                        row.getString("why")))
                .list());
    }

    @Override
    public HistoryStore history() {
        return history;
    }

    @Override
    public void ping() {
        jdbi.useHandle(
                handle -> handle.createQuery(Sql.PING).mapTo(Integer.class).findFirst());
    }

    @Override
    public void close() {
        dataSource.close();
    }
}
