package dev.vitals.health.monitor.page;

import dev.vitals.health.monitor.access.Permission;
import dev.vitals.health.monitor.alert.Message;
import dev.vitals.health.monitor.channel.ChannelSettings;
import dev.vitals.health.monitor.channel.Channels;
import dev.vitals.health.monitor.message.ChannelHealth;
import dev.vitals.health.monitor.message.Outbox;
import dev.vitals.health.monitor.store.MessageStore;
import dev.vitals.health.monitor.text.Subjects;
import dev.vitals.health.monitor.web.Route;
import dev.vitals.health.monitor.web.Routes;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The outbox: what was told to whom, why, and when it was accepted; and the channels with their health. */
public final class MessagePages implements Routes {
    private static final int LISTED = 200;
    private static final Duration LATE = Duration.ofMinutes(1);
    private static final Set<Message.State> OVER =
            Set.of(Message.State.ACCEPTED, Message.State.DIGESTED, Message.State.CANCELLED);

    private final Pages pages;
    private final MessageStore store;
    private final Channels channels;
    private final ChannelHealth health;
    private final Outbox outbox;

    /** Shows the messages of that store. */
    public MessagePages(Pages pages, MessageStore store, Channels channels, ChannelHealth health, Outbox outbox) {
        this.pages = pages;
        this.store = store;
        this.channels = channels;
        this.health = health;
        this.outbox = outbox;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/messages", Permission.VIEW, this::show, "Show the messages, and the channels")
                .answers(200, Route.Contract.HTML));
    }

    private void show(Context context) {
        Frame frame = pages.frame(context, "Messages", "Messages");
        List<Message> sent = store.list(new MessageStore.Filter(null, null, null, null), LISTED);
        String lead = outbox.isTest()
                ? "Test mode: messages are made and shown here, and nothing leaves this machine."
                : "What was told, to whom, and why. A message leaves this list of open ones only when its receiver accepted it.";
        pages.write(
                context,
                frame,
                new Sheet("Messages", null, lead, List.of(channels(frame), table("Newest messages", sent, frame))));
    }

    private Sheet.Table channels(Frame frame) {
        return new Sheet.Table(
                "Channels",
                List.of("Channel", "Type", "Health", "Last accepted", "Waiting", "Refused", ""),
                channels.all().stream().map(channel -> row(channel, frame)).toList(),
                "No channel: messages can go nowhere. Start the monitor with --mail, or add a channel (see docs/monitor/channels.md).");
    }

    private List<Sheet.Cell> row(ChannelSettings channel, Frame frame) {
        ChannelHealth.Status status = health.of(channel.name());
        String sick = status.sick();
        String problem = channel.problem();
        Sheet.Cell shown = problem != null
                ? Sheet.Cell.toned(problem, Tone.ILL)
                : sick == null
                        ? Sheet.Cell.toned(status.acceptedAt() == null ? "not used yet" : "accepts messages", Tone.WELL)
                        : Sheet.Cell.toned(sick, Tone.ILL);
        List<Sheet.Action> actions = frame.caller().operates()
                        && !channel.name().equals("mail")
                ? List.of(new Sheet.Action("Test", "/api/v1/channels/" + channel.name() + "/test", Map.of(), false))
                : List.of();
        return List.of(
                Sheet.Cell.text(channel.name()),
                Sheet.Cell.text(channel.type()),
                shown,
                Sheet.Cell.time(status.acceptedAt(), frame.now()),
                Sheet.Cell.number(Long.toString(status.waiting())),
                Sheet.Cell.number(Long.toString(status.refused())),
                Sheet.Cell.actions(actions));
    }

    /** Returns a table of messages. */
    static Sheet.Table table(String heading, List<Message> messages, Frame frame) {
        return new Sheet.Table(
                heading,
                List.of("State", "What", "To", "Why", "Made", "Accepted", ""),
                messages.stream().map(message -> row(message, frame)).toList(),
                "Nobody was told of anything.");
    }

    private static List<Sheet.Cell> row(Message message, Frame frame) {
        Message.Progress progress = message.progress();
        Instant now = frame.now();
        return List.of(
                Sheet.Cell.toned(state(progress, now), tone(progress.state())),
                message.incident() == null
                        ? Sheet.Cell.text(Subjects.of(message))
                        : Sheet.Cell.link(Subjects.of(message), "/incidents/" + message.incident()),
                Sheet.Cell.text(message.receiver().toString()),
                Sheet.Cell.text(message.reason()),
                Sheet.Cell.time(message.createdAt(), now),
                Sheet.Cell.time(progress.acceptedAt(), now),
                Sheet.Cell.actions(frame.caller().operates() ? actions(message) : List.of()));
    }

    private static String state(Message.Progress progress, Instant now) {
        String text = progress.text();
        String word = progress.state().word().replace('_', ' ');
        Instant released = progress.releasedAt();
        if (released != null && progress.state() != Message.State.CANCELLED) {
            Instant until = progress.acceptedAt() == null ? now : progress.acceptedAt();
            Duration late = Duration.between(released, until);
            boolean open = progress.acceptedAt() == null && progress.state() != Message.State.NOT_SENT;
            if (late.compareTo(LATE) > 0 && (open || progress.acceptedAt() != null)) {
                word += ", late by " + Subjects.words(late);
            }
        }
        return text.isEmpty() || text.startsWith(word) ? (text.isEmpty() ? word : text) : word + ": " + text;
    }

    private static String tone(Message.State state) {
        return switch (state) {
            case ACCEPTED, DIGESTED -> Tone.WELL;
            case REFUSED -> Tone.ILL;
            case WAITING, READY, SENDING -> Tone.WARN;
            case CANCELLED, NOT_SENT -> Tone.GONE;
        };
    }

    private static List<Sheet.Action> actions(Message message) {
        String path = "/api/v1/messages/" + Pages.encode(message.key());
        List<Sheet.Action> actions = new ArrayList<>();
        actions.add(new Sheet.Action(
                message.progress().state() == Message.State.ACCEPTED ? "Send again" : "Send now",
                path + "/send",
                Map.of(),
                false));
        if (!OVER.contains(message.progress().state())) {
            actions.add(new Sheet.Action("Cancel", path + "/cancel", Map.of(), false));
        }
        return actions;
    }
}
