package dev.vitals.health.monitor.store;

import dev.vitals.health.State;
import dev.vitals.health.monitor.alert.Cause;
import dev.vitals.health.monitor.alert.Incident;
import dev.vitals.health.monitor.alert.IncidentEvent;
import dev.vitals.health.monitor.alert.Message;
import dev.vitals.health.monitor.model.Attribution;
import dev.vitals.health.monitor.model.TargetId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Reads incidents and the messages that wait. Thread-safe. They are written with the states that they follow from. */
public final class IncidentStore {
    private static final String INCIDENT = """
            SELECT id, cause_kind, cause_subject, opened_at, state, first_evidence, latest_evidence, acknowledged,
                   ending, ended_at, end_reason, merged_into
            FROM incident
            """;

    private static final String OPEN = INCIDENT + "WHERE ended_at IS NULL ORDER BY opened_at, id";

    private static final String FIND = INCIDENT + "WHERE id = :id";

    private static final String LIST = INCIDENT + """
            WHERE (:open IS NULL OR (ended_at IS NULL) = :open)
              AND (:kind IS NULL OR (cause_kind = :kind AND cause_subject = :subject))
              AND (:app IS NULL OR id IN (
                  SELECT incident FROM incident_member WHERE app = :app AND (:instance IS NULL OR instance = :instance)))
              AND (:since IS NULL OR ended_at IS NULL OR ended_at >= :since)
            ORDER BY opened_at DESC, id LIMIT :limit
            """;

    private static final String MEMBER =
            "SELECT incident, app, instance, state, since, why, until_at FROM incident_member ";

    private static final String OPEN_MEMBERS =
            MEMBER + "WHERE incident IN (SELECT id FROM incident WHERE ended_at IS NULL)";

    private static final String MEMBERS = MEMBER + "WHERE incident = :id ORDER BY app, instance";

    private static final String OPEN_KEYS = """
            SELECT incident, message_key FROM message
            WHERE incident IN (SELECT id FROM incident WHERE ended_at IS NULL)
            """;

    private static final String EVENTS = """
            SELECT incident, at, kind, app, instance, person, words FROM incident_event
            WHERE incident = :id ORDER BY id LIMIT :limit
            """;

    private static final String DUE = MessageStore.COLUMNS + """
            FROM message WHERE state = 'waiting' AND due <= :now ORDER BY id LIMIT :limit
            """;

    private static final String WAITING = "SELECT count(*) FROM message WHERE state = 'waiting'";

    private final Database database;
    private final String identity;

    /** Reads from that database, and gives it an identity if it has none. */
    public IncidentStore(Database database) {
        this.database = database;
        this.identity = database.inTransaction(IncidentStore::readOrCreateIdentity);
    }

    private static String readOrCreateIdentity(Handle handle) {
        Optional<String> known = handle.createQuery("SELECT id FROM identity")
                .mapTo(String.class)
                .findFirst();
        if (known.isPresent()) {
            return known.get();
        }
        String created = UUID.randomUUID().toString();
        handle.createUpdate("INSERT INTO identity (id) VALUES (:id)")
                .bind("id", created)
                .execute();
        return created;
    }

    /** Returns what tells this monitor from others; it stays the same for the life of the database. */
    public String identity() {
        return identity;
    }

    /**
     * An open incident, with what is needed to continue it.
     *
     * @param incident the incident
     * @param members the targets that it affects, and those that it affected
     * @param keys the keys of all its messages
     */
    public record Open(Incident incident, List<Incident.Member> members, Set<String> keys) {}

    /** Returns all open incidents, the oldest first. */
    public List<Open> open() {
        return database.read(handle -> {
            Map<String, List<Incident.Member>> members = new HashMap<>();
            handle.createQuery(OPEN_MEMBERS)
                    .map((row, context) -> Map.entry(row.getString("incident"), member(row)))
                    .forEach(entry -> members.computeIfAbsent(entry.getKey(), id -> new ArrayList<>())
                            .add(entry.getValue()));
            Map<String, Set<String>> keys = new HashMap<>();
            handle.createQuery(OPEN_KEYS)
                    .map((row, context) -> Map.entry(row.getString("incident"), row.getString("message_key")))
                    .forEach(entry -> keys.computeIfAbsent(entry.getKey(), id -> new HashSet<>())
                            .add(entry.getValue()));
            return handle.createQuery(OPEN)
                    .map((row, context) -> incident(row))
                    .map(incident -> new Open(
                            incident,
                            members.getOrDefault(incident.id(), List.of()),
                            keys.getOrDefault(incident.id(), Set.of())))
                    .list();
        });
    }

