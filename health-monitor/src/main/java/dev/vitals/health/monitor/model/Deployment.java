package dev.vitals.health.monitor.model;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A deployment of an app, as the tool that runs it tells it. Immutable.
 *
 * @param id unique, and in URLs
 * @param app the app
 * @param instance the only instance that it concerns; null for all of the app
 * @param gate the id of the gate that let it go ahead; null for none
 * @param version what is deployed, in the tool's words; null if it did not say
 * @param by the person or program that started it
 * @param state whether it goes on
 * @param startedAt when it started
 * @param latestAt when the newest event arrived
 * @param endedAt when it ended; null while it runs
 * @param reason why it failed, or a remark at its end; null for none
 * @param lines how many log lines arrived; only the newest {@link #MAX_LINES} are kept
 */
public record Deployment(
        String id,
        String app,
        @Nullable String instance,
        @Nullable String gate,
        @Nullable String version,
        @Nullable String by,
        State state,
        Instant startedAt,
        Instant latestAt,
        @Nullable Instant endedAt,
        @Nullable String reason,
        int lines) {
    /** How many log lines of a deployment are kept: the newest ones. */
    public static final int MAX_LINES = 1_000;

    /** The maximum length of a log line in UTF-16 units; a longer one is cut. */
    public static final int MAX_LINE = 1_000;

    /** The maximum length of a version. */
    public static final int MAX_VERSION = 100;

    /** The bound of a version, in words that follow "must be". */
    public static final String VERSION = "a line of 1 to " + MAX_VERSION + " characters";

    /** Whether a deployment goes on. */
    public enum State {
        /** It goes on. */
        RUNNING,
        /** It ended well. */
        COMPLETED,
        /** It ended badly, or its tool fell silent. */
        FAILED;

        /** Returns the word in JSON and in the store. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Returns the state with that word. */
        public static State of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /** What a tool can say of its deployment. */
    public enum Kind {
        /** It started. */
        STARTED,
        /** A line of its log. */
        LOG,
        /** It ended well. */
        COMPLETED,
        /** It ended badly. */
        FAILED;

        /** Returns the word in JSON and in the store, such as {@code deployment_log}. */
        public String word() {
            return "deployment_" + name().toLowerCase(Locale.ROOT);
        }

        /** Returns the kind with that word; empty if there is none. */
        public static Optional<Kind> of(String word) {
            return Arrays.stream(values())
                    .filter(kind -> kind.word().equals(word))
                    .findFirst();
        }
    }

    /**
     * An entry in the timeline of a deployment.
     *
     * @param number its place, from 1 on; those of dropped lines are missing
     * @param at when it arrived
     * @param kind what the tool said
     * @param text the line, the version at the start, or the reason at the end; may be empty
     */
    public record Event(int number, Instant at, Kind kind, String text) {}

    /** Returns whether it goes on. */
    public boolean isRunning() {
        return state == State.RUNNING;
    }

    /** Returns how many log lines were dropped because too many arrived. */
    public int droppedLines() {
        return Math.max(0, lines - MAX_LINES);
    }

    /** Returns the number of the next event. The start has the number 1. */
    public int nextNumber() {
        return lines + 2;
    }

    /** Returns this deployment after further log lines. */
    public Deployment logged(int more, Instant now) {
        return new Deployment(
                id, app, instance, gate, version, by, state, startedAt, now, endedAt, reason, lines + more);
    }

    /** Returns this deployment after its end. */
    public Deployment ended(State end, @Nullable String why, Instant now) {
        return new Deployment(id, app, instance, gate, version, by, end, startedAt, now, now, why, lines);
    }
}
