package dev.vitals.health.monitor.store;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Maintenance windows and silences in an SQL database. */
final class SqlSuppressionStore implements SuppressionStore {
    private static final String LOAD =
            "SELECT id, kind, valid_from, valid_until, fields FROM suppression ORDER BY valid_from, id";

    private static final String SAVE = """
            INSERT INTO suppression (id, kind, valid_from, valid_until, fields)
            VALUES (:id, :kind, :validFrom, :validUntil, :fields)
            ON CONFLICT (id, valid_from) DO UPDATE SET
                kind = excluded.kind, valid_until = excluded.valid_until, fields = excluded.fields
            """;

    private static final String FORGET = "DELETE FROM suppression WHERE valid_until < :before";

    private final Jdbi jdbi;

    SqlSuppressionStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public List<SuppressionRow> load() {
        return jdbi.withHandle(handle -> handle.createQuery(LOAD)
                .map((row, context) -> new SuppressionRow(
                        row.getString("id"),
                        row.getString("kind"),
                        Instant.ofEpochMilli(row.getLong("valid_from")),
                        Times.instantOrNull(row, "valid_until"),
                        JsonColumn.readFields(row.getString("fields"))))
                .list());
    }

    @Override
    public void write(List<SuppressionRow> versions, Instant forgetBefore) {
        jdbi.useTransaction(handle -> {
            try (PreparedBatch rows = handle.prepareBatch(SAVE)) {
                for (SuppressionRow version : versions) {
                    rows.bind("id", version.id())
                            .bind("kind", version.kind())
                            .bind("validFrom", version.validFrom().toEpochMilli())
                            .bind("validUntil", Times.millisOrNull(version.validUntil()))
                            .bind("fields", JsonColumn.fields(version.fields()))
                            .add();
                }
                rows.execute();
            }
            handle.createUpdate(FORGET)
                    .bind("before", forgetBefore.toEpochMilli())
                    .execute();
        });
    }
}
