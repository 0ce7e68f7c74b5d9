package dev.vitals.health.monitor.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Gates in an SQL database. */
final class SqlGateStore implements GateStore {
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

    private final Jdbi jdbi;

    SqlGateStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public List<GateRow> waiting() {
        return jdbi.withHandle(handle ->
                handle.createQuery(WAITING).map((row, context) -> row(row)).list());
    }

    @Override
    public Optional<GateRow> find(String id) {
        return jdbi.withHandle(handle -> handle.createQuery(FIND)
                .bind("id", id)
                .map((row, context) -> row(row))
                .findFirst());
    }

    @Override
    public List<GateRow> decided(int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(DECIDED)
                .bind("limit", limit)
                .map((row, context) -> row(row))
                .list());
    }

    @Override
    public void save(GateRow gate, Instant forgetBefore) {
        jdbi.useTransaction(handle -> {
            handle.createUpdate(SAVE)
                    .bind("id", gate.id())
                    .bind("state", gate.state())
                    .bind("createdAt", gate.createdAt().toEpochMilli())
                    .bind("decidedAt", Times.millisOrNull(gate.decidedAt()))
                    .bind("gate", JsonColumn.fields(gate.gate()))
                    .bind("answer", JsonColumn.fields(gate.answer()))
                    .bind("gone", JsonColumn.list(gate.gone()))
                    .bind(EVENTS, JsonColumn.fields(Map.of(EVENTS, gate.events())))
                    .execute();
            handle.createUpdate(FORGET)
                    .bind("before", forgetBefore.toEpochMilli())
                    .execute();
        });
    }

    private static GateRow row(ResultSet row) throws SQLException {
        return new GateRow(
                row.getString("id"),
                row.getString("state"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                Times.instantOrNull(row, "decided_at"),
                JsonColumn.readFields(row.getString("gate")),
                JsonColumn.readFields(row.getString("answer")),
                JsonColumn.readList(row.getString("gone")),
                events(JsonColumn.readFields(row.getString(EVENTS))));
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
