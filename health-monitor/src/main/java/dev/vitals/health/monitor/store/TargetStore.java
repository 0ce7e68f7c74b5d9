package dev.vitals.health.monitor.store;

import dev.vitals.health.State;
import dev.vitals.health.monitor.model.Change;
import dev.vitals.health.monitor.model.ProbeSettings;
import dev.vitals.health.monitor.model.SettingsReader;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.WatchedTarget;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Keeps targets, their states and the changes of these states.
 *
 * <p>Thread-safe; one thread writes, many read. A write that returns is on the disk, a write that fails has changed nothing.
 */
public final class TargetStore {
    private static final String REMOVE = "DELETE FROM target WHERE app = :app AND instance = :instance";

    private static final String SAVE = """
            INSERT INTO target (app, instance, source, kind, probe, secrets, interval_ms, timeout_ms, unhealthy, healthy,
                                notify, labels, lease_ms, registered_at, lease_until, renewed_at)
            VALUES (:app, :instance, :source, :kind, :probe, :secrets, :interval, :timeout, :unhealthy, :healthy,
                    :notify, :labels, :lease, :registeredAt, :leaseUntil, :renewedAt)
            ON CONFLICT (app, instance) DO UPDATE SET
                source = excluded.source, kind = excluded.kind, probe = excluded.probe, secrets = excluded.secrets,
                interval_ms = excluded.interval_ms, timeout_ms = excluded.timeout_ms, unhealthy = excluded.unhealthy,
                healthy = excluded.healthy, notify = excluded.notify, labels = excluded.labels,
                lease_ms = excluded.lease_ms, registered_at = excluded.registered_at,
                lease_until = excluded.lease_until, renewed_at = excluded.renewed_at
            """;

    private static final String CHANGES = """
            SELECT from_state, to_state, at, why FROM state_change
            WHERE app = :app AND instance = :instance
            ORDER BY id DESC LIMIT :limit
            """;

    private final Database database;
    private final SecretStore.Opener opener;
    private final SettingsReader reader;

    /** Keeps targets in that database, and decrypts their secrets when they are loaded. */
    public TargetStore(Database database, SecretStore.Opener opener, SettingsReader reader) {
        this.database = database;
        this.reader = reader;
        this.opener = opener;
    }

    /** Returns the times at which targets were seen last, which {@link #load} adds to their states. */
    public LastSeen lastSeen() {
        return new LastSeen(database);
    }

    /** Returns all targets with their states, in the order of their names. */
    public Loaded<WatchedTarget> load() {
        return database.read(handle -> {
            TargetMapper mapper = new TargetMapper(SecretStore.reader(handle, opener), reader, LastSeen.read(handle));
            return Loaded.of(handle.createQuery(TargetMapper.QUERY), mapper, mapper::unreadable);
        });
    }

    /** Writes the batch in one transaction: first what is removed, then targets, states, changes, history,
     * edits, and the incidents and messages that follow from them. */
    public void write(Batch batch) {
        database.write(handle -> {
            remove(handle, batch.removed());
            save(handle, batch.saved());
            writeResults(handle.getConnection(), batch);
            Batch.Edits edits = batch.edits();
            HostCheckStore.remove(handle, edits.removedChecks());
            HostCheckStore.save(handle, edits.savedChecks());
            SecretStore.replace(handle, edits.secrets());
            RuleStore.write(handle, edits.rules());
            AuditStore.add(handle, edits.audit());
            AlertWriter.write(handle, batch.alerts());
        });
    }

    // The hot path, in plain JDBC.
    private static void writeResults(Connection connection, Batch batch) {
        try {
            StateWriter.writeStates(connection, batch.states());
            StateWriter.writeChanges(connection, batch.changes());
            HistoryWriter.write(connection, batch.history());
            LastSeen.Row seen = batch.seen();
            if (seen != null) {
                LastSeen.write(connection, seen);
            }
        } catch (SQLException e) {
            throw Statements.failed(e);
        }
    }

    private static void remove(Handle handle, Collection<TargetId> removed) {
        if (removed.isEmpty()) {
            return;
        }
        try (PreparedBatch rows = handle.prepareBatch(REMOVE)) {
            removed.forEach(id ->
                    rows.bind("app", id.appOrHost()).bind("instance", id.name()).add());
            rows.execute();
        }
    }

    private static void save(Handle handle, Collection<Target> saved) {
        if (saved.isEmpty()) {
            return;
        }
        try (PreparedBatch rows = handle.prepareBatch(SAVE)) {
            saved.forEach(target -> bind(rows, target).add());
            rows.execute();
        }
    }

    private static PreparedBatch bind(PreparedBatch row, Target target) {
        ProbeSettings settings = target.settings();
        return row.bind("app", target.id().appOrHost())
                .bind("instance", target.id().name())
                .bind("source", target.source().word())
                .bind("kind", settings.probe().kind())
                .bind("probe", Columns.fields(settings.probe().fields()))
                .bind(
                        "secrets",
                        Columns.list(List.copyOf(settings.probe().secrets().keySet())))
                .bind("interval", settings.interval().toMillis())
                .bind("timeout", settings.timeout().toMillis())
                .bind("unhealthy", settings.thresholds().failureThreshold())
                .bind("healthy", settings.thresholds().successThreshold())
                .bind("notify", Columns.list(settings.notifyAddresses()))
                .bind("labels", Columns.map(settings.labels()))
                .bind("lease", settings.lease().toMillis())
                .bind("registeredAt", target.registeredAt().toEpochMilli())
                .bind("leaseUntil", Columns.millis(target.leaseUntil()))
                .bind("renewedAt", Columns.millis(target.renewedAt()));
    }

    /** Returns the newest changes of a target, the newest first; also of a target that was removed. */
    public List<Change> changes(TargetId target, int limit) {
        return database.read(handle -> handle.createQuery(CHANGES)
                .bind("app", target.appOrHost())
                .bind("instance", target.name())
                .bind("limit", limit)
                .map((row, context) -> new Change(
                        target,
                        State.valueOf(row.getString("from_state")),
                        State.valueOf(row.getString("to_state")),
                        Columns.instant(row, "at"),
                        row.getString("why")))
                .list());
    }
}
