package dev.vitals.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.testkit.FaultyCheck;
import dev.vitals.health.testkit.ManualScheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The starts of runs, beyond the plain interval. */
class SchedulingTest {
    private final ManualScheduler time = new ManualScheduler();
    private final FaultyCheck check = FaultyCheck.ok();

    @Test
    void runsMoreOftenWhileFailing() {
        try (Health health = time.health()
                .check("c", check, c -> c.failingInterval(Duration.ofSeconds(1)))
                .start()) {
            time.advance(Duration.ofSeconds(30));
            assertThat(check.runs()).isEqualTo(4);
            check.answer(Outcome.error("down"));
            time.advance(Duration.ofSeconds(20));
            assertThat(check.runs()).isBetween(14, 16);
            check.answer(Outcome.ok());
            time.advance(Duration.ofSeconds(1));
            int before = check.runs();
            time.advance(Duration.ofSeconds(30));
            assertThat(check.runs() - before).isEqualTo(3);
            assertThat(health.report().status()).isEqualTo(Status.PASS);
            assertThat(time.planned()).isEqualTo(1);
        }
    }

    @Test
    void startsLateByNoMoreThanTheJitter() {
        try (Health health = time.health().jitter(0.5).check("c", check).start()) {
            time.advance(Duration.ofSeconds(10_000));
            assertThat(check.runs()).isBetween(900, 1_001);
            assertThat(health.report().status()).isEqualTo(Status.PASS);
        }
    }

    @Test
    void anOutcomeMayHaveItsOwnMaxAge() {
        try (Health health = time.health()
                .check("c", check, c -> c.interval(Duration.ofHours(1)))
                .start()) {
            check.answer(Outcome.ok().holdsFor(Duration.ofSeconds(5)));
            time.advance(Duration.ofSeconds(4));
            assertThat(health.report().status()).isEqualTo(Status.PASS);
            time.advance(Duration.ofSeconds(1));
            assertThat(health.check("c").orElseThrow().state()).isEqualTo(State.UNKNOWN);
        }
    }

    @Test
    void neverRunsMoreAtTheSameTimeThanAllowed() {
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
            assertThat(health.check("d").orElseThrow().output())
                    .contains("not started within 1 s: too many checks are running");
            workers.remove().run();
            assertThat(workers).hasSize(2);
            workers.remove().run();
            workers.remove().run();
            assertThat(workers).isEmpty();
            assertThat(health.check("c").orElseThrow().state()).isEqualTo(State.HEALTHY);
        }
    }

    @Test
    void aHungRunGivesItsPlaceToOthers() {
        List<State> seen = new ArrayList<>();
        Health[] health = new Health[1];
        HealthCheck hung = () -> {
            time.advance(Duration.ofSeconds(3));
            seen.add(health[0].check("good").orElseThrow().state());
            return Outcome.ok();
        };
        health[0] = time.health()
                .maxConcurrentRuns(1)
                .check("hung", hung)
                .check("good", check, c -> c.timeout(Duration.ofSeconds(10)))
                .start();
        time.advance(Duration.ZERO);
        assertThat(seen).containsExactly(State.HEALTHY);
        assertThat(health[0].check("hung").orElseThrow().output()).contains("no answer within 2 s");
        health[0].close();
    }

    @Test
    void letsACheckThatHungRestForAWhile() {
        try (Health health = time.health().check("slow", check).start()) {
            time.advance(Duration.ofSeconds(5));
            assertThat(check.runs()).isEqualTo(1);
            check.slow(time, Duration.ofSeconds(15));
            time.advance(Duration.ofSeconds(5)); // runs from 10 to 25, so not again before 35
            assertThat(check.runs()).isEqualTo(2);
            check.answer(Outcome.ok());
            time.advance(Duration.ofSeconds(14));
            assertThat(check.runs()).isEqualTo(2);
            time.advance(Duration.ofSeconds(1));
            assertThat(check.runs()).isEqualTo(3);
            assertThat(health.report().status()).isEqualTo(Status.PASS);
        }
    }

    @Test
    void aCheckThatIsLateButBackBeforeItsNextStartIsWellAsSoonAsItIsFast() {
        try (Health health = time.health().check("slow", check).start()) {
            time.advance(Duration.ofSeconds(5));
            check.slow(time, Duration.ofMillis(2_400));
            time.advance(Duration.ofSeconds(80 * 10));
            assertThat(check.runs()).isEqualTo(81);
            assertThat(health.check("slow").orElseThrow().state()).isEqualTo(State.UNHEALTHY);
            check.answer(Outcome.ok());
            time.advance(Duration.ofSeconds(10));
            assertThat(health.check("slow").orElseThrow().state()).isEqualTo(State.HEALTHY);
        }
    }

    @Test
    void doesNotStartARunThatExpiredBeforeItHadAThread() {
        Deque<Runnable> workers = new ArrayDeque<>();
        try (Health health =
                time.health().executor(workers::add).check("c", check).start()) {
            time.advance(Duration.ofSeconds(2));
            assertThat(health.check("c").orElseThrow().output()).contains("not started within 2 s: no thread was free");
            workers.remove().run();
            assertThat(check.runs()).isEqualTo(0);
            time.advance(Duration.ofSeconds(1));
            workers.remove().run();
            assertThat(health.check("c").orElseThrow().state()).isEqualTo(State.HEALTHY);
        }
    }

    @Test
    void aProbeFindsNoStaleResultWhileResultsArrive() {
        FaultyCheck check = FaultyCheck.ok();
        try (Health health = time.health()
                .check("a", check)
                .check("b", check)
                .check("c", check)
                .start()) {
            for (int second = 0; second < 120; second++) {
                time.advance(Duration.ofSeconds(1));
                // One snapshot shows all checks of the start, and each result makes another.
                assertThat(health.report().version()).isEqualTo(1 + check.runs());
            }
        }
    }
}
