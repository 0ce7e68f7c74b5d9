package dev.vitals.health.monitor.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** The audit log in an SQL database. */
final class SqlAuditStore implements AuditStore {
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

    private final Jdbi jdbi;

    SqlAuditStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public void add(List<AuditEntry> entries) {
        jdbi.useTransaction(handle -> add(handle, entries));
    }

    /** Adds within a transaction of others, so that change and entry are there both or not at all. */
    static void add(Handle handle, List<AuditEntry> entries) {
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

    @Override
    public List<AuditEntry> entries(AuditFilter filter) {
        return jdbi.withHandle(handle -> handle.createQuery(ENTRIES)
                .bind("before", filter.before())
                .bind("actor", filter.actor())
                .bind("action", filter.action())
                .bind("object", filter.object())
                .bind("since", millis(filter.since()))
                .bind("until", millis(filter.until()))
                .bind("limit", filter.limit())
                .map((row, context) -> entry(row))
                .list());
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        return new AuditEntry(
                row.getLong("id"),
                Instant.ofEpochMilli(row.getLong("at")),
                row.getString("actor"),
                row.getString("address"),
                row.getString("action"),
                row.getString("object"),
                row.getString("detail"),
                row.getString("outcome"));
    }

    private static @Nullable Long millis(@Nullable Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }
}
