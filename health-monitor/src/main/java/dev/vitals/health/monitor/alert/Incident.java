package dev.vitals.health.monitor.alert;

import dev.vitals.health.State;
import dev.vitals.health.monitor.model.Attribution;
import dev.vitals.health.monitor.model.TargetId;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A span of trouble with one cause.
 *
 * @param id unique, and in URLs
 * @param cause the root
 * @param openedAt when it was opened
 * @param state the worst state of its members now; that of the last one when it has ended
 * @param firstEvidence why it was opened
 * @param latestEvidence the newest reason of trouble
 * @param acknowledged who takes care of it, and why; null if nobody said so. Ends with the incident
 * @param end how it ended; null while it is open
 */
public record Incident(
        String id,
        Cause cause,
        Instant openedAt,
        State state,
        String firstEvidence,
        String latestEvidence,
        @Nullable Attribution acknowledged,
        @Nullable End end) {
    /** How an incident ends. */
    public enum Ending {
        /** All members are healthy again, after their success thresholds. */
        RECOVERED,
        /** Nothing of it is watched any more. */
        REMOVED,
        /** It turned out to be part of another incident. */
        MERGED,
        /** The monitor itself was the cause. */
        WITHDRAWN;

        /** Returns the word in JSON and in the store. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Returns the ending with that word. */
        public static Ending of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * The end of an incident.
     *
     * @param ending how it ended
     * @param at when
     * @param why the reason for people
     * @param into the incident that it became part of; null if it did not
     */
    public record End(
            Ending ending, Instant at, String why, @Nullable String into) {
        /** An end that is not a merger. */
        public End(Ending ending, Instant at, String why) {
            this(ending, at, why, null);
        }
    }

    /**
     * A target that the incident affects.
     *
     * @param target the target
     * @param state its state now, or the last one before it left
     * @param since when it was affected
     * @param why the newest reason of its state
     * @param until when it recovered or was removed; null while it is affected
     */
    public record Member(
            TargetId target,
            State state,
            Instant since,
            String why,
            @Nullable Instant until) {
        /** Returns whether the target is still affected. */
        public boolean isAffected() {
            return until == null;
        }
    }

    /** Returns whether the incident has not ended. */
    public boolean isOpen() {
        return end == null;
    }

    /** Returns this incident with another worst state and the newest reason of it. */
    public Incident seen(State worst, String evidence) {
        return new Incident(id, cause, openedAt, worst, firstEvidence, evidence, acknowledged, end);
    }

    /** Returns this incident with somebody who takes care of it. */
    public Incident acknowledged(Attribution by) {
        return new Incident(id, cause, openedAt, state, firstEvidence, latestEvidence, by, end);
    }

    /** Returns this incident with its end. */
    public Incident ended(End at) {
        return new Incident(id, cause, openedAt, state, firstEvidence, latestEvidence, acknowledged, at);
    }
}
