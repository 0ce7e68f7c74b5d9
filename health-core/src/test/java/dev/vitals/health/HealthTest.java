package dev.vitals.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vitals.health.internal.engine.HealthView;
import dev.vitals.health.testkit.FaultyCheck;
import dev.vitals.health.testkit.ManualScheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The engine on manual time; checks run on the thread that advances it. */
class HealthTest {
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final ManualScheduler time = new ManualScheduler();

    private static CheckResult result(Health health, String name) {
        return health.check(name).orElseThrow();
    }

    private static Deque<Outcome> script(String letters) {
        Deque<Outcome> outcomes = new ArrayDeque<>();
        letters.chars().forEach(letter -> outcomes.add(letter == 'S' ? Outcome.ok() : Outcome.error("broken")));
        return outcomes;
    }

    @Test
    void isUnknownAndFailsUntilTheFirstResult() {
        try (Health health = time.health().check("c", Outcome::ok).start()) {
            assertThat(health.report().status()).isEqualTo(Status.FAIL);
            assertThat(result(health, "c").state()).isEqualTo(State.UNKNOWN);
            assertThat(result(health, "c").output()).contains("no result yet");
            time.advance(Duration.ZERO);
            assertThat(health.report().status()).isEqualTo(Status.PASS);
        }
    }

    @Test
    void runsEveryIntervalAndNotMoreOften() {
        AtomicInteger runs = new AtomicInteger();
        try (Health health = time.health()
                .check("c", () -> Outcome.ok().with("run", runs.incrementAndGet()))
                .start()) {
            time.advance(Duration.ofSeconds(100));
            assertThat(runs).hasValueBetween(10, 12);
            assertThat(result(health, "c").outcome().data()).containsEntry("run", runs.get());
        }
    }

    @Test
    void failuresThatAreNotInARowDoNotMakeUnhealthy() {
        Deque<Outcome> outcomes = script("FSSFSSF");
        List<State> states = new ArrayList<>();
        Duration second = Duration.ofSeconds(1);
        try (Health health = time.health()
                .check("c", outcomes::remove, c -> c.failureThreshold(3).interval(second))
                .start()) {
            time.advance(Duration.ZERO);
            states.add(result(health, "c").state());
            while (!outcomes.isEmpty()) {
                time.advance(second);
                states.add(result(health, "c").state());
            }
        }
        assertThat(states)
                .containsExactly(
                        State.UNKNOWN,
                        State.HEALTHY,
                        State.HEALTHY,
                        State.DEGRADED,
                        State.HEALTHY,
                        State.HEALTHY,
                        State.DEGRADED);
    }

    @Test
    void becomesUnhealthyAtTheThresholdAndHeals() {
        Deque<Outcome> outcomes = script("SFFFSS");
        try (Health health = time.health()
                .check("c", outcomes::remove, c -> c.failureThreshold(3).successThreshold(2))
                .start()) {
            time.advance(INTERVAL.multipliedBy(2));
            assertThat(result(health, "c").state()).isEqualTo(State.DEGRADED);
            time.advance(INTERVAL);
            assertThat(result(health, "c").state()).isEqualTo(State.UNHEALTHY);
            assertThat(health.report().status()).isEqualTo(Status.FAIL);
            time.advance(INTERVAL);
            assertThat(result(health, "c").output()).contains("recovering: 1 of 2 OK in a row");
            time.advance(INTERVAL);
            assertThat(result(health, "c").state()).isEqualTo(State.HEALTHY);
        }
    }

    @Test
    void aDeadSchedulerTurnsTheReportToFailByAge() {
        try (Health health = time.health().check("c", Outcome::ok).start()) {
            time.advance(Duration.ZERO);
            time.die();
            time.advance(Duration.ofSeconds(21));
            assertThat(health.report().status()).isEqualTo(Status.PASS);
            time.advance(Duration.ofSeconds(1));
            assertThat(health.report().status()).isEqualTo(Status.FAIL);
            assertThat(result(health, "c").state()).isEqualTo(State.UNKNOWN);
            time.advance(Duration.ofSeconds(20));
            assertThat(result(health, "c").output()).contains("no result for 42 s");
            assertThat(result(health, "c").outcome().code()).isEqualTo(Outcome.Code.ERROR);
        }
    }

    @Test
    void aResultAfterAStaleOneCountsAgain() {
        AtomicInteger runs = new AtomicInteger();
        try (Health health = time.health()
                .check(
                        "c",
                        () -> Outcome.ok().with("run", runs.incrementAndGet()),
                        c -> c.maxAge(Duration.ofSeconds(3)))
                .start()) {
            time.advance(Duration.ofSeconds(9));
            assertThat(result(health, "c").state()).isEqualTo(State.UNKNOWN);
            time.advance(Duration.ofSeconds(1));
            assertThat(result(health, "c").state()).isEqualTo(State.HEALTHY);
        }
    }

