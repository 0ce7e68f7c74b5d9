package dev.vitals.health;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.vitals.health.testing.LogLines;
import dev.vitals.health.testkit.FaultyCheck;
import dev.vitals.health.testkit.ManualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is left after close, and what a closed {@link Health} answers. */
@Timeout(60)
class CloseTest {
    private static final InheritableThreadLocal<String> USER = new InheritableThreadLocal<>();

    private final ManualScheduler time = new ManualScheduler();

    @Test
    void noThreadIsLeftThatCloseCanEnd() throws Exception {
        CountDownLatch ran = new CountDownLatch(20);
        ThreadGroup group = new ThreadGroup("application");
        Thread application = new Thread(group, () -> {
            HealthBuilder builder = Health.builder();
            for (int i = 0; i < 10; i++) {
                builder.check(
                        "c" + i,
                        () -> {
                            ran.countDown();
                            return Outcome.ok();
                        },
                        c -> c.interval(Duration.ofMillis(100)));
            }
            Health health = builder.start();
            try {
                ran.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            } finally {
                health.close();
            }
        });
        application.start();
        application.join();
        // A run may have begun before the close, and is not waited for.
        while (group.activeCount() > 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aRunThatARequestAskedForSeesNothingOfThatRequest() throws Exception {
        List<String> seen = new ArrayList<>();
        try (Health health = Health.builder()
                .check(
                        "c",
                        () -> {
                            seen.add(String.valueOf(USER.get()));
                            return Outcome.ok();
                        },
                        c -> c.onRequest())
                .start()) {
            Thread request = new Thread(() -> {
                USER.set("alice");
                health.refresh(check -> true);
            });
            request.start();
            request.join();
            assertThat(seen).containsExactly("null");
        }
    }

    @Test
    void everyReportFailsAfterwards() {
        FaultyCheck check = FaultyCheck.ok();
        Health health = time.health()
                .check("rare", check, c -> c.interval(Duration.ofHours(1)).groups(Health.READY))
                .check("asked", FaultyCheck.ok(), c -> c.onRequest())
                .start();
        time.advance(Duration.ofSeconds(1));
        health.refresh(c -> true);
        assertThat(health.report().status()).isEqualTo(Status.PASS);
        health.close();
        health.refresh(c -> true);
        for (String group : health.groups()) {
            HealthReport report = health.report(group).orElseThrow();
            assertThat(report.status()).isEqualTo(Status.FAIL);
            assertThat(report.output()).contains("closed");
        }
        assertThat(health.report().status()).isEqualTo(Status.FAIL);
        assertThat(health.check("rare").orElseThrow().state()).isEqualTo(State.UNKNOWN);
        assertThat(health.check("asked").orElseThrow().output()).contains("closed");
    }

    @Test
    void closingIsNoNews() {
        List<Change> heard = new ArrayList<>();
        Health health = time.health()
                .check("c", Outcome::ok, c -> c.groups(Health.READY))
                .listener(heard::add)
                .start();
        time.advance(Duration.ofSeconds(1));
        assertThat(heard).hasSize(1);
        try (LogLines lines = new LogLines(Health.class)) {
            health.close();
            time.advance(Duration.ofDays(1));
            assertThat(health.report().status()).isEqualTo(Status.FAIL);
            assertThat(lines.at(Level.WARN)).isEmpty();
        }
        assertThat(heard).hasSize(1);
    }

    @Test
    void aRunThatWaitsForAPlaceOrAThreadDoesNotBeginAfterwards() {
        List<Runnable> tasks = new ArrayList<>();
        FaultyCheck check = FaultyCheck.ok();
        Health health = time.health()
                .executor(tasks::add)
                .maxConcurrentRuns(1)
                .check("queued", check)
                .check("waiting", check)
                .start();
        time.advance(Duration.ofSeconds(1));
        assertThat(tasks).hasSize(1);
        try (LogLines lines = new LogLines(Health.class)) {
            health.close();
            tasks.get(0).run();
            assertThat(lines.at(Level.WARN)).isEmpty();
        }
        assertThat(tasks).hasSize(1);
        assertThat(check.runs()).isZero();
    }

    /** A check that keeps a client. */
    private static final class Client implements HealthCheck {
        private int givenBack;

        @Override
        public Outcome run() {
            return Outcome.ok();
        }

        @Override
        public void unregistered() {
            givenBack++;
            throw new IllegalStateException("on purpose");
        }
    }

    @Test
    void aCheckIsToldToGiveBackWhatItKeeps() {
        Client first = new Client();
        Client second = new Client();
        Health health =
                time.health().check("first", first).check("second", second).start();
        assertThat(health.unregister("first")).isTrue();
        assertThat(first.givenBack).isEqualTo(1);
        health.close();
        assertThat(first.givenBack).isEqualTo(1);
        assertThat(second.givenBack).isEqualTo(1);
    }

    @Test
    void checksThatComputeForEverStopNobodyElse() throws Exception {
        int processors = Runtime.getRuntime().availableProcessors();
        CountDownLatch runs = new CountDownLatch(3);
        AtomicBoolean enough = new AtomicBoolean();
        HealthBuilder builder = Health.builder();
        for (int i = 0; i < processors; i++) {
            builder.check("loop" + i, () -> {
                while (!enough.get()) {
                    Thread.onSpinWait();
                }
                return Outcome.ok();
            });
        }
        builder.check(
                "good",
                () -> {
                    runs.countDown();
                    return Outcome.ok();
                },
                c -> c.interval(Duration.ofMillis(100)).initialDelay(Duration.ofMillis(200)));
        try (Health health = builder.start()) {
            assertThat(runs.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(health.check("good").orElseThrow().state()).isEqualTo(State.HEALTHY);
        } finally {
            enough.set(true);
        }
    }
}
