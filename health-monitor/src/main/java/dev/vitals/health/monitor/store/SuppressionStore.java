package dev.vitals.health.monitor.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * Keeps maintenance windows and silences, with their earlier versions. Thread-safe; a write that returns is on the disk, a
 * write that fails has changed nothing.
 */
public final class SuppressionStore {
    private static final String LOAD =
            "SELECT id, kind, valid_from, valid_until, fields FROM suppression ORDER BY valid_from, id";

    private static final String SAVE = """
            INSERT INTO suppression (id, kind, valid_from, valid_until, fields)
            VALUES (:id, :kind, :validFrom, :validUntil, :fields)
            ON CONFLICT (id, valid_from) DO UPDATE SET
                kind = excluded.kind, valid_until = excluded.valid_until, fields = excluded.fields
            """;

    private static final String FORGET = "DELETE FROM suppression WHERE valid_until < :before";

    private final Database database;

    /** Keeps maintenance windows and silences in that database. */
    public SuppressionStore(Database database) {
        this.database = database;
    }

    /**
     * One version of a maintenance window or of a silence.
     *
     * @param id the same in all versions
     * @param kind {@code maintenance} or {@code silence}
     * @param validFrom the time from which this version counts
     * @param validUntil the time from which it no longer counts; null if it is in force
     * @param fields its values
     */
    public record SuppressionRow(
            String id,
            String kind,
            Instant validFrom,
            @Nullable Instant validUntil,
            Map<String, Object> fields) {}

    /** Returns all versions, in the order in which they were made. */
    public List<SuppressionRow> load() {
        return database.read(handle -> handle.createQuery(LOAD)
                .map((row, context) -> new SuppressionRow(
                        row.getString("id"),
                        row.getString("kind"),
                        Columns.instant(row, "valid_from"),
                        Columns.instantOrNull(row, "valid_until"),
                        Columns.readFields(row.getString("fields"))))
                .list());
    }

    /**
     * Writes these versions in one transaction, replacing those with the same id and start. Deletes versions that have not
     * counted since {@code forgetBefore}.
     */
    public void write(List<SuppressionRow> versions, Instant forgetBefore) {
        database.write(handle -> {
            try (PreparedBatch rows = handle.prepareBatch(SAVE)) {
                for (SuppressionRow version : versions) {
                    rows.bind("id", version.id())
                            .bind("kind", version.kind())
                            .bind("validFrom", version.validFrom().toEpochMilli())
                            .bind("validUntil", Columns.millis(version.validUntil()))
                            .bind("fields", Columns.fields(version.fields()))
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
