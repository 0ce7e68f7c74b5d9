package dev.vitals.health.monitor.store;

import dev.vitals.health.monitor.alert.Facts;
import dev.vitals.health.monitor.alert.Incident;
import dev.vitals.health.monitor.alert.IncidentEvent;
import dev.vitals.health.monitor.alert.Message;
import dev.vitals.health.monitor.alert.Receiver;
import dev.vitals.health.monitor.model.TargetId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** Writes incidents and messages within a transaction of the caller; {@link IncidentStore} reads them. */
final class AlertWriter {
    private static final String SAVE = """
            INSERT INTO incident (id, cause_kind, cause_subject, opened_at, state, first_evidence, latest_evidence,
                                  acknowledged, ending, ended_at, end_reason, merged_into)
            VALUES (:id, :kind, :subject, :openedAt, :state, :first, :latest, :acknowledged, :ending, :endedAt, :why,
                    :into)
            ON CONFLICT (id) DO UPDATE SET
                state = excluded.state, latest_evidence = excluded.latest_evidence,
                acknowledged = excluded.acknowledged, ending = excluded.ending, ended_at = excluded.ended_at,
                end_reason = excluded.end_reason, merged_into = excluded.merged_into
            """;

    // What was merged into an incident that is now merged itself follows it.
    private static final String FOLLOW = "UPDATE incident SET merged_into = :into WHERE merged_into = :id";

    private static final String SAVE_MEMBER = """
            INSERT INTO incident_member (incident, app, instance, state, since, why, until_at)
            VALUES (:incident, :app, :instance, :state, :since, :why, :until)
            ON CONFLICT (incident, app, instance) DO UPDATE SET
                state = excluded.state, since = excluded.since, why = excluded.why, until_at = excluded.until_at
            """;

    private static final String ADD_EVENT = """
            INSERT INTO incident_event (incident, at, kind, app, instance, person, words)
            VALUES (:incident, :at, :kind, :app, :instance, :person, :words)
            """;

    private static final String ADD_MESSAGE = """
            INSERT INTO message (message_key, incident, kind, number, channel, address, rule, reason, created_at, facts,
                                 state, due, released_at, attempts, words)
            VALUES (:key, :incident, :kind, :number, :channel, :address, :rule, :reason, :createdAt, :facts,
                    :state, :due, :releasedAt, 0, :words)
            ON CONFLICT (message_key) DO NOTHING
            """;

    private static final String RELEASE = """
            UPDATE message SET state = 'ready', due = :due, released_at = :due, facts = :facts, words = ''
            WHERE message_key = :key AND state = 'waiting'
            """;

    private static final String POSTPONE =
            "UPDATE message SET due = :due, words = :why WHERE message_key = :key AND state = 'waiting'";

    private static final String CANCEL =
            "UPDATE message SET state = 'cancelled', words = :why WHERE message_key = :key AND state = 'waiting'";

    private static final String DIGEST = """
            UPDATE message SET state = 'digested', digest = :digest, facts = :facts, words = 'part of a digest'
            WHERE message_key = :key AND state = 'waiting'
            """;

    private static final String CANCEL_UNSENT = """
            UPDATE message SET state = 'cancelled', words = :why
            WHERE incident = :incident AND kind IN ('trouble', 'worse', 'reminder')
              AND (state = 'waiting' OR (state IN ('ready', 'refused') AND unsure = 0))
            """;

    // Who has one of these messages, or may have it. A digest leaves sooner or later unless somebody cancels it.
    private static final String TOLD = """
            SELECT m.channel, m.address, min(m.rule) AS rule, min(m.reason) AS reason
            FROM message m LEFT JOIN message d ON d.message_key = m.digest
            WHERE (m.incident = :incident OR m.incident IN (SELECT id FROM incident WHERE merged_into = :incident))
              AND m.kind IN ('trouble', 'worse', 'reminder')
              AND (m.state IN ('sending', 'accepted', 'not_sent', 'ready', 'refused')
                   OR (m.state = 'digested' AND d.state <> 'cancelled'))
            GROUP BY m.channel, m.address ORDER BY min(m.id)
            """;

    private AlertWriter() {}

    private record Told(Receiver receiver, String rule, String reason) {}

    static void write(Handle handle, AlertRows rows) {
        if (rows.isEmpty()) {
            return;
        }
        writeIncidents(handle, rows.incidents());
        rows.members().forEach((incident, members) -> writeMembers(handle, incident, members));
        writeEvents(handle, rows.events());
        writeMessages(handle, rows.messages());
        rows.moves().forEach(move -> move(handle, move));
    }

    private static void writeIncidents(Handle handle, Collection<Incident> incidents) {
        if (incidents.isEmpty()) {
            return;
        }
        try (PreparedBatch batch = handle.prepareBatch(SAVE)) {
            for (Incident incident : incidents) {
                Incident.End end = incident.end();
                batch.bind("id", incident.id())
                        .bind("kind", incident.cause().kind().word())
                        .bind("subject", incident.cause().subject())
                        .bind("openedAt", incident.openedAt().toEpochMilli())
                        .bind("state", incident.state().name())
                        .bind("first", incident.firstEvidence())
                        .bind("latest", incident.latestEvidence())
                        .bind(
                                "acknowledged",
                                incident.acknowledged() == null
                                        ? null
                                        : Columns.fields(incident.acknowledged().fields()))
                        .bind("ending", end == null ? null : end.ending().word())
                        .bind("endedAt", end == null ? null : (Long) end.at().toEpochMilli())
                        .bind("why", end == null ? null : end.why())
                        .bind("into", end == null ? null : end.into())
                        .add();
            }
            batch.execute();
        }
        for (Incident incident : incidents) {
            if (incident.end() != null && incident.end().into() != null) {
                handle.createUpdate(FOLLOW)
                        .bind("id", incident.id())
                        .bind("into", incident.end().into())
                        .execute();
            }
        }
    }

