package dev.vitals.health.monitor.incident;

import dev.vitals.health.Outcome;
import dev.vitals.health.Scheduler;
import dev.vitals.health.monitor.address.AddressGuard;
import dev.vitals.health.monitor.alert.Receiver;
import dev.vitals.health.monitor.channel.Channel;
import dev.vitals.health.monitor.channel.ChannelSettings;
import dev.vitals.health.monitor.channel.ChannelType;
import dev.vitals.health.monitor.channel.Channels;
import dev.vitals.health.monitor.channel.HttpChannels;
import dev.vitals.health.monitor.channel.Outgoing;
import dev.vitals.health.monitor.maintenance.Suppressions;
import dev.vitals.health.monitor.message.ChannelHealth;
import dev.vitals.health.monitor.message.Outbox;
import dev.vitals.health.monitor.model.Fields;
import dev.vitals.health.monitor.model.Naming;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Registration;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.net.NetClient;
import dev.vitals.health.monitor.registry.AlertPlanner;
import dev.vitals.health.monitor.registry.Registry;
import dev.vitals.health.monitor.registry.RegistryTransaction;
import dev.vitals.health.monitor.rule.Rule;
import dev.vitals.health.monitor.rule.Rules;
import dev.vitals.health.monitor.store.AlertRows;
import dev.vitals.health.monitor.store.IncidentStore;
import dev.vitals.health.monitor.store.MessageStore;
import dev.vitals.health.monitor.store.ReferenceStore;
import dev.vitals.health.monitor.store.SuppressionStore;
import dev.vitals.health.monitor.store.TestDatabase;
import dev.vitals.health.testkit.ManualScheduler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A process with the real registry, incidents, outbox and webhook channel, which dies at a named point on the way of a message,
 * as by {@code kill -9}. Its arguments: the directory, the receiver, the point, the how-manieth passing of it, and a seed.
 */
final class CrashingMonitor {
    /** The points, in the order in which a message passes them. */
    static final List<String> POINTS =
            List.of("planned", "committed", "released", "composing", "sending", "taken", "never");

    /** The exit code of a process that was killed. */
    static final int KILLED = 137;

    static final String SECRET = "whsec_" + Base64.getEncoder().encodeToString(new byte[24]);
    private static final String HOOK = "hook";
    private static final int STEPS = 8;
    // Of real time: on a busy machine the senders need more than a moment.
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ManualScheduler time = new ManualScheduler();
    private final Scheduler real = Scheduler.daemon("real");
    private final String point;
    private final AtomicInteger left;
    private final Path clock;
    private final Registry registry;
    private final Incidents incidents;
    private final MessageStore messages;
    private final Outbox outbox;
    private final Random random;

    private CrashingMonitor(Path directory, String receiver, String point, int count, long seed) throws IOException {
        this.point = point;
        this.left = new AtomicInteger(count);
        this.random = new Random(seed);
        this.clock = directory.resolve("time");
        if (Files.exists(clock)) {
            time.setWall(Instant.parse(Files.readString(clock)));
        }
        TestDatabase database = new TestDatabase(directory);
        registry = database.registry(time, Duration.ofHours(24));
        IncidentStore store = new IncidentStore(database.database());
        messages = new MessageStore(database.database());
        Rules rules = new Rules();
        rules.replace(new Rules.Current(List.of(rule()), List.of(), Set.of()));
        incidents = new Incidents(
                store, rules, new Suppressions(new SuppressionStore(database.database())), id -> List.of());
        Channels channels = channels(receiver, store.identity(), new ReferenceStore(database.database()));
        Outgoing.Composer composer = (message, now) -> {
            pass("composing");
            Outgoing.Text text =
                    new Outgoing.Text(message.kind().word(), message.kind().word(), "");
            return new Outgoing(message, text, Outgoing.Links.NONE, now);
        };
        outbox = new Outbox(
                messages, channels, composer, new ChannelHealth(messages, time), time, time, () -> 0.5, false);
        registry.start(crashing(incidents.planner()));
        incidents.start(registry, time);
        incidents.onReleased(() -> {
            pass("released");
            outbox.wake();
        });
        outbox.start(sick -> {});
    }

    private static Rule rule() {
        return new Rule(
                "all",
                null,
                Rule.DEFAULT_STATES,
                List.of(Receiver.channel(HOOK)),
                Duration.ZERO,
                null,
                Duration.ZERO,
                null,
                null,
                false);
    }

    /** Dies if this is the point, and it was passed as often as was asked for. */
    private void pass(String name) {
        if (name.equals(point) && left.decrementAndGet() == 0) {
            Runtime.getRuntime().halt(KILLED);
        }
    }

