package dev.vitals.health.monitor.store;

import dev.vitals.health.monitor.model.HostCheck;
import dev.vitals.health.monitor.model.ProbeSettings;
import dev.vitals.health.monitor.model.SettingsReader;
import dev.vitals.health.monitor.model.TargetId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** Checks of hosts in an SQL database: what they look at as the document that the API takes. */
final class SqlHostCheckStore implements HostCheckStore {
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

    private final Jdbi jdbi;
    private final SecretValues secrets;
    private final SettingsReader reader;

    SqlHostCheckStore(Jdbi jdbi, SecretValues secrets, SettingsReader reader) {
        this.reader = reader;
        this.jdbi = jdbi;
        this.secrets = secrets;
    }

    @Override
    public List<HostCheck> load() {
        return jdbi.withHandle(handle -> Legible.list(handle.createQuery(LOAD), (row, context) -> check(row)));
    }

    private HostCheck check(ResultSet row) throws SQLException {
        TargetId id = new TargetId(row.getString("host"), row.getString("name"));
        ProbeSettings settings = reader.stored(
                row.getString("kind"),
                JsonColumn.readFields(row.getString("document")),
                SecretColumn.read(id, row.getString("secrets"), secrets));
        return new HostCheck(
                id,
                row.getInt("enabled") != 0,
                settings,
                Instant.ofEpochMilli(row.getLong("created_at")),
                Instant.ofEpochMilli(row.getLong("updated_at")));
    }

    @Override
    public void save(HostCheck check) {
        ProbeSettings settings = check.settings();
        String column = SecretColumn.write(settings.probe().secrets());
        jdbi.useTransaction(handle -> handle.createUpdate(SAVE)
                .bind("host", check.host())
                .bind("name", check.name())
                .bind("enabled", check.enabled() ? 1 : 0)
                .bind("kind", settings.probe().kind())
                .bind("document", JsonColumn.fields(SettingsReader.document(settings)))
                .bind("secrets", column)
                .bind("createdAt", check.createdAt().toEpochMilli())
                .bind("updatedAt", check.updatedAt().toEpochMilli())
                .execute());
    }

    @Override
    public void remove(TargetId id) {
        jdbi.useTransaction(handle -> handle.createUpdate(REMOVE)
                .bind("host", id.appOrHost())
                .bind("name", id.name())
                .execute());
    }
}
