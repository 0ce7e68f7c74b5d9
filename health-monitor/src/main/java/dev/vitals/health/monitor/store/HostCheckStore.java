package dev.vitals.health.monitor.store;

import dev.vitals.health.monitor.model.HostCheck;
import dev.vitals.health.monitor.model.ProbeSettings;
import dev.vitals.health.monitor.model.SettingsReader;
import dev.vitals.health.monitor.model.TargetId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Reads host checks, also disabled ones; {@link TargetStore#write} writes them together with their targets. What a check
 * looks at is kept as the document that the API accepts. Thread-safe.
 */
public final class HostCheckStore {
    private static final String LOAD = """
            SELECT host, name, enabled, kind, document, secrets, created_at, updated_at FROM host_check
            ORDER BY host, name
            """;

    private static final String SAVE = """
            INSERT INTO host_check (host, name, enabled, kind, document, secrets, created_at, updated_at)
            VALUES (:host, :name, :enabled, :kind, :document, :secrets, :createdAt, :updatedAt)
            ON CONFLICT (host, name) DO UPDATE SET
                enabled = excluded.enabled, kind = excluded.kind, document = excluded.document,
                secrets = excluded.secrets, updated_at = excluded.updated_at
            """;

    private static final String REMOVE = "DELETE FROM host_check WHERE host = :host AND name = :name";

    private final Database database;
    private final SecretStore.Opener opener;
    private final SettingsReader reader;

    /** Reads host checks of that database, with their secrets. */
    public HostCheckStore(Database database, SecretStore.Opener opener, SettingsReader reader) {
        this.database = database;
        this.reader = reader;
        this.opener = opener;
    }

    /** Returns all checks, in the order of their names. */
    public Loaded<HostCheck> load() {
        return database.read(handle -> {
            SecretStore.Reader secrets = SecretStore.reader(handle, opener);
            return Loaded.of(handle.createQuery(LOAD), (row, context) -> check(row, secrets), this::unreadable);
        });
    }

    private HostCheck check(ResultSet row, SecretStore.Reader secrets) throws SQLException {
        ProbeSettings settings = reader.stored(
                row.getString("kind"),
                Columns.readFields(row.getString("document")),
                secrets.read(SecretStore.owner(id(row)), Columns.readList(row.getString("secrets"))));
        return check(row, settings);
    }

    private HostCheck unreadable(ResultSet row, String problem) throws SQLException {
        ProbeSettings settings = reader.unreadable(
                row.getString("kind"),
                Columns.readFields(row.getString("document")),
                Columns.readList(row.getString("secrets")),
                problem);
        return check(row, settings);
    }

    private static TargetId id(ResultSet row) throws SQLException {
        return new TargetId(row.getString("host"), row.getString("name"));
    }

    private static HostCheck check(ResultSet row, ProbeSettings settings) throws SQLException {
        return new HostCheck(
                id(row),
                row.getInt("enabled") != 0,
                settings,
                Columns.instant(row, "created_at"),
                Columns.instant(row, "updated_at"));
    }

    /** Writes checks within a transaction of the caller. */
    static void save(Handle handle, Collection<HostCheck> checks) {
        if (checks.isEmpty()) {
            return;
        }
        try (PreparedBatch rows = handle.prepareBatch(SAVE)) {
            for (HostCheck check : checks) {
                ProbeSettings settings = check.settings();
                rows.bind("host", check.host())
                        .bind("name", check.name())
                        .bind("enabled", check.enabled() ? 1 : 0)
                        .bind("kind", settings.probe().kind())
                        .bind("document", Columns.fields(SettingsReader.document(settings)))
                        .bind(
                                "secrets",
                                Columns.list(
                                        List.copyOf(settings.probe().secrets().keySet())))
                        .bind("createdAt", check.createdAt().toEpochMilli())
                        .bind("updatedAt", check.updatedAt().toEpochMilli())
                        .add();
            }
            rows.execute();
        }
    }

    /** Removes checks within a transaction of the caller. */
    static void remove(Handle handle, Collection<TargetId> checks) {
        for (TargetId id : checks) {
            handle.createUpdate(REMOVE)
                    .bind("host", id.appOrHost())
                    .bind("name", id.name())
                    .execute();
        }
    }
}
