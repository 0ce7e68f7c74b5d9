package dev.vitals.health.monitor.web;

import dev.vitals.health.internal.Uris;
import dev.vitals.health.monitor.access.AuditLog;
import dev.vitals.health.monitor.access.Permission;
import dev.vitals.health.monitor.alert.Facts;
import dev.vitals.health.monitor.alert.Message;
import dev.vitals.health.monitor.alert.Receiver;
import dev.vitals.health.monitor.channel.ChannelSettings;
import dev.vitals.health.monitor.channel.Channels;
import dev.vitals.health.monitor.incident.Incidents;
import dev.vitals.health.monitor.model.Fields;
import dev.vitals.health.monitor.model.SettingsReader;
import dev.vitals.health.monitor.rule.ChannelReader;
import dev.vitals.health.monitor.rule.RuleBook;
import dev.vitals.health.monitor.rule.RuleSet.Part;
import dev.vitals.health.monitor.store.AuditEntry;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Shows, changes, tries and removes channels. Secrets are never shown. */
public final class ChannelRoutes implements Routes {
    private static final String CHANNELS = "/api/v1/channels";
    // What an answer has beside the fields that a request may have.
    private static final Set<String> SHOWN = Set.of("name", "source", "secrets", "problem");

    private final RuleBook book;
    private final Channels channels;
    private final Incidents incidents;
    private final AuditLog audit;
    private final InstantSource clock;

    /** Shows the channels of the book; tests of channels are messages beside those of incidents. */
    public ChannelRoutes(RuleBook book, Channels channels, Incidents incidents, AuditLog audit, InstantSource clock) {
        this.book = book;
        this.channels = channels;
        this.incidents = incidents;
        this.audit = audit;
        this.clock = clock;
    }

    /** The message of a test, and where to look how far it has come. */
    private record TestAnswer(String key, String message) {}

    @Override
    public List<Route> routes() {
        String one = CHANNELS + "/{name}";
        return List.of(
                Route.get(CHANNELS, Permission.VIEW, this::list, "List the channels by name")
                        .answers(200, "Channels"),
                Route.get(one, Permission.VIEW, this::show, "Show a channel").answers(200, "Channel"),
                Route.put(one, Permission.ADMIN, this::put, "Add or change a channel")
                        .takes("ChannelRequest")
                        .answers(200, "Channel"),
                Route.delete(one, Permission.ADMIN, this::remove, "Remove a channel that no rule tells")
                        .answers(204, Route.Contract.NOTHING),
                Route.post(one + "/test", Permission.OPERATE, this::test, "Send a test message through a channel")
                        .takes("ChannelTest")
                        .answers(202, "ChannelTestQueued"));
    }

    private void list(Context context) {
        boolean all = Gatekeeper.caller(context).may(Permission.OPERATE);
        ListResponse.write(
                context,
                Map.of(),
                ListResponse.Rows.of("channels", book.current().channels(), channel -> members(channel, all)));
    }

    private void show(Context context) {
        write(
                context,
                RuleRoutes.named(context, "name", book.current().channels(), ChannelSettings::name, Part.CHANNEL));
    }

    private static void write(Context context, ChannelSettings channel) {
        JsonResponse.write(context, members(channel, Gatekeeper.caller(context).may(Permission.OPERATE)));
    }

    // The query of a URL may hold a secret under any name.
    private static Map<String, Object> members(ChannelSettings channel, boolean withQueries) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("type", channel.type());
        fields.putAll(channel.fields());
        if (!withQueries) {
            fields.replaceAll((field, value) -> value instanceof String text ? Uris.withoutQuery(text) : value);
        }
        fields.put("secrets", List.copyOf(channel.secrets().keySet()));
        if (channel.problem() != null) {
            fields.put("problem", channel.problem());
        }
        return RuleRoutes.members("name", channel.name(), channel.fromFile(), fields);
    }

    private void put(Context context) throws IOException {
        String name = RuleRoutes.name(context, "name", ChannelReader::isName, ChannelReader.NAME);
        Map<String, @Nullable Object> document = RequestBody.object(context);
        Object given = document.get("name");
        if (given != null && !given.equals(name)) {
            throw Problem.badField("name", given, "the one in the path, or absent");
        }
        document.keySet().removeAll(SHOWN);
        String type = document.get("type") instanceof String text ? text : "";
        AuditEntry entry = entry(context, "channel.put", name, type);
        AsyncResponse.write(context, book.putChannel(name, document, entry), channel -> write(context, channel));
    }

    private void remove(Context context) {
        String name = context.pathParam("name");
        RuleRoutes.removed(
                context,
                book.remove(Part.CHANNEL, name, entry(context, "channel.remove", name, "")),
                RuleRoutes.unknown(Part.CHANNEL, name));
    }

    private AuditEntry entry(Context context, String action, String channel, String detail) {
        return audit.entry(Gatekeeper.caller(context).actor(), action, "channel:" + channel, detail);
    }

    private void test(Context context) throws IOException {
        String name = context.pathParam("name");
        if (channels.find(name).isEmpty()) {
            throw Problem.of(
                            404,
                            name.equals(Receiver.MAIL)
                                    ? "no mail server is configured; start with --mail"
                                    : RuleRoutes.unknown(Part.CHANNEL, name))
                    .exception();
        }
        Receiver receiver = receiver(name, RequestBody.fields(context));
        String by = Gatekeeper.name(context);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Message message = new Message(
                Message.key(incidents.identity(), UUID.randomUUID().toString(), Message.Kind.TEST, 1, receiver),
                null,
                Message.Kind.TEST,
                1,
                receiver,
                "",
                "test by " + by,
                now,
                Facts.note("This is a test of the channel " + name + ", sent by " + by + "."),
                Message.Progress.ready(now));
        CompletableFuture<Void> noted = audit.add(
                Gatekeeper.caller(context).actor(), "channel.test", "channel:" + name, "message " + message.key());
        AsyncResponse.write(context, noted.thenCompose(done -> incidents.queue(message)), queued -> {
            String path = "/api/v1/messages/" + queued.key();
            context.status(202).header("Location", path);
            JsonResponse.write(context, new TestAnswer(queued.key(), path));
        });
    }

    /** Returns who gets the test: the address in the request for the mail server, else the channel. */
    private static Receiver receiver(String channel, Fields fields) {
        if (!channel.equals(Receiver.MAIL)) {
            fields.refuseOthers();
            fields.errors().check();
            return Receiver.channel(channel);
        }
        String address = fields.required("address", "an email address", SettingsReader::isEmail);
        fields.refuseOthers();
        fields.errors().check();
        return Receiver.mail(address);
    }
}
