package dev.vitals.health.monitor.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.Outcome;
import dev.vitals.health.State;
import dev.vitals.health.monitor.Await;
import dev.vitals.health.monitor.maintenance.Suppressions;
import dev.vitals.health.monitor.model.Attribution;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Registration;
import dev.vitals.health.monitor.model.Selection;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.registry.Registry;
import dev.vitals.health.monitor.store.GateStore;
import dev.vitals.health.monitor.store.SuppressionStore;
import dev.vitals.health.monitor.store.TestDatabase;
import dev.vitals.health.testkit.ManualScheduler;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gates over a real registry and a real database, with many results from many threads. */
class GatesTest {
    private static final int TARGETS = 2_000;

    @TempDir
    Path directory;

    private final ManualScheduler time = new ManualScheduler();
    private final List<TargetId> polled = new CopyOnWriteArrayList<>();
    private TestDatabase database;
    private Registry registry;
    private Gates gates;

    @BeforeEach
    void open() {
        database = new TestDatabase(directory);
        registry = database.registry(time, Duration.ofHours(1));
        gates = new Gates(
                registry,
                new GateStore(database.database()),
                new Suppressions(new SuppressionStore(database.database())),
                polled::add,
                time,
                time);
        registry.start(gates);
        gates.start();
    }

    @AfterEach
    void close() {
        gates.close();
        registry.close();
        database.close();
    }

