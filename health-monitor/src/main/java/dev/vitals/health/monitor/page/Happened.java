package dev.vitals.health.monitor.page;

import dev.vitals.health.monitor.alert.Message;
import dev.vitals.health.monitor.model.Attribution;
import dev.vitals.health.monitor.model.Change;
import dev.vitals.health.monitor.model.Deployment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a target: a change of its state, a message, an acknowledgement, a deployment.
 *
 * @param at when
 * @param time when, in words
 * @param tone the name of its icon
 * @param text what, in words
 */
record Happened(Instant at, String time, String tone, String text) {
    static Happened of(Change change, Instant now) {
        String why = change.why().isEmpty() ? "" : ": " + change.why();
        return at(change.at(), now, Tone.of(change.to()), change.from() + " to " + change.to() + why);
    }

    static Happened of(Message message, Instant now) {
        Message.Progress progress = message.progress();
        Instant at = progress.acceptedAt() == null ? message.createdAt() : progress.acceptedAt();
        String how = progress.text().isEmpty() ? progress.state().word() : progress.text();
        return at(at, now, "mail", message.kind().word() + " to " + message.receiver() + ": " + how);
    }

    static Happened acknowledged(Attribution by, Instant now) {
        return at(by.at(), now, "user", by.by() + " acknowledged" + (by.reason() == null ? "" : ": " + by.reason()));
    }

    /** Returns the start of a deployment, and its end if it has ended. */
    static List<Happened> of(Deployment deployment, Instant now) {
        List<Happened> all = new ArrayList<>();
        String name = name(deployment);
        all.add(at(deployment.startedAt(), now, Tone.WORK, name + " started" + by(deployment)));
        Instant end = deployment.endedAt();
        if (end != null) {
            String reason = deployment.reason() == null ? "" : ": " + deployment.reason();
            all.add(at(
                    end,
                    now,
                    tone(deployment.state()),
                    name + " " + deployment.state().word() + " after " + Times.ago(deployment.startedAt(), end)
                            + by(deployment) + reason));
        }
        return all;
    }

    private static Happened at(Instant at, Instant now, String tone, String text) {
        return new Happened(at, Times.text(at, now), tone, text);
    }

    /** Returns the deployment with its version in words, such as {@code deployment 2.14.0}. */
    static String name(Deployment deployment) {
        return "deployment " + text(deployment.version(), "without a version");
    }

    /** Returns who made it, such as {@code , by ci}; empty if nobody said. */
    static String by(Deployment deployment) {
        return deployment.by() == null ? "" : ", by " + deployment.by();
    }

    private static String text(@Nullable String text, String none) {
        return text == null ? none : text;
    }

    static String tone(Deployment.State state) {
        return switch (state) {
            case RUNNING -> Tone.WORK;
            case COMPLETED -> Tone.WELL;
            case FAILED -> Tone.ILL;
        };
    }
}
