package dev.vitals.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.testkit.ManualScheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

/** When runs start, beyond the plain interval. */
class SchedulingTest {
    private final ManualScheduler time = new ManualScheduler();
    private final Checks check = new Checks();

    @Test
    void looksMoreOftenWhileFailing() {
        try (Health health = Checks.builder(time)
                .check("c", check, c -> c.failingInterval(Duration.ofSeconds(1)))
                .start()) {
            time.advance(Duration.ofSeconds(30));
            assertThat(check.runs).hasValue(4);
            check.next = Outcome.error("down");
            time.advance(Duration.ofSeconds(20));
            assertThat(check.runs.get()).isBetween(14, 16);
            check.next = Outcome.ok();
            time.advance(Duration.ofSeconds(1));
            int before = check.runs.get();
            time.advance(Duration.ofSeconds(30));
            assertThat(check.runs.get() - before).isEqualTo(3);
            assertThat(health.report().status()).isEqualTo(Status.PASS);
            assertThat(time.planned()).isEqualTo(1);
        }
    }

    @Test
    void startsLateByNoMoreThanTheJitter() {
        try (Health health = Health.builder()
                .scheduler(time)
                .clock(time)
                .executor(Runnable::run)
                .jitter(0.5)
                .check("c", check)
                .start()) {
            time.advance(Duration.ofSeconds(10_000));
            assertThat(check.runs.get()).isBetween(900, 1_001);
            assertThat(health.report().status()).isEqualTo(Status.PASS);
        }
    }

    @Test
    void anOutcomeMaySayHowLongItHolds() {
        try (Health health = Checks.builder(time)
                .check("c", check, c -> c.interval(Duration.ofHours(1)))
                .start()) {
            check.next = Outcome.ok().holdsFor(Duration.ofSeconds(5));
            time.advance(Duration.ofSeconds(4));
            assertThat(health.report().status()).isEqualTo(Status.PASS);
            time.advance(Duration.ofSeconds(1));
            assertThat(Checks.result(health, "c").state()).isEqualTo(State.UNKNOWN);
        }
    }

    @Test
    void neverRunsMoreAtOnceThanAllowed() {
        Deque<Runnable> workers = new ArrayDeque<>();
        try (Health health = Health.builder()
                .scheduler(time)
                .clock(time)
                .executor(workers::add)
                .maxConcurrentRuns(2)
                .check("a", check)
                .check("b", check)
                .check("c", check, c -> c.timeout(Duration.ofSeconds(5)))
                .check("d", check, c -> c.timeout(Duration.ofSeconds(1)))
                .start()) {
            time.advance(Duration.ofMillis(100));
            assertThat(workers).hasSize(2);
            time.advance(Duration.ofSeconds(1));
            assertThat(Checks.result(health, "d").output())
                    .contains("not started within 1000 ms: too many checks are running");
            workers.remove().run();
            assertThat(workers).hasSize(2);
            workers.remove().run();
            workers.remove().run();
            assertThat(workers).isEmpty();
            assertThat(Checks.result(health, "c").state()).isEqualTo(State.HEALTHY);
        }
    }

    @Test
    void aHungRunGivesItsPlaceToOthers() {
        Deque<Runnable> workers = new ArrayDeque<>();
        try (Health health = Health.builder()
                .scheduler(time)
                .clock(time)
                .executor(workers::add)
                .maxConcurrentRuns(1)
                .check("hung", check)
                .check("good", check, c -> c.timeout(Duration.ofSeconds(10)))
                .start()) {
            time.advance(Duration.ofSeconds(1));
            assertThat(workers).hasSize(1);
            Runnable hung = workers.remove();
            time.advance(Duration.ofSeconds(1));
            workers.remove().run();
            assertThat(Checks.result(health, "good").state()).isEqualTo(State.HEALTHY);
            hung.run();
            assertThat(Checks.result(health, "hung").outcome().code()).isEqualTo(Outcome.Code.ERROR);
        }
    }

    @Test
    void leavesACheckThatHungAloneForAWhile() {
        Deque<Runnable> workers = new ArrayDeque<>();
        try (Health health = Health.builder()
                .scheduler(time)
                .clock(time)
                .jitter(0)
                .executor(workers::add)
                .check("hung", check)
                .start()) {
            time.advance(Duration.ofSeconds(5));
            workers.remove().run();
            time.advance(Duration.ofSeconds(9));
            assertThat(workers).isEmpty();
            time.advance(Duration.ofSeconds(6));
            workers.remove().run();
            assertThat(Checks.result(health, "hung").state()).isEqualTo(State.HEALTHY);
            time.advance(Duration.ofSeconds(10));
            assertThat(workers).hasSize(1);
        }
    }
}