    private static void writeMembers(Handle handle, String incident, List<Incident.Member> members) {
        try (PreparedBatch batch = handle.prepareBatch(SAVE_MEMBER)) {
            for (Incident.Member member : members) {
                batch.bind("incident", incident)
                        .bind("app", member.target().appOrHost())
                        .bind("instance", member.target().name())
                        .bind("state", member.state().name())
                        .bind("since", member.since().toEpochMilli())
                        .bind("why", member.why())
                        .bind("until", Columns.millis(member.until()))
                        .add();
            }
            batch.execute();
        }
    }

    private static void writeEvents(Handle handle, Collection<IncidentEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        try (PreparedBatch batch = handle.prepareBatch(ADD_EVENT)) {
            for (IncidentEvent event : events) {
                TargetId target = event.target();
                batch.bind("incident", event.incident())
                        .bind("at", event.at().toEpochMilli())
                        .bind("kind", event.kind().word())
                        .bind("app", target == null ? null : target.appOrHost())
                        .bind("instance", target == null ? null : target.name())
                        .bind("person", event.by())
                        .bind("words", event.text())
                        .add();
            }
            batch.execute();
        }
    }

    private static void writeMessages(Handle handle, Collection<Message> messages) {
        if (messages.isEmpty()) {
            return;
        }
        try (PreparedBatch batch = handle.prepareBatch(ADD_MESSAGE)) {
            messages.forEach(message -> bind(batch, message).add());
            batch.execute();
        }
    }

    private static PreparedBatch bind(PreparedBatch batch, Message message) {
        return batch.bind("key", message.key())
                .bind("incident", message.incident())
                .bind("kind", message.kind().word())
                .bind("number", message.number())
                .bind("channel", message.receiver().channel())
                .bind("address", message.receiver().address())
                .bind("rule", message.rule())
                .bind("reason", message.reason())
                .bind("createdAt", message.createdAt().toEpochMilli())
                .bind("facts", Columns.fields(message.facts().fields()))
                .bind("state", message.progress().state().word())
                .bind("due", message.progress().due().toEpochMilli())
                .bind("releasedAt", Columns.millis(message.progress().releasedAt()))
                .bind("words", message.progress().text());
    }

    private static void move(Handle handle, AlertRows.Move move) {
        if (move instanceof AlertRows.Release release) {
            handle.createUpdate(RELEASE)
                    .bind("key", release.key())
                    .bind("due", release.now().toEpochMilli())
                    .bind("facts", Columns.fields(release.facts().fields()))
                    .execute();
        } else if (move instanceof AlertRows.Postpone postpone) {
            handle.createUpdate(POSTPONE)
                    .bind("key", postpone.key())
                    .bind("due", postpone.due().toEpochMilli())
                    .bind("why", postpone.why())
                    .execute();
        } else if (move instanceof AlertRows.Cancel cancel) {
            handle.createUpdate(CANCEL)
                    .bind("key", cancel.key())
                    .bind("why", cancel.why())
                    .execute();
        } else if (move instanceof AlertRows.Digest digest) {
            try (PreparedBatch batch = handle.prepareBatch(DIGEST)) {
                digest.parts()
                        .forEach((key, facts) -> batch.bind("key", key)
                                .bind("digest", digest.digest())
                                .bind("facts", Columns.fields(facts.fields()))
                                .add());
                batch.execute();
            }
        } else if (move instanceof AlertRows.End end) {
            end(handle, end);
        }
    }

    private static void end(Handle handle, AlertRows.End end) {
        handle.createUpdate(CANCEL_UNSENT)
                .bind("incident", end.incident())
                .bind("why", end.why())
                .execute();
        Facts recovered = end.recovered();
        if (recovered == null) {
            return;
        }
        List<Told> told = handle.createQuery(TOLD)
                .bind("incident", end.incident())
                .map((row, context) -> new Told(
                        new Receiver(row.getString("channel"), row.getString("address")),
                        row.getString("rule"),
                        row.getString("reason")))
                .list();
        writeMessages(
                handle, told.stream().map(one -> recovered(end, recovered, one)).toList());
    }

    private static Message recovered(AlertRows.End end, Facts facts, Told told) {
        Instant now = end.now();
        Message.Kind kind = Message.Kind.RECOVERED;
        return new Message(
                Message.key(end.identity(), end.incident(), kind, 1, told.receiver()),
                end.incident(),
                kind,
                1,
                told.receiver(),
                told.rule(),
                told.reason(),
                now,
                facts,
                Message.Progress.waiting(end.due(), ""));
    }

    static @Nullable TargetId target(@Nullable String app, @Nullable String instance) {
        return app == null || instance == null ? null : new TargetId(app, instance);
    }
}
