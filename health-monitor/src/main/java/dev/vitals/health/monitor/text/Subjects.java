package dev.vitals.health.monitor.text;

import dev.vitals.health.State;
import dev.vitals.health.internal.DurationText;
import dev.vitals.health.monitor.alert.Cause;
import dev.vitals.health.monitor.alert.Facts;
import dev.vitals.health.monitor.alert.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** The subject of a message: one line that begins with the state. Pure. */
public final class Subjects {
    private static final int MAX_WHY = 120;

    private Subjects() {}

    public static String of(Message message) {
        Facts facts = message.facts();
        List<Facts.Part> parts = facts.incidents();
        if (parts.isEmpty()) {
            return message.kind() == Message.Kind.ALIVE ? "ALIVE: the monitor runs" : "TEST of " + message.receiver();
        }
        if (message.kind() == Message.Kind.DIGEST) {
            return digest(facts);
        }
        Facts.Part part = parts.get(0);
        if (part.until() != null) {
            return ended(part);
        }
        return switch (message.kind()) {
            case REMINDER ->
                part.state() + " still, for " + lasted(part.since(), message.createdAt()) + ": " + about(part);
            case WORSE -> part.state() + (isLeftBehind(part) ? " still: " : " now: ") + about(part);
            default -> part.state() + " " + about(part);
        };
    }

    private static boolean isLeftBehind(Facts.Part part) {
        return part.why().startsWith("still affected");
    }

    private static String digest(Facts facts) {
        List<Facts.Part> open =
                facts.incidents().stream().filter(part -> part.until() == null).toList();
        int all = facts.incidents().size() + facts.more();
        if (open.isEmpty()) {
            return State.HEALTHY + ": " + all + " incidents ended";
        }
        int ended = facts.incidents().size() - open.size();
        int still = all - ended;
        String first = still == 1 ? "" : ", first " + about(open.get(0));
        String rest = ended == 0 ? "" : "; " + ended + (ended == 1 ? " ended" : " others ended");
        return open.get(0).state() + ": " + still + (still == 1 ? " incident, " + about(open.get(0)) : " incidents")
                + first + rest;
    }

    private static String ended(Facts.Part part) {
        if (part.cause().kind() == Cause.Kind.MONITOR) {
            return "The monitor was paused and runs again: " + cut(part.why());
        }
        String after = " after " + lasted(part.since(), Objects.requireNonNull(part.until()));
        return part.state() == State.HEALTHY
                ? State.HEALTHY + " " + part.cause() + after
                : "REMOVED " + part.cause() + ": " + cut(part.why());
    }

    /** Returns what the incident is about, and why. */
    static String about(Facts.Part part) {
        return switch (part.cause().kind()) {
            case MONITOR -> "the monitor cannot see: " + cut(part.why());
            case CHANNEL -> part.cause() + ": " + cut(part.why());
            case EXPECTATION -> part.cause().subject() + ": " + cut(part.why());
            case HOST -> part.cause() + ": " + part.affected() + targets(part) + " behind it";
            case TARGET ->
                part.cause() + ": " + cut(part.why())
                        + (part.affected() > 1 ? "; " + part.affected() + " targets affected" : "");
        };
    }

    private static String targets(Facts.Part part) {
        return part.affected() == 1 ? " target" : " targets";
    }

    /** Returns the end of a text that is too long: that is where the error is. */
    static String cut(String text) {
        return text.length() <= MAX_WHY ? text : "..." + text.substring(text.length() - MAX_WHY);
    }

    /** Returns how long something lasted, in the two largest units. */
    static String lasted(Instant from, Instant to) {
        return words(Duration.between(from, to));
    }

    public static String words(Duration duration) {
        return DurationText.roughly(duration);
    }
}
