package dev.vitals.health.monitor.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Keeps the audit log. Entries are never changed or deleted; the tables refuse both. Thread-safe; entries are on the disk
 * when a write returns.
 */
public final class AuditStore {
    private static final String ADD = """
            INSERT INTO audit (at, actor, address, action, object, detail, outcome)
            VALUES (:at, :actor, :address, :action, :object, :detail, :outcome)
            """;

    private static final String ENTRIES = """
            SELECT id, at, actor, address, action, object, detail, outcome FROM audit
            WHERE id < :before
              AND (:actor IS NULL OR actor = :actor) AND (:action IS NULL OR action = :action)
              AND (:object IS NULL OR object = :object)
              AND (:since IS NULL OR at >= :since) AND (:until IS NULL OR at < :until)
            ORDER BY id DESC LIMIT :limit
            """;

    private final Database database;

    /** Keeps the audit log in that database. */
    public AuditStore(Database database) {
        this.database = database;
    }

    /** Adds the entries in one transaction, in their order. */
    public void add(List<AuditEntry> entries) {
        database.write(handle -> add(handle, entries));
    }

    /** Adds the entries within a transaction of the caller, so that a change and its entry are stored together. */
    static void add(Handle handle, Collection<AuditEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        try (PreparedBatch rows = handle.prepareBatch(ADD)) {
            for (AuditEntry entry : entries) {
                rows.bind("at", entry.at().toEpochMilli())
                        .bind("actor", entry.actor())
                        .bind("address", entry.address())
                        .bind("action", entry.action())
                        .bind("object", entry.object())
                        .bind("detail", entry.detail())
                        .bind("outcome", entry.outcome())
                        .add();
            }
            rows.execute();
        }
    }

    /** Returns the entries that match the filter, the newest first. */
    public List<AuditEntry> entries(AuditFilter filter) {
        return database.read(handle -> handle.createQuery(ENTRIES)
                .bind("before", filter.before())
                .bind("actor", filter.actor())
                .bind("action", filter.action())
                .bind("object", filter.object())
                .bind("since", Columns.millis(filter.since()))
                .bind("until", Columns.millis(filter.until()))
                .bind("limit", filter.limit())
                .map((row, context) -> entry(row))
                .list());
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        return new AuditEntry(
                row.getLong("id"),
                Columns.instant(row, "at"),
                row.getString("actor"),
                row.getString("address"),
                row.getString("action"),
                row.getString("object"),
                row.getString("detail"),
                row.getString("outcome"));
    }
}