    private AlertPlanner crashing(AlertPlanner planner) {
        return new AlertPlanner() {
            private boolean planned;

            @Override
            public AlertRows plan(RegistryTransaction transaction, Set<TargetId> touched) {
                AlertRows rows = planner.plan(transaction, touched);
                planned = !rows.isEmpty();
                if (planned) {
                    pass("planned");
                }
                return rows;
            }

            @Override
            public void committed() {
                planner.committed();
                if (planned) {
                    pass("committed");
                }
            }

            @Override
            public void rolledBack() {
                planner.rolledBack();
            }
        };
    }

    private Channels channels(String receiver, String identity, ReferenceStore references) {
        ChannelType webhook = HttpChannels.TYPES.stream()
                .filter(type -> type.name().equals("webhook"))
                .findFirst()
                .orElseThrow();
        ChannelType.Context context = new ChannelType.Context(
                NetClient.start(real), AddressGuard.NONE, time, references(references), identity, "test");
        Channels channels = new Channels(List.of(crashing(webhook)), context);
        ChannelSettings settings =
                webhook.read(HOOK, Fields.of(Map.of("url", receiver, "secret", SECRET), Naming.CAMEL), false);
        channels.replace(List.of(settings));
        return channels;
    }

    private static ChannelType.References references(ReferenceStore store) {
        return new ChannelType.References() {
            @Override
            public Optional<String> find(String channel, String incident) {
                return store.find(channel, incident);
            }

            @Override
            public void put(String channel, String incident, String reference) {
                store.put(channel, incident, reference);
            }
        };
    }

    private ChannelType crashing(ChannelType type) {
        return new ChannelType() {
            @Override
            public String name() {
                return type.name();
            }

            @Override
            public ChannelSettings read(String name, Fields fields, boolean fromFile) {
                return type.read(name, fields, fromFile);
            }

            @Override
            public Channel open(ChannelSettings settings, Context context) {
                Channel channel = type.open(settings, context);
                return new Channel() {
                    @Override
                    public Result send(Outgoing message) throws InterruptedException {
                        pass("sending");
                        Result result = channel.send(message);
                        pass("taken");
                        return result;
                    }

                    @Override
                    public void close() {
                        channel.close();
                    }
                };
            }
        };
    }

    private Target register(String name) {
        TargetId id = new TargetId(name, "m1");
        return registry.register(
                        id,
                        Registration.builder("http://" + name + ":1")
                                .unhealthy(2)
                                .healthy(2)
                                .lease(Duration.ZERO)
                                .build(),
                        registered -> TestDatabase.ENTRY)
                .join()
                .target();
    }

    private void run() throws IOException {
        List<Target> targets = List.of(register("a"), register("b"), register("c"));
        for (int step = 0; step < STEPS; step++) {
            Target target = targets.get(random.nextInt(targets.size()));
            results(target, random.nextBoolean() ? Outcome.Code.ERROR : Outcome.Code.OK);
            turn();
        }
        targets.forEach(target -> results(target, Outcome.Code.OK));
        long start = System.nanoTime();
        while (!isQuiet() && System.nanoTime() - start < PATIENCE.toNanos()) {
            turn();
        }
        if (!isQuiet()) {
            System.err.println("open: " + incidents.open() + "; messages: " + states().toList());
            System.exit(1);
        }
        System.exit(0);
    }

    private void results(Target target, Outcome.Code code) {
        for (int i = 0; i < 2; i++) {
            registry.record(target, new PollResult(code, null, 200, time.instant(), Duration.ZERO, List.of()));
        }
        registry.settled().join();
    }

    private boolean isQuiet() {
        return incidents.open().isEmpty()
                && states().noneMatch(state ->
                        Set.of("waiting", "ready", "sending", "refused").contains(state));
    }

    private Stream<String> states() {
        return messages.list(new MessageStore.Filter(null, null, null, null), 1_000_000).stream()
                .map(message -> message.progress().state().word());
    }

    /** A second of manual time, and a moment for the senders. */
    private void turn() throws IOException {
        time.advance(Duration.ofSeconds(1));
        // A sender may end the process while this thread writes.
        Path next = Files.writeString(
                clock.resolveSibling("time.next"), time.instant().toString());
        Files.move(next, clock, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        registry.settled().join();
        LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }

    public static void main(String[] args) throws IOException {
        new CrashingMonitor(Path.of(args[0]), args[1], args[2], Integer.parseInt(args[3]), Long.parseLong(args[4]))
                .run();
    }
}