    @Test
    void theWallClockMayBeSetBackWithoutHarm() {
        try (Health health = time.health().check("c", Outcome::ok).start()) {
            time.advance(Duration.ofSeconds(1));
            time.setWall(Instant.parse("1999-01-01T00:00:00Z"));
            assertThat(health.report().status()).isEqualTo(Status.PASS);
        }
    }

    @Test
    void anErrorThrownByACheckLeavesItsScheduleAlive() {
        AtomicInteger runs = new AtomicInteger();
        try (Health health = time.health()
                .check("bad", () -> {
                    if (runs.incrementAndGet() == 1) {
                        throw new StackOverflowError("secret text");
                    }
                    return Outcome.ok();
                })
                .check("good", Outcome::ok)
                .start()) {
            time.advance(Duration.ofMillis(20));
            assertThat(result(health, "bad").outcome().code()).isEqualTo(Outcome.Code.ERROR);
            assertThat(result(health, "bad").output().orElseThrow())
                    .startsWith("failed unexpectedly: StackOverflowError, in the log as ")
                    .doesNotContain("secret text");
            assertThat(result(health, "good").state()).isEqualTo(State.HEALTHY);
            time.advance(INTERVAL);
            assertThat(result(health, "bad").state()).isEqualTo(State.HEALTHY);
        }
    }

    @Test
    void containsExceptionsThatThrowFromTheirOwnMethods() {
        class Hostile extends RuntimeException {
            private static final long serialVersionUID = 1L;

            @Override
            public StackTraceElement[] getStackTrace() {
                throw new IllegalStateException("hostile");
            }
        }
        try (Health health = time.health()
                .check("c", () -> {
                    throw new Hostile();
                })
                .start()) {
            time.advance(INTERVAL);
            assertThat(result(health, "c").output()).contains("failed unexpectedly");
        }
    }

    @Test
    void takesRaisedOutcomesAndCountsAMissingOneAsAnError() {
        try (Health health = time.health()
                .handler("ok", () -> {
                    throw new HealthCheckOk("fine", Map.of("n", 1));
                })
                .handler("silent", () -> {})
                .check("null", () -> null)
                .check("raises", () -> {
                    throw new HealthCheckWarning("slow");
                })
                .start()) {
            time.advance(Duration.ofMillis(100));
            assertThat(result(health, "ok").outcome().data()).containsEntry("n", 1);
            assertThat(result(health, "silent").outcome().toString()).isEqualTo("ERROR: raised no outcome");
            assertThat(result(health, "null").outcome().toString()).isEqualTo("ERROR: returned no outcome");
            assertThat(result(health, "raises").state()).isEqualTo(State.DEGRADED);
        }
    }

    @Test
    void aNonCriticalFailureOnlyWarns() {
        try (Health health = time.health()
                .check(
                        "c",
                        () -> Outcome.error("down"),
                        c -> c.critical(false).failureThreshold(1).groups("ready"))
                .check("d", Outcome::ok)
                .start()) {
            time.advance(Duration.ofMillis(10));
            assertThat(health.report().status()).isEqualTo(Status.WARN);
            assertThat(health.report("ready").orElseThrow().status()).isEqualTo(Status.WARN);
            assertThat(health.report("live").orElseThrow().status()).isEqualTo(Status.PASS);
            assertThat(health.report("other")).isEmpty();
            assertThat(health.report("")).isEmpty();
        }
    }

    @Test
    void registersAndUnregistersWhileRunning() {
        try (Health health = time.health().start()) {
            assertThat(health.report().status()).isEqualTo(Status.PASS);
            health.register("late", () -> Outcome.ok("here"), c -> c.groups("mine"));
            assertThat(health.groups()).containsExactly("live", "ready", "startup", "mine");
            time.advance(Duration.ZERO);
            assertThat(result(health, "late").state()).isEqualTo(State.HEALTHY);
            assertThat(health.unregister("late")).isTrue();
            assertThat(health.unregister("late")).isFalse();
            assertThat(health.check("late")).isEmpty();
            assertThat(health.report("mine")).isEmpty();
            assertThat(time.planned()).isZero();
            health.register("late", Outcome::ok);
            assertThat(health.check("late")).isPresent();
        }
    }

    @Test
    void aCheckMayRegisterAndUnregisterAndClose() {
        Health[] health = new Health[1];
        health[0] = time.health()
                .check("busy", () -> {
                    health[0].register("child", Outcome::ok);
                    health[0].unregister("busy");
                    return Outcome.ok();
                })
                .check("closer", () -> {
                    health[0].close();
                    return Outcome.ok("closed");
                })
                .start();
        time.advance(Duration.ofMillis(100));
        assertThat(health[0].check("busy")).isEmpty();
        assertThat(result(health[0], "closer").outcome().message()).contains("closed");
        assertThat(time.planned()).isZero();
    }

    @Test
    void doesNotShowDisabledChecks() {
        AtomicInteger runs = new AtomicInteger();
        try (Health health = time.health()
                .check("off", () -> Outcome.ok().with("n", runs.incrementAndGet()), c -> c.enabled(false))
                .start()) {
            time.advance(INTERVAL);
            assertThat(health.check("off")).isEmpty();
            assertThat(runs).hasValue(0);
        }
    }

