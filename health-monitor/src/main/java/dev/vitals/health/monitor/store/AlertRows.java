package dev.vitals.health.monitor.store;

import dev.vitals.health.monitor.alert.Facts;
import dev.vitals.health.monitor.alert.Incident;
import dev.vitals.health.monitor.alert.IncidentEvent;
import dev.vitals.health.monitor.alert.Message;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction changes in incidents and messages, beside the states that it follows from.
 *
 * @param incidents incidents that are new or have changed
 * @param members members that are new or have changed, by the ids of their incidents
 * @param events entries of timelines, the oldest first
 * @param messages new messages; one whose key exists already is left as it is
 * @param moves what happens to messages that exist, in this order, after the new ones were added
 */
public record AlertRows(
        List<Incident> incidents,
        Map<String, List<Incident.Member>> members,
        List<IncidentEvent> events,
        List<Message> messages,
        List<Move> moves) {
    /** Nothing. */
    public static final AlertRows NONE = new AlertRows(List.of(), Map.of(), List.of(), List.of(), List.of());

    /** Copies the collections. */
    public AlertRows {
        incidents = List.copyOf(incidents);
        members = Map.copyOf(members);
        events = List.copyOf(events);
        messages = List.copyOf(messages);
        moves = List.copyOf(moves);
    }

    /** What happens to messages; each concerns only those that are in the named state when the transaction runs. */
    public sealed interface Move {}

    /**
     * A waiting message may leave.
     *
     * @param key the message
     * @param facts what it tells, as it is now
     */
    public record Release(String key, Instant now, Facts facts) implements Move {}

    /**
     * A waiting message waits longer.
     *
     * @param key the message
     * @param due until when
     * @param why the reason for people
     */
    public record Postpone(String key, Instant due, String why) implements Move {}

    /**
     * A waiting message will never leave.
     *
     * @param key the message
     * @param why the reason for people
     */
    public record Cancel(String key, String why) implements Move {}

    /**
     * Waiting messages become parts of a digest, which is among the new messages.
     *
     * @param digest the key of the digest
     * @param parts what each message tells, by their keys
     */
    public record Digest(String digest, Map<String, Facts> parts) implements Move {
        /** Copies the map. */
        public Digest {
            parts = Map.copyOf(parts);
        }
    }

    /**
     * The end of an incident. Messages of it that never left (WAITING, or READY or REFUSED without an attempt whose outcome
     * is unknown) are cancelled. Each receiver who was told, or may have been, gets {@link #recovered}; nobody else does.
     *
     * @param incident the incident
     * @param identity tells this monitor from others, for the keys of the messages
     * @param why the reason of the cancellations, for people
     * @param recovered what those are told who were told of the trouble; null for nothing
     * @param due when that may leave
     */
    public record End(
            String incident,
            String identity,
            Instant now,
            String why,
            @Nullable Facts recovered,
            Instant due) implements Move {}

    /** Returns whether there is nothing to write. */
    public boolean isEmpty() {
        return incidents.isEmpty() && members.isEmpty() && events.isEmpty() && messages.isEmpty() && moves.isEmpty();
    }
}
