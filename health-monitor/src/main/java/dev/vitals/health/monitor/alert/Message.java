package dev.vitals.health.monitor.alert;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A message to one receiver: a row of the outbox.
 *
 * @param key the same at each attempt, so that a receiver can recognise a repetition; see {@link #key}
 * @param incident the id of the incident; null for a digest, a test and a proof of life
 * @param kind what it tells
 * @param number tells messages of the same kind apart, such as the second reminder from the first
 * @param receiver who gets it
 * @param rule the name of the rule by which it is told; {@code registration} for the address of a registration; empty for none
 * @param reason why this receiver is told, for people, such as {@code rule night} or {@code registration of orders/i1}
 * @param createdAt when it was made
 * @param facts what it tells
 * @param progress how far it has come
 */
public record Message(
        String key,
        @Nullable String incident,
        Kind kind,
        int number,
        Receiver receiver,
        String rule,
        String reason,
        Instant createdAt,
        Facts facts,
        Progress progress) {
    private static final int KEY_BYTES = 16;

    /** What a message tells. */
    public enum Kind {
        /** An incident was opened. */
        TROUBLE,
        /** An open incident got worse: DEGRADED became UNHEALTHY, or something is left after its cause recovered. */
        WORSE,
        /** An incident is still open. */
        REMINDER,
        /** An incident ended. */
        RECOVERED,
        /** Several messages in one. */
        DIGEST,
        /** Somebody tries a channel. */
        TEST,
        /** The monitor runs. */
        ALIVE;

        /** Returns the word in JSON and in the store. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Returns the kind with that word. */
        public static Kind of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /** How far a message has come. */
    public enum State {
        /** It waits for its time; only the incidents' thread changes it. */
        WAITING,
        /** It may leave, or is to be tried again; from here on only the outbox changes it, but an end of its incident cancels it. */
        READY,
        /** It is on its way; the receiver may have it or not. */
        SENDING,
        /** The receiver accepted it. */
        ACCEPTED,
        /** The receiver refused it for good; it is tried once an hour. */
        REFUSED,
        /** It never left, and never will. */
        CANCELLED,
        /** It is part of a digest. */
        DIGESTED,
        /** The monitor runs in test mode: it was made and logged. */
        NOT_SENT;

        /** Returns the word in JSON and in the store. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Returns the state with that word. */
        public static State of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * How far a message has come.
     *
     * @param state where it is
     * @param due when it may leave, or is tried again
     * @param releasedAt when it might have left first, from which on it is late; null while it waits
     * @param attempts how often it was handed to the receiver
     * @param attemptedAt when it was last; null if never
     * @param acceptedAt when the receiver accepted it; null if it has not
     * @param text what the receiver said last, or why the message waits or was cancelled; empty for nothing
     * @param digest the key of the digest that it is part of; null if it is not
     */
    public record Progress(
            State state,
            Instant due,
            @Nullable Instant releasedAt,
            int attempts,
            @Nullable Instant attemptedAt,
            @Nullable Instant acceptedAt,
            String text,
            @Nullable String digest) {
        /** Returns the progress of a message that waits until then. */
        public static Progress waiting(Instant due, String why) {
            return new Progress(State.WAITING, due, null, 0, null, null, why, null);
        }

        /** Returns the progress of a message that may leave at once. */
        public static Progress ready(Instant now) {
            return new Progress(State.READY, now, now, 0, null, null, "", null);
        }
    }

    /**
     * Returns the key of a message: 32 hexadecimal digits that depend on the parameters alone.
     *
     * @param identity tells this monitor from others
     * @param incident the id of the incident, or anything else that is unique to what the message is about
     */
    public static String key(String identity, String incident, Kind kind, int number, Receiver receiver) {
        String all = String.join(
                "\n", identity, incident, kind.word(), String.valueOf(number), receiver.channel(), receiver.address());
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(all.getBytes(UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(hash, KEY_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Returns this message with another progress. */
    public Message with(Progress next) {
        return new Message(key, incident, kind, number, receiver, rule, reason, createdAt, facts, next);
    }
}