    private List<Target> register(int count) {
        List<CompletableFuture<Target>> registered = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            registered.add(registry.register(
                            new TargetId("orders", "m" + i),
                            Registration.builder("http://m" + i)
                                    .interval(Duration.ofMinutes(5))
                                    .lease(Duration.ZERO)
                                    .build(),
                            done -> TestDatabase.ENTRY)
                    .thenApply(done -> done.target()));
        }
        return registered.stream().map(CompletableFuture::join).toList();
    }

    private GateView create(int passes) {
        return create(passes, time.instant());
    }

    private GateView create(int passes, Instant after) {
        Gate gate = new Gate(
                "g" + passes,
                new Selection(null, "orders", Map.of(), new TreeSet<>()),
                new Gate.Rule(passes, after, null, false, false, false),
                new Gate.Limits(time.instant().plusSeconds(3_600), null, Duration.ofMinutes(5)),
                new Attribution(null, null, time.instant()));
        return gates.create(gate).join();
    }

    private void result(Target target, Outcome.Code code) {
        PollResult result = new PollResult(
                code, code == Outcome.Code.OK ? null : "no", 200, time.instant(), Duration.ZERO, List.of());
        registry.record(target, result);
    }

    private void settle() {
        registry.settled().join();
        assertThat(gates.cancel("nobody", null).join()).isEmpty();
    }

    private GateView view(String id) {
        return gates.view(id).orElseThrow();
    }

    @Test
    void aBigGateIsEvaluatedOnceASecondAndListsAHundredTargets() {
        List<Target> targets = register(TARGETS);
        GateView created = create(1);
        assertThat(created.answer()).containsEntry("failingCount", TARGETS).containsEntry("targets", TARGETS);
        assertThat((List<?>) created.answer().get("failing")).hasSize(GateView.MAX_LISTED);
        assertThat(polled).hasSize(TARGETS);
        time.advance(Duration.ofMillis(10));
        targets.forEach(target -> result(target, Outcome.Code.OK));
        Await.until("all results are stored", () -> registry.backlog() == 0);
        settle();
        assertThat(view("g1").state()).as("not before the second is over").isEqualTo(GateState.WAITING);
        time.advance(Duration.ofSeconds(1));
        Await.until("it is open", () -> view("g1").state() == GateState.OPEN);
    }

    @Test
    void countsInTheOrderOfTheRegistryWhateverThreadReports() throws InterruptedException {
        List<Target> targets = register(4);
        assertThat(create(3).state()).isEqualTo(GateState.WAITING);
        List<Thread> threads = new ArrayList<>();
        for (int round = 1; round <= 50; round++) {
            time.advance(Duration.ofMillis(10));
            boolean last = round > 47;
            for (Target target : targets) {
                boolean bad = !last && (target.id().name().equals("m0") || round % 3 == 0);
                threads.add(new Thread(() -> result(target, bad ? Outcome.Code.ERROR : Outcome.Code.OK)));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            threads.clear();
            settle();
            if (round < 50) {
                assertThat(view("g3").state()).isEqualTo(GateState.WAITING);
            }
        }
        // m0 was UNHEALTHY and needs ten passes in a row.
        for (int i = 0; i < 7; i++) {
            assertThat(view("g3").state()).isEqualTo(GateState.WAITING);
            time.advance(Duration.ofMillis(10));
            targets.forEach(target -> result(target, Outcome.Code.OK));
            settle();
        }
        Await.until("it is open", () -> view("g3").state() == GateState.OPEN);
    }

    @Test
    void followersAboveTheLimitAreAnsweredAtOnce() {
        register(1);
        GateView seen = create(1);
        List<CompletableFuture<GateView>> followers = new ArrayList<>();
        for (int i = 0; i < GateViews.MAX_FOLLOWERS; i++) {
            followers.add(gates.follow(seen, true, Duration.ofSeconds(60)));
        }
        assertThat(followers).noneMatch(CompletableFuture::isDone);
        assertThat(gates.follow(seen, true, Duration.ofSeconds(60))).isCompletedWithValue(seen);
        assertThat(gates.following()).isEqualTo(GateViews.MAX_FOLLOWERS);
        time.advance(Duration.ofSeconds(60));
        assertThat(followers)
                .allSatisfy(follower -> assertThat(follower.join().state()).isEqualTo(GateState.WAITING));
        assertThat(gates.following()).isZero();
        assertThat(time.planned()).as("only the wake-up of the gate is left").isEqualTo(1);
    }

    @Test
    void aFollowerMissesNoDecision() throws InterruptedException {
        List<Target> targets = register(1);
        for (int passes = 1; passes <= 15; passes++) {
            GateView seen = create(passes);
            List<CompletableFuture<GateView>> followers = new CopyOnWriteArrayList<>();
            Thread follower = new Thread(() -> {
                for (int i = 0; i < 200; i++) {
                    followers.add(gates.follow(seen, true, Duration.ofSeconds(60)));
                }
            });
            follower.start();
            assertThat(gates.cancel("g" + passes, "x").join()).isPresent();
            follower.join();
            GateView end = view("g" + passes);
            assertThat(end.state()).isEqualTo(GateState.CLOSED);
            assertThat(followers)
                    .hasSize(200)
                    .allSatisfy(one -> assertThat(one.join()).isEqualTo(end));
        }
        assertThat(targets).hasSize(1);
    }

    @Test
    void eventsAreBounded() {
        List<Target> targets = register(1);
        assertThat(create(20).state()).isEqualTo(GateState.WAITING);
        for (int i = 0; i < 300; i++) {
            time.advance(Duration.ofMillis(10));
            result(targets.get(0), i % 2 == 0 ? Outcome.Code.OK : Outcome.Code.ERROR);
            settle();
        }
        List<GateEvent> events = gates.events("g20").join().orElseThrow();
        assertThat(events).hasSize(WaitingGate.MAX_EVENTS);
        assertThat(events.get(0).what()).isEqualTo("created");
        gates.close();
        assertThat(new GateStore(database.database()).find("g20").orElseThrow().events())
                .hasSize(WaitingGate.MAX_EVENTS);
    }

    @Test
    void aPassCountsOnlyOnceTheRegistryShowsIt() throws SQLException {
        Target target = register(1).get(0);
        time.advance(Duration.ofMillis(10));
        result(target, Outcome.Code.OK);
        settle();
        assertThat(registry.target(target.id()).orElseThrow().state().state()).isEqualTo(State.HEALTHY);
        assertThat(create(1).state()).as("the pass is older than the gate").isEqualTo(GateState.WAITING);

        time.advance(Duration.ofMinutes(2));
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("monitor.db"));
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            result(target, Outcome.Code.OK);
            Await.until("the recorder has taken the result", () -> registry.backlog() == 0);
            gates.start();
            assertThat(gates.cancel("nobody", null).join()).isEmpty();
            assertThat(view("g1").state()).isEqualTo(GateState.WAITING);
            assertThat(view("g1").answer()).containsEntry("failingCount", 1);
            statement.execute("ROLLBACK");
        }
        settle();
        assertThat(view("g1").state()).isEqualTo(GateState.OPEN);
    }

    @Test
    void staysShutWhileTheRegistryCannotStoreNewerResults() throws SQLException {
        Target target = register(1).get(0);
        time.advance(Duration.ofMillis(10));
        result(target, Outcome.Code.OK);
        settle();
        sql("ALTER TABLE target_state RENAME TO state_away");
        time.advance(Duration.ofMillis(10));
        result(target, Outcome.Code.ERROR);
        Await.until("the store fails", () -> registry.storeFails());
        assertThat(registry.target(target.id()).orElseThrow().state().state()).isEqualTo(State.HEALTHY);
        GateView created = create(1, time.instant().minusSeconds(1));
        assertThat(created.state()).isEqualTo(GateState.WAITING);
        assertThat(created.answer()).containsEntry("failingCount", 0);

        sql("ALTER TABLE state_away RENAME TO target_state");
        Await.until("the store works again", () -> !registry.storeFails());
        settle();
        assertThat(view("g1").answer()).containsEntry("state", "waiting").containsEntry("failingCount", 1);
        for (int i = 0; i < 10; i++) {
            time.advance(Duration.ofMillis(10));
            result(target, Outcome.Code.OK);
        }
        settle();
        assertThat(view("g1").state()).isEqualTo(GateState.OPEN);
    }

    private void sql(String text) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("monitor.db"));
                Statement statement = connection.createStatement()) {
            statement.execute(text);
        }
    }

    @Test
    void passesCountFromZeroAfterResultsWereLost() {
        Target target = register(1).get(0);
        assertThat(create(2).state()).isEqualTo(GateState.WAITING);
        time.advance(Duration.ofMillis(10));
        result(target, Outcome.Code.OK);
        settle();
        PollResult begunBefore = new PollResult(Outcome.Code.OK, null, 200, time.instant(), Duration.ZERO, List.of());
        time.advance(Duration.ofMillis(10));
        gates.lost();
        registry.record(target, begunBefore);
        settle();
        for (int passes = 0; passes < 2; passes++) {
            assertThat(view("g2").state()).isEqualTo(GateState.WAITING);
            time.advance(Duration.ofMillis(10));
            result(target, Outcome.Code.OK);
            settle();
        }
        assertThat(view("g2").state()).isEqualTo(GateState.OPEN);
    }
}
