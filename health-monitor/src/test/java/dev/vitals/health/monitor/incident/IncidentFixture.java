package dev.vitals.health.monitor.incident;

import dev.vitals.health.Outcome;
import dev.vitals.health.Scheduler;
import dev.vitals.health.State;
import dev.vitals.health.monitor.alert.Incident;
import dev.vitals.health.monitor.alert.Message;
import dev.vitals.health.monitor.alert.Receiver;
import dev.vitals.health.monitor.maintenance.Suppressions;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Registration;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.registry.Registry;
import dev.vitals.health.monitor.rule.Expectation;
import dev.vitals.health.monitor.rule.Rule;
import dev.vitals.health.monitor.rule.Rules;
import dev.vitals.health.monitor.store.IncidentStore;
import dev.vitals.health.monitor.store.SuppressionStore;
import dev.vitals.health.monitor.store.TestDatabase;
import dev.vitals.health.testkit.ManualScheduler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Incidents over a real registry and a real database; results come by hand, and time is moved by hand. */
abstract class IncidentFixture {
    static final Duration SECOND = Duration.ofSeconds(1);
    static final Receiver OPS = Receiver.mail("ops@example.org");

    @TempDir
    Path directory;

    final ManualScheduler time = new ManualScheduler();
    final Rules rules = new Rules();
    final Map<String, Target> targets = new HashMap<>();
    TestDatabase database;
    Registry registry;
    Suppressions suppressions;
    IncidentStore store;
    Incidents incidents;
    private Scheduler.Cancellation looks;

    @BeforeEach
    void open() {
        database = new TestDatabase(directory);
        registry = database.registry(time, Duration.ofHours(24));
        suppressions = new Suppressions(new SuppressionStore(database.database()));
        store = new IncidentStore(database.database());
        incidents = new Incidents(store, rules, suppressions, id -> registry.changes(id, 20));
        registry.start(incidents.planner());
        looks = incidents.start(registry, time);
    }

    @AfterEach
    void close() {
        looks.cancel();
        registry.close();
        database.close();
    }

    /** Ends as a crash would after the last commit, and starts again on the same database. */
    void restart() {
        close();
        open();
    }

    static Rule rule(String name, Set<State> states, String... receivers) {
        return new Rule(
                name,
                null,
                states,
                List.of(receivers).stream().map(Receiver::channel).toList(),
                Duration.ZERO,
                null,
                Rule.DEFAULT_WINDOW,
                null,
                null,
                false);
    }

    static Rule delayed(String name, Duration delay, @Nullable Duration reminder, String receiver) {
        return new Rule(
                name,
                null,
                Rule.DEFAULT_STATES,
                List.of(Receiver.channel(receiver)),
                delay,
                reminder,
                Rule.DEFAULT_WINDOW,
                null,
                null,
                false);
    }

    void inForce(Rule... all) {
        rules.replace(new Rules.Current(List.of(all), List.of(), Set.of()));
    }

    void expect(Expectation expectation, Rule... all) {
        rules.replace(new Rules.Current(List.of(all), List.of(expectation), Set.of()));
    }

    /** Registers a target that becomes UNHEALTHY at two failures and HEALTHY at two passes, polled every 30 s. */
    Target register(String name, String... labels) {
        TargetId id = TargetId.parse(name).orElseThrow();
        Registration registration = Registration.builder("http://" + id.appOrHost() + "." + id.name() + ":8080")
                .unhealthy(2)
                .healthy(2)
                .lease(Duration.ZERO)
                .notify("ops@example.org");
        for (int i = 0; i < labels.length; i += 2) {
            registration.label(labels[i], labels[i + 1]);
        }
        Target target = registry.register(id, registration.build(id), registered -> TestDatabase.ENTRY)
                .join()
                .target();
        targets.put(name, target);
        return target;
    }

    void remove(String name) {
        registry.deregister(TargetId.parse(name).orElseThrow(), TestDatabase.ENTRY)
                .join();
    }

    /** Records results: {@code O} OK, {@code W} warning, {@code E} an answer 500, {@code N} no answer. */
    void results(String name, String codes) {
        codes.chars().forEach(code -> record(name, (char) code));
        registry.settled().join();
    }

    /** Records one result without waiting for it. */
    void record(String name, char code) {
        PollResult result = switch (code) {
            case 'O' -> result(Outcome.Code.OK, null, 200);
            case 'W' -> result(Outcome.Code.WARNING, "the disk is 91 % full", 200);
            case 'E' -> result(Outcome.Code.ERROR, "answered 500", 500);
            default -> result(Outcome.Code.ERROR, "connection refused", null);
        };
        registry.record(targets.get(name), result);
    }

    private PollResult result(Outcome.Code code, @Nullable String message, @Nullable Integer status) {
        return new PollResult(code, message, status, time.instant(), Duration.ofMillis(1), List.of());
    }

    /** Moves time second by second; each look at waiting messages is over before the next. */
    void advance(Duration duration) {
        for (long i = 0; i < duration.toSeconds(); i++) {
            time.advance(SECOND);
            registry.settled().join();
        }
    }

    Incident only() {
        List<Incident> open = incidents.open();
        if (open.size() != 1) {
            throw new AssertionError(open.toString());
        }
        return open.get(0);
    }

    List<Incident> all() {
        return store.list(IncidentStore.Filter.ALL, 10_000);
    }

    /** Returns all messages, as {@code KIND STATE receiver}, in the order in which they were made. */
    List<String> messages() {
        return rows().stream()
                .map(one -> one.kind() + " " + one.progress().state() + " " + one.receiver())
                .toList();
    }

    List<Message> rows() {
        return database.messages();
    }

    /** Lets the receiver accept what is ready, as the outbox does. */
    void accept() {
        database.sql("UPDATE message SET state = 'accepted', attempts = 1 WHERE state = 'ready'");
    }

    static Set<State> states(State first, State... more) {
        return EnumSet.of(first, more);
    }
}
