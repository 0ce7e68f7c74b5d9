package dev.vitals.health.monitor.alert;

import dev.vitals.health.monitor.model.TargetId;
import java.util.Comparator;
import java.util.Locale;

/**
 * The root of an incident, as far as the monitor can tell.
 *
 * @param kind what the subject is
 * @param subject its name: a target as {@code app/instance}, a host, a channel, an expectation, or {@code monitor}
 */
public record Cause(Kind kind, String subject) implements Comparable<Cause> {
    private static final Comparator<Cause> ORDER =
            Comparator.comparing(Cause::kind).thenComparing(Cause::subject);

    /** What can be the root of an incident. */
    public enum Kind {
        /** The monitor itself: nothing that it saw meanwhile says anything about targets. */
        MONITOR,
        /** A host behind which nothing answers. */
        HOST,
        /** One target. */
        TARGET,
        /** A channel that does not take messages: told through others. */
        CHANNEL,
        /** An expectation that is not met, such as two healthy instances of an app. */
        EXPECTATION;

        /** Returns the word in JSON and in the store. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Returns the kind with that word. */
        public static Kind of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /** Returns one target as the root. */
    public static Cause target(TargetId id) {
        return new Cause(Kind.TARGET, id.toString());
    }

    /** Returns a host as the root. */
    public static Cause host(String host) {
        return new Cause(Kind.HOST, host);
    }

    /** Returns an expectation as the root. */
    public static Cause expectation(String name) {
        return new Cause(Kind.EXPECTATION, name);
    }

    /** Returns a channel as the root. */
    public static Cause channel(String name) {
        return new Cause(Kind.CHANNEL, name);
    }

    /** Returns the monitor itself as the root. */
    public static Cause monitor() {
        return new Cause(Kind.MONITOR, "monitor");
    }

    /** Returns whether an incident with this root affects targets. */
    public boolean hasTargets() {
        return kind == Kind.TARGET || kind == Kind.HOST;
    }

    @Override
    public int compareTo(Cause other) {
        return ORDER.compare(this, other);
    }

    /** Returns the root for people, such as {@code host m3} or {@code orders/i1}. */
    @Override
    public String toString() {
        return switch (kind) {
            case TARGET -> subject;
            case MONITOR -> "the monitor";
            case HOST, CHANNEL, EXPECTATION -> kind.word() + " " + subject;
        };
    }
}
