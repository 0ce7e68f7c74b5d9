package dev.vitals.health.monitor.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitals.health.Outcome;
import dev.vitals.health.State;
import dev.vitals.health.monitor.Await;
import dev.vitals.health.monitor.model.Change;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.ProbeSettings;
import dev.vitals.health.monitor.model.Registration;
import dev.vitals.health.monitor.model.Source;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.WatchedTarget;
import dev.vitals.health.monitor.store.MemoryStore;
import dev.vitals.health.testkit.ManualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RegistryTest {
    private static final TargetId ID = new TargetId("orders", "m1");
    private static final TargetId NOBODY = new TargetId("nobody", "nobody");

    private final ManualScheduler time = new ManualScheduler();
    private final MemoryStore store = new MemoryStore();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<String> recorded = Collections.synchronizedList(new ArrayList<>());
    private volatile BiConsumer<Target, PollResult> recordedListener =
            (polled, result) -> recorded.add(told.size() + " " + result.code());
    private Registry registry = open();

    private Registry open() {
        Registry opened = new Registry(store, time, Duration.ofHours(24));
        opened.start(new RegistryListener() {
            @Override
            public void watched(Target target) {
                told.add("watched " + target.id());
            }

            @Override
            public void unwatched(TargetId target) {
                told.add("unwatched " + target);
            }

            @Override
            public void changed(Change change) {
                told.add(change.from() + " -> " + change.to());
            }

            @Override
            public void recorded(Target polled, PollResult result) {
                recordedListener.accept(polled, result);
            }

            @Override
            public void lost() {
                recorded.add("lost");
            }
        });
        return opened;
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private static ProbeSettings settings(String url) {
        return Registration.builder(url).healthy(3).build();
    }

    private Target register(String url) {
        return registry.register(ID, settings(url)).join().target();
    }

    private void record(Target polled, Outcome.Code... codes) {
        for (Outcome.Code code : codes) {
            registry.record(polled, new PollResult(code, null, 200, time.instant(), Duration.ofMillis(1), List.of()));
        }
    }

    private WatchedTarget settled() {
        registry.deregister(NOBODY).join();
        return registry.target(ID).orElseThrow();
    }

    @Test
    void tellsOfEachChangeOnce() {
        Target target = register("http://a");
        record(target, Outcome.Code.OK, Outcome.Code.OK, Outcome.Code.ERROR, Outcome.Code.ERROR, Outcome.Code.ERROR);
        assertThat(settled().state().state()).isEqualTo(State.UNHEALTHY);
        assertThat(told)
                .containsExactly(
                        "watched orders/m1", "UNKNOWN -> HEALTHY", "HEALTHY -> DEGRADED", "DEGRADED -> UNHEALTHY");
        assertThat(registry.changes(ID, 2)).extracting(Change::to).containsExactly(State.UNHEALTHY, State.DEGRADED);
    }

    @Test
    void showsAndTellsOnlyWhatIsStored() {
        Target target = register("http://a");
        store.failing(true);
        record(target, Outcome.Code.OK, Outcome.Code.ERROR);
        assertThatThrownBy(() -> registry.deregister(ID).join())
                .isInstanceOf(CompletionException.class)
                .hasRootCauseMessage("the disk is full");
        assertThat(registry.target(ID).orElseThrow().state().state()).isEqualTo(State.UNKNOWN);
        assertThat(told).containsExactly("watched orders/m1");
        assertThat(registry.storeFails()).isTrue();
        record(target, Outcome.Code.ERROR);
        store.failing(false);
        Await.until("all is stored that came meanwhile", () -> told.size() == 4);
        assertThat(told).endsWith("UNKNOWN -> HEALTHY", "HEALTHY -> DEGRADED", "DEGRADED -> UNHEALTHY");
        assertThat(store.load()).containsExactly(registry.target(ID).orElseThrow());
        assertThat(registry.storeFails()).isFalse();
    }

    @Test
    void tellsOfEachResultThatCountsAfterTheCommit() {
        Target target = register("http://a");
        record(target, Outcome.Code.OK, Outcome.Code.OK);
        assertThat(settled().state().state()).isEqualTo(State.HEALTHY);
        record(target, Outcome.Code.OK);
        registry.settled().join();
        // Two calls came before: watched, and changed to HEALTHY.
        assertThat(recorded).containsExactly("2 OK", "2 OK", "2 OK");
        store.failing(true);
        record(target, Outcome.Code.ERROR);
        assertThatThrownBy(() -> registry.settled().join()).hasRootCauseMessage("the disk is full");
        assertThat(recorded).hasSize(3);
        store.failing(false);
        Await.until("the result is stored", () -> recorded.size() == 4);
        assertThat(recorded).endsWith("3 ERROR");
    }

    @Test
    void doesNotTellOfAResultThatDoesNotCount() {
        Target old = register("http://a");
        Target current = register("http://b");
        record(old, Outcome.Code.ERROR);
        record(current, Outcome.Code.OK);
        registry.deregister(ID).join();
        record(current, Outcome.Code.OK);
        registry.settled().join();
        assertThat(recorded).allMatch(text -> text.endsWith("OK")).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void tellsThatResultsAreLostWhenTooManyWait() {
        Target target = register("http://a");
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch free = new CountDownLatch(1);
        recordedListener = (polled, result) -> {
            arrived.countDown();
            Await.latch(free);
            recorded.add(result.code().name());
        };
        record(target, Outcome.Code.OK);
        Await.latch(arrived);
        for (int i = 0; i < 70_000; i++) {
            record(target, Outcome.Code.ERROR);
        }
        free.countDown();
        Await.until("the queue is empty", () -> registry.backlog() == 0);
        registry.settled().join();
        record(target, Outcome.Code.WARNING);
        registry.settled().join();
        assertThat(recorded).startsWith("OK", "lost", "ERROR").endsWith("ERROR", "lost", "WARNING");
        assertThat(recorded.stream().filter("ERROR"::equals)).hasSize(65_536);
    }

    @Test
    void tellsThatResultsAreLostWhenTheStoreFailsForLong() {
        Target target = register("http://a");
        store.failing(true);
        for (int i = 0; i < 70_000; i++) {
            record(target, i < 60_000 ? Outcome.Code.ERROR : Outcome.Code.OK);
            if (i % 10_000 == 9_999) {
                assertThatThrownBy(() -> registry.settled().join()).hasRootCauseMessage("the disk is full");
            }
        }
        store.failing(false);
        Await.until("all is stored", () -> recorded.size() > 4_000);
        registry.settled().join();
        assertThat(recorded.get(0)).isEqualTo("lost");
        assertThat(recorded.subList(1, recorded.size())).allMatch(text -> text.endsWith("OK"));
    }

    @Test
    void refusesARegistrationThatCannotBeStored() {
        store.failing(true);
        assertThatThrownBy(() -> register("http://a")).hasRootCauseMessage("the disk is full");
        assertThat(registry.targets()).isEmpty();
        store.failing(false);
        assertThat(register("http://a").id()).isEqualTo(ID);
    }

    @Test
    void passesOverAResultForAnEarlierUrlOrLife() {
        Target old = register("http://a");
        Target moved = register("http://b");
        record(old, Outcome.Code.ERROR, Outcome.Code.ERROR);
        assertThat(settled().state().lastResult()).isNull();
        time.advance(Duration.ofSeconds(1));
        assertThat(registry.deregister(ID).join()).isTrue();
        register("http://b");
        record(moved, Outcome.Code.ERROR, Outcome.Code.ERROR);
        assertThat(settled().state().lastResult()).isNull();
    }

    @Test
    void anEqualRegistrationKeepsTheCounters() {
        Target target = register("http://a");
        record(target, Outcome.Code.WARNING, Outcome.Code.OK, Outcome.Code.OK);
        register("http://a");
        record(target, Outcome.Code.OK);
        assertThat(settled().state().state()).isEqualTo(State.HEALTHY);
    }

    @Test
    void storesWhatHasArrivedBeforeItCloses() {
        Target target = register("http://a");
        record(target, Outcome.Code.OK);
        registry.close();
        assertThat(store.load().get(0).state().state()).isEqualTo(State.HEALTHY);
        assertThatThrownBy(() -> register("http://a")).hasRootCauseMessage("closed");
        registry = open();
        assertThat(registry.target(ID).orElseThrow().state().state()).isEqualTo(State.HEALTHY);
    }

    @Test
    void writesNothingWhenNothingHasChanged() {
        register("http://a");
        int writes = store.writes();
        registry.sweep();
        registry.deregister(NOBODY).join();
        assertThat(store.writes()).isEqualTo(writes);
    }

    @Test
    void aStateOfBeforeTheStartIsNotShownWhenItIsTooOld() {
        record(register("http://a"), Outcome.Code.OK);
        assertThat(settled().state().state()).isEqualTo(State.HEALTHY);
        registry.close();
        time.advance(Duration.ofMinutes(10));
        registry = open();
        WatchedTarget shown = registry.target(ID).orElseThrow();
        assertThat(shown.state().state()).isEqualTo(State.UNKNOWN);
        assertThat(registry.changes(ID, 1))
                .containsExactly(new Change(
                        ID,
                        State.HEALTHY,
                        State.UNKNOWN,
                        time.instant().minus(Duration.ofMinutes(9)),
                        "no result for two intervals"));
    }

    @Test
    void whatOnlyRepeatsIsShownButStoredAtTheEnd() {
        Target target = register("http://a");
        record(target, Outcome.Code.OK);
        settled();
        time.advance(Duration.ofSeconds(30));
        record(target, Outcome.Code.OK);
        PollResult latest = Objects.requireNonNull(settled().state().lastResult());
        assertThat(latest.time()).isEqualTo(time.instant());
        assertThat(store.load().get(0).state().counts().oks()).isEqualTo(1);
        registry.close();
        assertThat(store.load().get(0).state().lastResult()).isEqualTo(latest);
    }

    @Test
    void aNameBelongsToOneSourceAlone() {
        register("http://a");
        Map<TargetId, ProbeSettings> two = Map.of(ID, settings("http://b"), NOBODY, settings("http://c"));
        assertThatThrownBy(() ->
                        registry.configure(Source.FILE, two, Set.of(), "gone").join())
                .hasRootCauseMessage("orders/m1 is there already, by registration, and can only be changed there");
        assertThat(registry.targets()).hasSize(1);
        registry.configure(Source.FILE, Map.of(NOBODY, settings("http://c")), Set.of(), "gone")
                .join();
        assertThatThrownBy(() -> registry.deregister(NOBODY).join()).hasRootCauseInstanceOf(TakenException.class);
        assertThat(registry.targets()).hasSize(2);
    }

    @Test
    void aConfiguredTargetKeepsItsStateOnlyWhileItLooksAtTheSameThing() {
        registry.configure(Source.FILE, Map.of(ID, settings("http://a")), Set.of(), "gone")
                .join();
        record(registry.target(ID).orElseThrow().target(), Outcome.Code.OK);
        registry.configure(
                        Source.FILE, Map.of(ID, Registration.builder("http://a").build()), Set.of(), "gone")
                .join();
        assertThat(registry.target(ID).orElseThrow().state().state()).isEqualTo(State.HEALTHY);
        registry.configure(Source.FILE, Map.of(ID, settings("http://b")), Set.of(), "gone")
                .join();
        assertThat(registry.target(ID).orElseThrow().state().state()).isEqualTo(State.UNKNOWN);
        registry.configure(Source.FILE, Map.of(), Set.of(ID), "no longer in the file")
                .join();
        assertThat(registry.targets()).isEmpty();
        assertThat(registry.changes(ID, 1).get(0).why()).isEqualTo("no longer in the file");
    }
}
