package dev.vitals.health;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.vitals.health.internal.SerialQueue;
import dev.vitals.health.testing.LogLines;
import dev.vitals.health.testkit.FaultyCheck;
import dev.vitals.health.testkit.ManualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Executors of users: full ones, direct ones, and ones that drop tasks. */
@Timeout(120)
class ForeignExecutorTest {
    private final ManualScheduler time = new ManualScheduler();

    private static CheckResult await(Health health, String check, Predicate<CheckResult> wanted) {
        CheckResult result = health.check(check).orElseThrow();
        while (!wanted.test(result)) {
            Thread.onSpinWait();
            result = health.check(check).orElseThrow();
        }
        return result;
    }

    @Test
    void aRunThatAFullExecutorHandsBackToTheSchedulerIsRefused() {
        CountDownLatch never = new CountDownLatch(1);
        List<Thread> ran = new ArrayList<>();
        ThreadPoolExecutor full = new ThreadPoolExecutor(
                1, 1, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(1), new ThreadPoolExecutor.CallerRunsPolicy());
        full.execute(() -> awaitQuietly(never));
        full.execute(() -> {});
        try (Health health = Health.builder()
                .executor(full)
                .check("c", () -> {
                    ran.add(Thread.currentThread());
                    return Outcome.ok();
                })
                .start()) {
            CheckResult result = await(health, "c", c -> c.time().isPresent());
            assertThat(result.outcome().message().orElseThrow()).startsWith("could not be started");
            assertThat(ran).isEmpty();
        } finally {
            never.countDown();
            full.shutdown();
        }
    }

    @Test
    void aRunThatAFullExecutorHandsBackToARequestIsRefused() {
        List<Thread> ran = new ArrayList<>();
        try (Health health = Health.builder()
                .executor(Runnable::run)
                .check(
                        "asked",
                        () -> {
                            ran.add(Thread.currentThread());
                            return Outcome.ok();
                        },
                        c -> c.onRequest())
                .start()) {
            health.refresh(check -> true);
            assertThat(health.check("asked").orElseThrow().output().orElseThrow())
                    .startsWith("could not be started");
            assertThat(ran).isEmpty();
        }
    }

    @Test
    void aListenerIsNotCalledOnTheThreadOfTheScheduler() {
        List<Change> heard = new ArrayList<>();
        try (LogLines lines = new LogLines(SerialQueue.class);
                Health health = Health.builder()
                        .executor(Runnable::run)
                        .check("manual", ManualStatus.ok())
                        .listener(heard::add)
                        .start()) {
            await(health, "manual", c -> c.state() == State.HEALTHY);
            while (lines.at(Level.WARN).isEmpty()) {
                Thread.onSpinWait();
            }
            assertThat(heard).isEmpty();
        }
    }

    @Test
    void aCheckInMemoryWaitsForNoPlace() {
        List<Runnable> waiting = new ArrayList<>();
        try (Health health = time.health()
                .executor(waiting::add)
                .maxConcurrentRuns(1)
                .check("slow", Outcome::ok, c -> c.timeout(Duration.ofMinutes(1)))
                .check("manual", ManualStatus.ok())
                .start()) {
            time.advance(Duration.ofSeconds(30));
            assertThat(waiting).hasSize(1);
            assertThat(health.check("manual").orElseThrow().state()).isEqualTo(State.HEALTHY);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void anOutcomeAfterTheTimeoutIsAnErrorThoughNobodyNoticedTheTimeout() {
        try (Health health = time.health()
                .check(
                        "slow",
                        () -> {
                            time.die();
                            time.advance(Duration.ofMillis(700));
                            return Outcome.ok();
                        },
                        c -> c.timeout(Duration.ofMillis(100)))
                .start()) {
            time.advance(Duration.ZERO);
            CheckResult result = health.check("slow").orElseThrow();
            assertThat(result.outcome().code()).isEqualTo(Outcome.Code.ERROR);
            assertThat(result.output()).contains("no answer within 100 ms");
        }
    }

    @Test
    void aRunThatTheExecutorDroppedIsGivenUpAtItsTimeout() {
        List<Runnable> dropped = new ArrayList<>();
        boolean[] drops = {true};
        FaultyCheck check = FaultyCheck.ok();
        try (Health health = time.health()
                .executor(task -> {
                    if (drops[0]) {
                        dropped.add(task);
                    } else {
                        task.run();
                    }
                })
                .check("c", check)
                .start()) {
            time.advance(Duration.ofSeconds(30));
            assertThat(health.check("c").orElseThrow().state()).isEqualTo(State.UNHEALTHY);
            assertThat(health.check("c").orElseThrow().output()).contains("not started within 2 s: no thread was free");
            drops[0] = false;
            time.advance(Duration.ofSeconds(10));
            assertThat(health.check("c").orElseThrow().state()).isEqualTo(State.HEALTHY);
            assertThat(dropped).hasSizeGreaterThan(2);
            int runs = check.runs();
            dropped.forEach(Runnable::run);
            assertThat(check.runs()).isEqualTo(runs);
        }
    }

    @Test
    void runsThatWereGivenUpDoNotPileUpInThePoolOfAUser() {
        CountDownLatch never = new CountDownLatch(1);
        LinkedBlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
        ThreadPoolExecutor stuck = new ThreadPoolExecutor(1, 1, 1, TimeUnit.MINUTES, queue);
        stuck.execute(() -> awaitQuietly(never));
        try (Health health =
                time.health().executor(stuck).check("c", Outcome::ok).start()) {
            time.advance(Duration.ofMinutes(10));
            assertThat(health.check("c").orElseThrow().output()).isPresent();
            assertThat(queue).hasSizeLessThan(2);
        } finally {
            never.countDown();
            stuck.shutdown();
        }
    }
}
