package dev.vitals.health.monitor.alert;

import dev.vitals.health.monitor.model.TargetId;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An entry in the timeline of an incident. What happened to its messages is in these.
 *
 * @param incident the id of the incident
 * @param at when it happened
 * @param kind what happened
 * @param target the target that it happened to; null for the whole incident
 * @param by the person; null if it was the monitor
 * @param text the reason for people
 */
public record IncidentEvent(
        String incident,
        Instant at,
        Kind kind,
        @Nullable TargetId target,
        @Nullable String by,
        String text) {
    /** What can happen. */
    public enum Kind {
        /** The incident was opened. */
        OPENED,
        /** A target joined. */
        JOINED,
        /** The state of a target changed within the incident. */
        CHANGED,
        /** A target recovered or was removed. */
        LEFT,
        /** Somebody takes care of it. */
        ACKNOWLEDGED,
        /** Somebody wrote a note. */
        NOTE,
        /** The incident ended. */
        ENDED;

        /** Returns the word in JSON and in the store. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Returns the kind with that word. */
        public static Kind of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }
}
