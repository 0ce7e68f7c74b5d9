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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class RegistryTest extends RegistryFixture {
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
        database.failing(true);
        record(target, Outcome.Code.OK, Outcome.Code.ERROR);
        assertThatThrownBy(() -> registry.deregister(ID, ENTRY).join())
                .isInstanceOf(CompletionException.class)
                .hasStackTraceContaining("the disk is full");
        assertThat(registry.target(ID).orElseThrow().state().state()).isEqualTo(State.UNKNOWN);
        assertThat(told).containsExactly("watched orders/m1");
        assertThat(registry.storeFails()).isTrue();
        record(target, Outcome.Code.ERROR);
        database.failing(false);
        Await.until("all is stored that came meanwhile", () -> told.size() == 4);
        assertThat(told).endsWith("UNKNOWN -> HEALTHY", "HEALTHY -> DEGRADED", "DEGRADED -> UNHEALTHY");
        assertThat(stored().get(0).state().counts())
                .isEqualTo(registry.target(ID).orElseThrow().state().counts());
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
        database.failing(true);
        record(target, Outcome.Code.ERROR);
        assertThatThrownBy(() -> registry.settled().join()).hasStackTraceContaining("the disk is full");
        assertThat(recorded).hasSize(3);
        database.failing(false);
        Await.until("the result is stored", () -> recorded.size() == 4);
        assertThat(recorded).endsWith("3 ERROR");
    }

    @Test
    void doesNotTellOfAResultThatDoesNotCount() {
        Target old = register("http://a");
        Target current = register("http://b");
        record(old, Outcome.Code.ERROR);
        record(current, Outcome.Code.OK);
        registry.deregister(ID, ENTRY).join();
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
        database.failing(true);
        for (int i = 0; i < 70_000; i++) {
            record(target, i < 60_000 ? Outcome.Code.ERROR : Outcome.Code.OK);
            if (i % 10_000 == 9_999) {
                assertThatThrownBy(() -> registry.settled().join()).hasStackTraceContaining("the disk is full");
            }
        }
        database.failing(false);
        Await.until("all is stored", () -> recorded.size() > 4_000);
        registry.settled().join();
        assertThat(recorded.get(0)).isEqualTo("lost");
        assertThat(recorded.subList(1, recorded.size())).allMatch(text -> text.endsWith("OK"));
    }

    @Test
    void aListenerThatFailsDoesNotKeepTheNewsFromTheOthers() {
        registry.close();
        registry = database.registry(time, Duration.ofHours(24));
        List<TargetId> second = new CopyOnWriteArrayList<>();
        registry.start(
                new RegistryListener() {
                    @Override
                    public void watched(Target target) {
                        throw new IllegalStateException("a broken listener");
                    }
                },
                new RegistryListener() {
                    @Override
                    public void watched(Target target) {
                        second.add(target.id());
                    }
                });
        assertThat(register("http://a").id()).isEqualTo(ID);
        assertThat(second).containsExactly(ID);
    }

    @Test
    void refusesARegistrationThatCannotBeStored() {
        database.failing(true);
        assertThatThrownBy(() -> register("http://a")).hasStackTraceContaining("the disk is full");
        assertThat(registry.targets()).isEmpty();
        database.failing(false);
        assertThat(register("http://a").id()).isEqualTo(ID);
    }

    @Test
    void ignoresAResultForAnEarlierUrlOrLife() {
        Target old = register("http://a");
        Target moved = register("http://b");
        record(old, Outcome.Code.ERROR, Outcome.Code.ERROR);
        assertThat(settled().state().lastResult()).isNull();
        time.advance(Duration.ofSeconds(1));
        assertThat(registry.deregister(ID, ENTRY).join()).isTrue();
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
        assertThat(stored().get(0).state().state()).isEqualTo(State.HEALTHY);
        assertThatThrownBy(() -> register("http://a")).hasRootCauseMessage("closed");
        registry = open();
        assertThat(registry.target(ID).orElseThrow().state().state()).isEqualTo(State.HEALTHY);
    }

    @Test
    void writesNothingWhenNothingHasChanged() {
        register("http://a");
        int writes = database.commits();
        registry.sweep();
        registry.deregister(NOBODY, ENTRY).join();
        assertThat(database.commits()).isEqualTo(writes);
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
                        time.instant()
                                .minus(Duration.ofMinutes(10))
                                .plusSeconds(65)
                                .plusMillis(1),
                        "no result for 65 s"));
    }

    @Test
    void aStateOfBeforeTheMachineSleptIsNotShown() {
        record(register("http://a"), Outcome.Code.OK);
        assertThat(settled().state().state()).isEqualTo(State.HEALTHY);
        // As the clocks of a machine are after a sleep: elapsed time stood still.
        time.setWall(time.instant().plus(Duration.ofHours(1)));
        assertThat(registry.target(ID).orElseThrow().state().state()).isEqualTo(State.UNKNOWN);
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
        assertThat(stored().get(0).state().counts().oks()).isEqualTo(1);
        registry.close();
        assertThat(stored().get(0).state().lastResult()).isEqualTo(latest);
    }

    @Test
    void aNameBelongsToOneSourceAlone() {
        register("http://a");
        Map<TargetId, ProbeSettings> two = Map.of(ID, settings("http://b"), NOBODY, settings("http://c"));
        assertThatThrownBy(() -> registry.configure(Source.FILE, two, Set.of(), "gone", also -> {})
                        .join())
                .hasRootCauseMessage("orders/m1 is there already, by registration, and can only be changed there");
        assertThat(registry.targets()).hasSize(1);
        registry.configure(Source.FILE, Map.of(NOBODY, settings("http://c")), Set.of(), "gone", also -> {})
                .join();
        assertThatThrownBy(() -> registry.deregister(NOBODY, ENTRY).join())
                .hasRootCauseInstanceOf(ConflictException.class);
        assertThat(registry.targets()).hasSize(2);
    }

    @Test
    void aConfiguredTargetKeepsItsStateOnlyWhileItLooksAtTheSameThing() {
        registry.configure(Source.FILE, Map.of(ID, settings("http://a")), Set.of(), "gone", also -> {})
                .join();
        record(registry.target(ID).orElseThrow().target(), Outcome.Code.OK);
        registry.configure(
                        Source.FILE, Map.of(ID, Registration.builder("http://a").build()), Set.of(), "gone", also -> {})
                .join();
        assertThat(registry.target(ID).orElseThrow().state().state()).isEqualTo(State.HEALTHY);
        registry.configure(Source.FILE, Map.of(ID, settings("http://b")), Set.of(), "gone", also -> {})
                .join();
        assertThat(registry.target(ID).orElseThrow().state().state()).isEqualTo(State.UNKNOWN);
        registry.configure(Source.FILE, Map.of(), Set.of(ID), "no longer in the file", also -> {})
                .join();
        assertThat(registry.targets()).isEmpty();
        assertThat(registry.changes(ID, 1).get(0).why()).isEqualTo("no longer in the file");
    }
}