    /** Returns one incident. */
    public Optional<Incident> find(String id) {
        return database.read(handle -> handle.createQuery(FIND)
                .bind("id", id)
                .map((row, context) -> incident(row))
                .findFirst());
    }

    /**
     * Which incidents are listed; a null matches all.
     *
     * @param open whether they are open
     * @param cause their root
     * @param app the app, or the host of host checks, that one of their members belongs to
     * @param instance the name of that member
     * @param since those that were open at this time or later
     */
    public record Filter(
            @Nullable Boolean open,
            @Nullable Cause cause,
            @Nullable String app,
            @Nullable String instance,
            @Nullable Instant since) {
        /** All incidents. */
        public static final Filter ALL = new Filter(null, null, null, null, null);
    }

    /** Returns incidents, the newest first. */
    public List<Incident> list(Filter filter, int limit) {
        return database.read(handle -> {
            Query query = handle.createQuery(LIST)
                    .bind("open", filter.open())
                    .bind(
                            "kind",
                            filter.cause() == null
                                    ? null
                                    : filter.cause().kind().word())
                    .bind(
                            "subject",
                            filter.cause() == null ? null : filter.cause().subject())
                    .bind("app", filter.app())
                    .bind("instance", filter.instance())
                    .bind("since", Columns.millis(filter.since()))
                    .bind("limit", limit);
            return query.map((row, context) -> incident(row)).list();
        });
    }

    /** Returns all targets that an incident affected, those that recovered too, in the order of their names. */
    public List<Incident.Member> members(String incident) {
        return database.read(handle -> handle.createQuery(MEMBERS)
                .bind("id", incident)
                .map((row, context) -> member(row))
                .list());
    }

    /** Returns the timeline of an incident, the oldest entry first. */
    public List<IncidentEvent> events(String incident, int limit) {
        return database.read(handle -> handle.createQuery(EVENTS)
                .bind("id", incident)
                .bind("limit", limit)
                .map((row, context) -> new IncidentEvent(
                        row.getString("incident"),
                        Columns.instant(row, "at"),
                        IncidentEvent.Kind.of(row.getString("kind")),
                        AlertWriter.target(row.getString("app"), row.getString("instance")),
                        row.getString("person"),
                        row.getString("words")))
                .list());
    }

    /** Returns the waiting messages whose time has come, in the order in which they were made. */
    public List<Message> due(Instant now, int limit) {
        return database.read(handle -> handle.createQuery(DUE)
                .bind("now", now.toEpochMilli())
                .bind("limit", limit)
                .map((row, context) -> MessageStore.message(row))
                .list());
    }

    /** Returns whether any message waits. */
    public boolean hasWaiting() {
        return database.read(
                handle -> handle.createQuery(WAITING).mapTo(Long.class).one() > 0);
    }

    private static Incident incident(ResultSet row) throws SQLException {
        String acknowledged = row.getString("acknowledged");
        String ending = row.getString("ending");
        return new Incident(
                row.getString("id"),
                new Cause(Cause.Kind.of(row.getString("cause_kind")), row.getString("cause_subject")),
                Columns.instant(row, "opened_at"),
                State.valueOf(row.getString("state")),
                row.getString("first_evidence"),
                row.getString("latest_evidence"),
                acknowledged == null ? null : Attribution.read(Columns.readFields(acknowledged)),
                ending == null
                        ? null
                        : new Incident.End(
                                Incident.Ending.of(ending),
                                Columns.instant(row, "ended_at"),
                                row.getString("end_reason"),
                                row.getString("merged_into")));
    }

    private static Incident.Member member(ResultSet row) throws SQLException {
        return new Incident.Member(
                new TargetId(row.getString("app"), row.getString("instance")),
                State.valueOf(row.getString("state")),
                Columns.instant(row, "since"),
                row.getString("why"),
                Columns.instantOrNull(row, "until_at"));
    }
}
