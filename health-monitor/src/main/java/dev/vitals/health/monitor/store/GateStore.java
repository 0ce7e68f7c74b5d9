package dev.vitals.health.monitor.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps gates. Thread-safe; a write that returns is on the disk, a write that fails has changed nothing. */
public final class GateStore {
    private static final String WAITING = """
            SELECT id, state, created_at, decided_at, gate, answer, gone, events FROM gate
            WHERE state = 'waiting' ORDER BY created_at, id
            """;

    private static final String FIND =
            "SELECT id, state, created_at, decided_at, gate, answer, gone, events FROM gate WHERE id = :id";

    private static final String DECIDED = """
            SELECT id, state, created_at, decided_at, gate, answer, gone, '{}' AS events FROM gate
            WHERE state <> 'waiting' ORDER BY decided_at DESC, id LIMIT :limit
            """;

    private static final String SAVE = """
            INSERT INTO gate (id, state, created_at, decided_at, gate, answer, gone, events)
            VALUES (:id, :state, :createdAt, :decidedAt, :gate, :answer, :gone, :events)
            ON CONFLICT (id) DO UPDATE SET
                state = excluded.state, decided_at = excluded.decided_at, answer = excluded.answer,
                gone = excluded.gone, events = excluded.events
            """;

    private static final String FORGET = "DELETE FROM gate WHERE decided_at < :before";
    private static final String EVENTS = "events";

    private final Database database;

    /** Keeps gates in that database. */
    public GateStore(Database database) {
        this.database = database;
    }

    /**
     * A gate.
     *
     * @param id unique
     * @param state {@code waiting}, {@code open} or {@code closed}
     * @param createdAt when it was created
     * @param decidedAt when it became final; null while it waits
     * @param gate what was asked for
     * @param answer the latest answer
     * @param gone the names of targets that were removed while it waited
     * @param events what happened to it, the oldest first; empty in lists of decided gates
     */
    public record GateRow(
            String id,
            String state,
            Instant createdAt,
            @Nullable Instant decidedAt,
            Map<String, Object> gate,
            Map<String, Object> answer,
            List<String> gone,
            List<Map<String, Object>> events) {}

    /** Returns the gates that wait, with their events. */
    public List<GateRow> waiting() {
        return database.read(handle ->
                handle.createQuery(WAITING).map((row, context) -> gate(row)).list());
    }

    /** Returns one gate, with its events. */
    public Optional<GateRow> find(String id) {
        return database.read(handle -> handle.createQuery(FIND)
                .bind("id", id)
                .map((row, context) -> gate(row))
                .findFirst());
    }

    /** Returns decided gates, the newest first, without their events. */
    public List<GateRow> decided(int limit) {
        return database.read(handle -> handle.createQuery(DECIDED)
                .bind("limit", limit)
                .map((row, context) -> gate(row))
                .list());
    }

    /** Writes the gate, replacing the one with the same id, and deletes gates that were decided before that time. */
    public void save(GateRow gate, Instant forgetBefore) {
        database.write(handle -> {
            handle.createUpdate(SAVE)
                    .bind("id", gate.id())
                    .bind("state", gate.state())
                    .bind("createdAt", gate.createdAt().toEpochMilli())
                    .bind("decidedAt", Columns.millis(gate.decidedAt()))
                    .bind("gate", Columns.fields(gate.gate()))
                    .bind("answer", Columns.fields(gate.answer()))
                    .bind("gone", Columns.list(gate.gone()))
                    .bind(EVENTS, Columns.fields(Map.of(EVENTS, gate.events())))
                    .execute();
            handle.createUpdate(FORGET)
                    .bind("before", forgetBefore.toEpochMilli())
                    .execute();
        });
    }

    private static GateRow gate(ResultSet row) throws SQLException {
        return new GateRow(
                row.getString("id"),
                row.getString("state"),
                Columns.instant(row, "created_at"),
                Columns.instantOrNull(row, "decided_at"),
                Columns.readFields(row.getString("gate")),
                Columns.readFields(row.getString("answer")),
                Columns.readList(row.getString("gone")),
                events(Columns.readFields(row.getString(EVENTS))));
    }

    private static List<Map<String, Object>> events(Map<String, Object> column) {
        List<Map<String, Object>> events = new ArrayList<>();
        if (column.get(EVENTS) instanceof List<?> list) {
            for (Object event : list) {
                Map<String, Object> fields = new LinkedHashMap<>();
                ((Map<?, ?>) event).forEach((name, value) -> fields.put(String.valueOf(name), value));
                events.add(fields);
            }
        }
        return events;
    }
}
