package dev.vitals.health.monitor.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.Outcome;
import dev.vitals.health.monitor.Await;
import dev.vitals.health.monitor.maintenance.Suppressions;
import dev.vitals.health.monitor.model.Attribution;
import dev.vitals.health.monitor.model.Change;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Registration;
import dev.vitals.health.monitor.model.Selection;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.registry.Registry;
import dev.vitals.health.monitor.registry.RegistryListener;
import dev.vitals.health.monitor.store.GateStore;
import dev.vitals.health.monitor.store.SuppressionStore;
import dev.vitals.health.monitor.store.TestDatabase;
import dev.vitals.health.testkit.ManualScheduler;
import java.nio.file.Path;
import java.time.Duration;
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

/** Gates over a real registry and database, with results handed in: many of them, from many threads. */
class GatesTest {
    private static final int TARGETS = 2_000;

    @TempDir
    Path directory;

    private final ManualScheduler time = new ManualScheduler();
    private final List<TargetId> polledAnew = new CopyOnWriteArrayList<>();
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
                polledAnew::add,
                new Time(time, time));
        registry.start(new RegistryListener() {
            @Override
            public void watched(Target target) {
                gates.watched(target);
            }

            @Override
            public void unwatched(TargetId target) {
                gates.unwatched(target);
            }

            @Override
            public void changed(Change change) {
                gates.changed(change);
            }
        });
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
                                    .lease(Duration.ZERO)
                                    .build(),
                            done -> TestDatabase.ENTRY)
                    .thenApply(done -> done.target()));
        }
        return registered.stream().map(CompletableFuture::join).toList();
    }

    private GateView create(int passes) {
        Gate gate = new Gate(
                "g" + passes,
                new Selection(null, "orders", Map.of(), new TreeSet<>()),
                new Rule(passes, time.instant(), null, false, false, false),
                new Gate.Limits(time.instant().plusSeconds(3_600), null, Duration.ofMinutes(5)),
                new Attribution(null, null, time.instant()));
        return gates.create(gate).join();
    }

    private void result(Target target, Outcome.Code code) {
        PollResult result = new PollResult(
                code, code == Outcome.Code.OK ? null : "no", 200, time.instant(), Duration.ZERO, List.of());
        registry.record(target, result);
        gates.observe(target, result);
    }

    // Three times: results are counted once the registry shows them, and what comes meanwhile the time after.
    private void settle() {
        for (int i = 0; i < 3; i++) {
            assertThat(registry.deregister(new TargetId("nobody", "nobody"), TestDatabase.ENTRY)
                            .join())
                    .isFalse();
            assertThat(gates.cancel("nobody", null).join()).isEmpty();
        }
    }

    private GateView view(String id) {
        return gates.view(id).orElseThrow();
    }

    @Test
    void aBigGateIsJudgedOnceASecondAndListsAHundred() {
        List<Target> targets = register(TARGETS);
        GateView created = create(1);
        assertThat(created.answer()).containsEntry("failingCount", TARGETS).containsEntry("targets", TARGETS);
        assertThat((List<?>) created.answer().get("failing")).hasSize(GateView.MAX_LISTED);
        assertThat(polledAnew).hasSize(TARGETS);
        time.advance(Duration.ofMillis(10));
        targets.forEach(target -> result(target, Outcome.Code.OK));
        Await.until("all results are stored", () -> registry.backlog() == 0);
        settle();
        assertThat(view("g1").state()).as("not before the second is over").isEqualTo(GateState.WAITING);
        time.advance(Duration.ofSeconds(1));
        Await.until("it is open", () -> view("g1").state() == GateState.OPEN);
    }

    @Test
    void whatOneThreadSaysLastCounts() throws InterruptedException {
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
    void moreFollowersThanMayWaitAreAnsweredAtOnce() {
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
        assertThat(time.planned()).as("only the gate's own alarm is left").isEqualTo(1);
    }

    @Test
    void newsIsNotMissedHoweverItMeetsTheFollower() throws InterruptedException {
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
}
