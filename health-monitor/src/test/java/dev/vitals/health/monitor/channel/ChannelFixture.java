package dev.vitals.health.monitor.channel;

import dev.vitals.health.Scheduler;
import dev.vitals.health.State;
import dev.vitals.health.monitor.address.AddressGuard;
import dev.vitals.health.monitor.alert.Cause;
import dev.vitals.health.monitor.alert.Facts;
import dev.vitals.health.monitor.alert.Message;
import dev.vitals.health.monitor.alert.Receiver;
import dev.vitals.health.monitor.model.Fields;
import dev.vitals.health.monitor.model.Naming;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.net.NetClient;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** Channels with a real client, and messages for them. */
abstract class ChannelFixture {
    static final Instant NOW = Instant.parse("2026-11-27T12:00:10Z");
    static final Instant SINCE = Instant.parse("2026-11-27T12:00:00Z");
    static final String INCIDENT = "5f0c";

    final Scheduler scheduler = Scheduler.daemon("test-scheduler");
    final NetClient client = NetClient.start(scheduler);
    private final Map<String, String> references = new ConcurrentHashMap<>();

    @AfterEach
    void closeClient() {
        client.close();
        scheduler.close();
    }

    ChannelType.Context context(AddressGuard guard) {
        ChannelType.References remembered = new ChannelType.References() {
            @Override
            public Optional<String> find(String channel, String incident) {
                return Optional.ofNullable(references.get(channel + " " + incident));
            }

            @Override
            public void put(String channel, String incident, String reference) {
                references.put(channel + " " + incident, reference);
            }
        };
        return new ChannelType.Context(client, guard, InstantSource.system(), remembered, "monitor-1", "0.1");
    }

    /** Returns a channel with these settings; fails if one is refused. */
    Channel open(String type, Map<String, Object> settings) {
        return open(type, settings, AddressGuard.NONE);
    }

    Channel open(String type, Map<String, Object> settings, AddressGuard guard) {
        ChannelType found = HttpChannels.TYPES.stream()
                .filter(one -> one.name().equals(type))
                .findFirst()
                .orElseThrow();
        Fields fields = Fields.of(settings, Naming.CAMEL);
        ChannelSettings read = found.read("chat", fields, false);
        fields.refuseOthers();
        fields.errors().check();
        return found.open(read, context(guard));
    }

    static Facts.Part part(State state, @Nullable Instant until) {
        Facts.Line line = new Facts.Line(
                "orders/m1",
                "m3",
                state,
                SINCE,
                "connection refused",
                null,
                "2 good polls in a row, polled every 30 s");
        return new Facts.Part(
                INCIDENT,
                Cause.target(new TargetId("orders", "m1")),
                state,
                SINCE,
                until,
                "connection refused",
                1,
                List.of(line));
    }

    static Outgoing message(Message.Kind kind, Facts facts, String subject) {
        Receiver receiver = Receiver.channel("chat");
        boolean about = kind != Message.Kind.DIGEST && kind != Message.Kind.TEST && kind != Message.Kind.ALIVE;
        Message message = new Message(
                Message.key("monitor-1", INCIDENT, kind, 0, receiver),
                about ? INCIDENT : null,
                kind,
                0,
                receiver,
                "night",
                "rule night",
                SINCE,
                facts,
                Message.Progress.ready(SINCE));
        Outgoing.Links links = new Outgoing.Links(
                URI.create("https://vitals.example.org/incidents/5f0c"),
                URI.create("https://vitals.example.org/act/a1"),
                URI.create("https://vitals.example.org/act/s1"),
                null);
        return new Outgoing(message, new Outgoing.Text(subject, subject + "\n\nsince 12:00:00 UTC", "<p>"), links, NOW);
    }

    static Outgoing trouble() {
        return message(
                Message.Kind.TROUBLE, Facts.of(part(State.UNHEALTHY, null)), "UNHEALTHY orders/m1: connection refused");
    }

    static Outgoing recovered() {
        return message(Message.Kind.RECOVERED, Facts.of(part(State.HEALTHY, NOW)), "HEALTHY orders/m1 after 10 s");
    }

    static Outgoing test() {
        return message(Message.Kind.TEST, Facts.note("a test"), "TEST of channel chat");
    }
}
