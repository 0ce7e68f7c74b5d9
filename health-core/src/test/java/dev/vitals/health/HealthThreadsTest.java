package dev.vitals.health;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.vitals.health.internal.engine.HealthView;
import dev.vitals.health.testing.LogLines;
import dev.vitals.health.testkit.FaultyCheck;
import dev.vitals.health.testkit.ManualScheduler;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The engine with real threads that hang; only time is manual. */
@Timeout(60)
class HealthThreadsTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final ManualScheduler time = new ManualScheduler();
    private final FaultyCheck hung = FaultyCheck.ok().hang();
    private final CountDownLatch left = new CountDownLatch(1);
    private final AtomicInteger workers = new AtomicInteger();

    @AfterEach
    void free() {
        hung.release();
    }

    // Counts the living workers, so that the tests see a leak.
    private final Executor counting = task -> {
        workers.incrementAndGet();
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } finally {
                workers.decrementAndGet();
                left.countDown();
            }
        });
        thread.setDaemon(true);
        thread.start();
    };

    private Health start(HealthBuilder builder) {
        return builder.scheduler(time).clock(time).executor(counting).jitter(0).start();
    }

    @Test
    void aCheckThatLoopsForEverCostsOneThreadAndNobodyWaits() throws Exception {
        try (Health health = start(Health.builder()
                .check("hung", hung, c -> c.timeout(TIMEOUT).interruptOnTimeout(true))
                .check("good", Outcome::ok))) {
            time.advance(Duration.ofMillis(10));
            hung.awaitHanging();
            time.advance(TIMEOUT);
            for (int probe = 0; probe < 1_000; probe++) {
                time.advance(Duration.ofMillis(10));
                assertThat(health.report().status()).isEqualTo(Status.FAIL);
                assertThat(health.check("hung").orElseThrow().outcome().code()).isEqualTo(Outcome.Code.ERROR);
            }
            assertThat(hung.runs()).isEqualTo(1);
            assertThat(health.check("hung").orElseThrow().output().orElseThrow())
                    .startsWith("still running after");

            hung.release();
            left.await();
            awaitHealthy(health);
            assertThat(health.check("hung").orElseThrow().outcome().message()).contains("released");
        }
    }

    // The second run is on a real thread, so time goes on until its result is there.
    private void awaitHealthy(Health health) {
        while (health.check("hung").orElseThrow().state() != State.HEALTHY) {
            time.advance(Duration.ofSeconds(1));
            Thread.onSpinWait();
        }
    }

    @Test
    void namesTheTimeout() throws Exception {
        try (Health health = start(Health.builder().check("hung", hung))) {
            time.advance(Duration.ZERO);
            hung.awaitHanging();
            time.advance(TIMEOUT);
            CheckResult result = health.check("hung").orElseThrow();
            assertThat(result.output()).contains("no answer within 2 s");
            assertThat(result.duration()).contains(TIMEOUT);
            assertThat(workers).hasValue(1);
        }
    }

    @Test
    void logsOnceWhereACheckHangsAndShowsItToAuthorizedReaders() throws Exception {
        try (LogLines lines = new LogLines(Health.class);
                Health health = start(Health.builder().check("hung", hung, c -> c.groups("ready")))) {
            time.advance(Duration.ZERO);
            hung.awaitHanging();
            time.advance(Duration.ofSeconds(60));
            String place = "hangs since 2026-01-01T00:00:00Z, at dev.vitals.health.testkit.FaultyCheck"
                    + ".hangUntilReleased:";
            CheckResult result = health.check("hung").orElseThrow();
            assertThat(result.outcome().detail().orElseThrow()).startsWith(place);
            assertThat(result.output().orElseThrow()).doesNotContain("FaultyCheck");
            assertThat(lines.at(Level.WARN).stream().filter(line -> line.startsWith("check hung " + place)))
                    .hasSize(1);
        }
    }

    @Test
    void aHungCheckBecomesUnhealthyByTheStartsItMisses() throws Exception {
        try (Health health = start(Health.builder().check("hung", hung))) {
            time.advance(Duration.ZERO);
            hung.awaitHanging();
            time.advance(Duration.ofSeconds(35));
            assertThat(health.check("hung").orElseThrow().state()).isEqualTo(State.UNHEALTHY);
            assertThat(health.check("hung").orElseThrow().stale()).isFalse();
        }
    }

    @Test
    void aLateResultIsNotCounted() throws Exception {
        try (Health health = start(Health.builder().check("hung", hung))) {
            time.advance(Duration.ZERO);
            hung.awaitHanging();
            time.advance(TIMEOUT);
            hung.release();
            left.await();
            assertThat(health.check("hung").orElseThrow().output()).contains("no answer within 2 s");
        }
    }

    @Test
    void interruptsAtTheTimeoutIfThatIsWanted() throws Exception {
        AtomicBoolean interrupted = new AtomicBoolean();
        CountDownLatch entered = new CountDownLatch(1);
        try (Health health = start(Health.builder()
                .check(
                        "c",
                        () -> {
                            entered.countDown();
                            try {
                                new CountDownLatch(1).await();
                            } catch (InterruptedException expected) {
                                interrupted.set(true);
                            }
                            return Outcome.ok();
                        },
                        c -> c.interruptOnTimeout(true)))) {
            time.advance(Duration.ZERO);
            entered.await();
            time.advance(TIMEOUT);
            left.await();
            assertThat(interrupted).isTrue();
            assertThat(health.check("c").orElseThrow().outcome().code()).isEqualTo(Outcome.Code.ERROR);
        }
    }

    @Test
    void manyWaitersShareOneRun() throws Exception {
        int waiters = 64;
        CyclicBarrier together = new CyclicBarrier(waiters);
        ExecutorService callers = Executors.newFixedThreadPool(waiters);
        try (Health health =
                start(Health.builder().check("asked", hung, c -> c.onRequest().timeout(Duration.ofSeconds(30))))) {
            List<Future<Status>> answers = new ArrayList<>();
            for (int i = 0; i < waiters; i++) {
                answers.add(callers.submit(() -> {
                    together.await();
                    health.refresh(definition -> true);
                    return health.report().status();
                }));
            }
            hung.awaitHanging();
            hung.release();
            for (Future<Status> answer : answers) {
                assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo(Status.PASS);
            }
            assertThat(hung.runs()).isEqualTo(1);
            // The answer is there a little before the run has returned, and until then no other run may start.
            while (workers.get() > 0) {
                Thread.onSpinWait();
            }
            time.advance(Duration.ofSeconds(2));
            health.refresh(definition -> true);
            assertThat(hung.runs()).isEqualTo(2);
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void waitersSeeTheResultOfTheThreadThatSettlesTheRun() throws Exception {
        CountDownLatch recording = new CountDownLatch(1);
        CountDownLatch mayRecord = new CountDownLatch(1);
        AtomicReference<Thread> scheduler = new AtomicReference<>();
        InstantSource clock = () -> {
            // The engine asks for the time of a result after the run was settled, and before anybody can see it.
            if (Thread.currentThread() == scheduler.get()) {
                recording.countDown();
                awaitUnchecked(mayRecord);
            }
            return time.instant();
        };
        try (Health health = Health.builder()
                .check("asked", hung, c -> c.onRequest().timeout(TIMEOUT))
                .scheduler(time)
                .clock(clock)
                .executor(counting)
                .start()) {
            CompletableFuture<Void> first = HealthView.of(health).refreshAsync(definition -> true);
            hung.awaitHanging();
            scheduler.set(new Thread(() -> time.advance(TIMEOUT)));
            scheduler.get().start();
            recording.await();

            AtomicReference<String> seen = new AtomicReference<>();
            Thread waiter = new Thread(() -> {
                health.refresh(definition -> true);
                seen.set(health.check("asked").orElseThrow().output().orElse(""));
            });
            waiter.start();
            // It waits for the thread that settles the run, or has left too early.
            while (waiter.getState() != Thread.State.WAITING && waiter.isAlive()) {
                Thread.onSpinWait();
            }
            mayRecord.countDown();
            waiter.join();

            first.get(30, TimeUnit.SECONDS);
            assertThat(seen.get()).contains("no answer within 2 s");
        }
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void completesAFutureWhenTheRunHasEnded() throws Exception {
        try (Health health =
                start(Health.builder().check("asked", hung, c -> c.onRequest().timeout(Duration.ofSeconds(30))))) {
            CompletableFuture<Void> first = HealthView.of(health).refreshAsync(definition -> true);
            hung.awaitHanging();
            CompletableFuture<Void> second = HealthView.of(health).refreshAsync(definition -> true, Duration.ZERO);
            assertThat(first).isNotDone();
            assertThat(second).isNotDone();

            hung.release();

            first.get(30, TimeUnit.SECONDS);
            second.get(30, TimeUnit.SECONDS);
            assertThat(health.report().status()).isEqualTo(Status.PASS);
            assertThat(hung.runs()).isEqualTo(1);
            assertThat(HealthView.of(health).refreshAsync(definition -> false)).isCompleted();
        }
    }

    @Test
    void completesAFutureAtTheTimeoutEvenIfTheSchedulerIsDead() throws Exception {
        time.die();
        try (Health health =
                start(Health.builder().check("asked", hung, c -> c.onRequest().timeout(Duration.ofMillis(50))))) {
            HealthView.of(health).refreshAsync(definition -> true).get(30, TimeUnit.SECONDS);
            assertThat(health.check("asked").orElseThrow().output()).contains("no answer within 50 ms");
        }
    }

    @Test
    void anOnRequestCheckNeverRunsWithoutARequest() {
        try (Health health = start(Health.builder().check("asked", hung, c -> c.onRequest()))) {
            time.advance(Duration.ofMinutes(5));
            assertThat(health.report().status()).isEqualTo(Status.FAIL);
            assertThat(hung.runs()).isZero();
        }
    }

    @Test
    void waitersLeaveAtTheTimeoutEvenIfTheSchedulerIsDead() {
        time.die();
        try (Health health =
                start(Health.builder().check("asked", hung, c -> c.onRequest().timeout(Duration.ofMillis(50))))) {
            health.refresh(definition -> true);
            assertThat(health.check("asked").orElseThrow().output()).contains("no answer within 50 ms");
            assertThat(hung.runs()).isEqualTo(1);
            health.refresh(definition -> true);
            assertThat(hung.runs()).isEqualTo(1);
        }
    }

    @Test
    void closesDuringARunWithoutWaiting() throws Exception {
        Health health = start(Health.builder().check("hung", hung));
        time.advance(Duration.ZERO);
        hung.awaitHanging();
        health.close();
        hung.release();
        left.await();
        assertThat(time.planned()).isZero();
        time.advance(Duration.ofMinutes(1));
        assertThat(health.report().status()).isEqualTo(Status.FAIL);
        assertThat(hung.runs()).isEqualTo(1);
    }
}
