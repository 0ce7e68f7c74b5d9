package dev.vitals.health.monitor.web;

import dev.vitals.health.monitor.access.AuditLog;
import dev.vitals.health.monitor.access.Permission;
import dev.vitals.health.monitor.alert.Facts;
import dev.vitals.health.monitor.alert.Message;
import dev.vitals.health.monitor.message.Outbox;
import dev.vitals.health.monitor.registry.Registry;
import dev.vitals.health.monitor.store.IncidentStore;
import dev.vitals.health.monitor.store.MessageStore;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Shows the outbox, sends messages again and cancels them. */
public final class MessageRoutes implements Routes {
    private static final String MESSAGES = "/api/v1/messages";
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1_000;

    private final Registry registry;
    private final IncidentStore incidents;
    private final MessageStore store;
    private final Outbox outbox;
    private final AuditLog audit;
    private final InstantSource clock;

    /** Shows the messages of that store, which the outbox sends. */
    public MessageRoutes(
            Registry registry,
            IncidentStore incidents,
            MessageStore store,
            Outbox outbox,
            AuditLog audit,
            InstantSource clock) {
        this.registry = registry;
        this.incidents = incidents;
        this.store = store;
        this.outbox = outbox;
        this.audit = audit;
        this.clock = clock;
    }

    /** A message; {@code text} says why it waits, was refused or cancelled, or what the receiver answered. */
    record MessageAnswer(
            String key,
            @Nullable String incident,
            String kind,
            String receiver,
            String channel,
            String reason,
            String state,
            String text,
            Instant createdAt,
            Instant due,
            int attempts,
            @Nullable Instant attemptedAt,
            @Nullable Instant acceptedAt,
            @Nullable Long lateSeconds,
            @Nullable String digest) {
        static MessageAnswer of(Message message) {
            Message.Progress progress = message.progress();
            return new MessageAnswer(
                    message.key(),
                    message.incident(),
                    message.kind().word(),
                    message.receiver().toString(),
                    message.receiver().channel(),
                    message.reason(),
                    progress.state().word(),
                    progress.text(),
                    message.createdAt(),
                    progress.due(),
                    progress.attempts(),
                    progress.attemptedAt(),
                    progress.acceptedAt(),
                    late(progress),
                    progress.digest());
        }

        private static @Nullable Long late(Message.Progress progress) {
            return progress.acceptedAt() == null || progress.releasedAt() == null
                    ? null
                    : Long.valueOf(progress.releasedAt().until(progress.acceptedAt(), ChronoUnit.SECONDS));
        }
    }

    @Override
    public List<Route> routes() {
        String one = MESSAGES + "/{key}";
        return List.of(
                Route.get(MESSAGES, Permission.VIEW, this::list, "List messages, the newest first")
                        .query("state", "Only those in this state, such as ready, accepted or refused")
                        .query("channel", "Only those of this channel; mail for the mail server")
                        .query("incident", "Only those of this incident")
                        .query("before", "Only those before the message of that key, for the next page")
                        .query("limit", "How many, 1 to 1000; 100 if absent")
                        .answers(200, "Messages"),
                Route.get(one, Permission.VIEW, this::show, "Show a message with what it tells")
                        .answers(200, "MessageDetail"),
                Route.post(one + "/send", Permission.OPERATE, this::send, "Send a message now, or again")
                        .answers(202, "Message"),
                Route.post(one + "/cancel", Permission.OPERATE, this::cancel, "Cancel a message that has not left")
                        .answers(200, "Message"));
    }

    private void list(Context context) {
        MessageStore.Filter filter = new MessageStore.Filter(
                Query.choice(context, "state", List.of(Message.State.values()), Message.State::word),
                context.queryParam("channel"),
                context.queryParam("incident"),
                context.queryParam("before"));
        int limit = (int) Query.number(context, "limit", DEFAULT_LIMIT, MAX_LIMIT);
        ListResponse.write(
                context, Map.of(), ListResponse.Rows.of("messages", store.list(filter, limit), MessageAnswer::of));
    }

    private Message find(Context context) {
        String key = context.pathParam("key");
        return store.find(key)
                .orElseThrow(() -> Problem.of(404, "there is no message " + key).exception());
    }

    private void show(Context context) {
        Message message = find(context);
        Map<String, Object> detail = new LinkedHashMap<>();
        JsonResponse.tree(MessageAnswer.of(message))
                .properties()
                .forEach(one -> detail.put(one.getKey(), one.getValue()));
        detail.put("facts", message.facts().fields());
        JsonResponse.write(context, detail);
    }

    /** Returns the message if the caller may change the targets that it tells of. */
    private Message findToChange(Context context) {
        Message message = find(context);
        Stream.concat(
                        Stream.ofNullable(message.incident()),
                        message.facts().incidents().stream().map(Facts.Part::incident))
                .distinct()
                .forEach(incident -> IncidentRoutes.requireScope(context, registry, incidents, incident));
        return message;
    }

    private void send(Context context) {
        Message message = findToChange(context);
        boolean sent = store.sendAgain(message.key(), clock.instant());
        outbox.wake();
        changed(context, message, sent, 202, "send", "is on its way already");
    }

    private void cancel(Context context) {
        Message message = findToChange(context);
        boolean cancelled = store.cancel(message.key(), "cancelled by " + Gatekeeper.name(context));
        changed(context, message, cancelled, 200, "cancel", "has left, or was cancelled before");
    }

    private void changed(Context context, Message message, boolean done, int code, String action, String otherwise) {
        if (!done) {
            throw Problem.of(409, "message " + message.key() + " " + otherwise).exception();
        }
        CompletableFuture<Void> noted = audit.add(
                Gatekeeper.caller(context).actor(),
                "message." + action,
                "message:" + message.key(),
                "to " + message.receiver());
        AsyncResponse.write(context, noted, stored -> {
            context.status(code);
            JsonResponse.write(context, MessageAnswer.of(find(context)));
        });
    }
}