    @Test
    void redactsBeforeAnybodyCanRead() {
        try (Health health = time.health()
                .check(
                        "c",
                        () -> Outcome.error("cannot reach http://app:s3cret@host/")
                                .with("token", "s3cret"))
                .start()) {
            time.advance(Duration.ZERO);
            assertThat(result(health, "c").outcome().toString()).doesNotContain("s3cret");
        }
    }

    @Test
    void returnsTheSameReportAsLongAsNothingChanges() {
        try (Health health = time.health().check("c", Outcome::ok).start()) {
            time.advance(Duration.ofSeconds(1));
            HealthReport report = health.report();
            time.advance(Duration.ofSeconds(1));
            assertThat(health.report()).isSameAs(report);
            assertThat(HealthView.of(health).steadyFor(report)).isEqualTo(Duration.ofSeconds(8));
            time.advance(INTERVAL);
            assertThat(health.report().version()).isGreaterThan(report.version());
        }
    }

    @Test
    void isAnErrorIfTheExecutorRefusesTheRun() {
        try (Health health = Health.builder()
                .scheduler(time)
                .clock(time)
                .executor(task -> {
                    throw new RejectedExecutionException("full");
                })
                .check("c", Outcome::ok)
                .start()) {
            time.advance(Duration.ZERO);
            assertThat(result(health, "c").output().orElseThrow())
                    .startsWith("could not be started: RejectedExecutionException");
            time.advance(INTERVAL.multipliedBy(3));
            assertThat(result(health, "c").state()).isEqualTo(State.UNHEALTHY);
        }
    }

    @Test
    void countsRunsByCodeAndForgetsThemWithTheCheck() {
        Deque<Outcome> outcomes = script("SFSS");
        try (Health health = time.health()
                .check("c", outcomes::remove, c -> c.interval(INTERVAL))
                .start()) {
            while (!outcomes.isEmpty()) {
                time.advance(Duration.ofSeconds(1));
            }
            assertThat(result(health, "c").runs(Outcome.Code.OK)).isEqualTo(3);
            assertThat(result(health, "c").runs(Outcome.Code.WARNING)).isZero();
            assertThat(result(health, "c").runs(Outcome.Code.ERROR)).isEqualTo(1);
            health.unregister("c");
            health.register("c", Outcome::ok);
            assertThat(result(health, "c").runs(Outcome.Code.OK)).isZero();
        }
    }

    @Test
    void measuresTheAgeOfAResultByElapsedTimeIfTheWallClockIsSetBack() {
        try (Health health = time.health().check("c", Outcome::ok).start()) {
            assertThat(HealthView.of(health).age(result(health, "c"))).isEmpty();
            time.advance(Duration.ZERO);
            time.setWall(Instant.parse("2016-01-01T00:00:00Z"));
            time.advance(Duration.ofSeconds(4));
            assertThat(HealthView.of(health).age(result(health, "c"))).contains(Duration.ofSeconds(4));
        }
    }

    @Test
    void runsOneCheckNow() {
        FaultyCheck check = FaultyCheck.ok();
        try (Health health = time.health()
                .check("c", check, c -> c.interval(Duration.ofHours(1)).failureThreshold(1))
                .check("other", Outcome::ok, c -> c.interval(Duration.ofHours(1)))
                .start()) {
            time.advance(Duration.ofMinutes(1));
            int before = check.runs();
            check.answer(Outcome.error("down"));
            assertThat(health.run("c").join().state()).isEqualTo(State.UNHEALTHY);
            assertThat(check.runs()).isEqualTo(before + 1);
            assertThat(result(health, "other").runs(Outcome.Code.OK)).isEqualTo(1);

            check.answer(Outcome.ok());
            assertThat(health.run("c").join().state())
                    .as("less than a second later it does not run again")
                    .isEqualTo(State.UNHEALTHY);
            time.advance(Duration.ofSeconds(1));
            assertThat(health.run("c").join().state()).isEqualTo(State.HEALTHY);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> health.run("nosuch"))
                    .withMessage("name must be that of a registered check, was 'nosuch'");
        }
    }

    @Test
    void showsTheThresholdsOfACheck() {
        try (Health health = time.health()
                .check("c", Outcome::ok)
                .check(
                        "d",
                        Outcome::ok,
                        c -> c.failureThreshold(5).successThreshold(2).unhealthyAfter(Duration.ofMinutes(1)))
                .start()) {
            CheckDefinition byDefault = result(health, "c").definition();
            assertThat(byDefault.failureThreshold()).isEqualTo(3);
            assertThat(byDefault.successThreshold()).isEqualTo(1);
            assertThat(byDefault.unhealthyAfter()).isEmpty();
            CheckDefinition chosen = result(health, "d").definition();
            assertThat(chosen.failureThreshold()).isEqualTo(5);
            assertThat(chosen.successThreshold()).isEqualTo(2);
            assertThat(chosen.unhealthyAfter()).contains(Duration.ofMinutes(1));
        }
    }
}
