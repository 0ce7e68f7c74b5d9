package dev.vitals.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitals.health.testkit.ManualScheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Checks that are told instead of looking. */
class InMemoryCheckTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualScheduler time = new ManualScheduler();
    // No thread is to be had: these need none.
    private final Health health = Health.builder()
            .scheduler(time)
            .clock(time)
            .executor(task -> {
                throw new AssertionError("a thread was asked for");
            })
            .start();

    private CheckResult result(String name) {
        return health.check(name).orElseThrow();
    }

    @Test
    void aRecorderJudgesTheShareOfFailures() {
        CallRecorder recorder = health.recorder("payments", r -> r.check(c -> c.groups("ready")));
        for (int i = 0; i < 9; i++) {
            recorder.failure();
        }
        time.advance(SECOND);
        assertThat(result("payments").state()).isEqualTo(State.HEALTHY);
        recorder.failure();
        time.advance(SECOND);
        assertThat(result("payments").output()).contains("10 of 10 calls failed in 60 s");
        assertThat(health.report("ready").orElseThrow().status()).isEqualTo(Status.FAIL);
        for (int i = 0; i < 15; i++) {
            recorder.success();
        }
        time.advance(SECOND);
        assertThat(result("payments").state()).isEqualTo(State.DEGRADED);
        time.advance(Duration.ofMinutes(1));
        assertThat(result("payments").state()).isEqualTo(State.HEALTHY);
        assertThat(result("payments").outcome().data()).containsEntry("calls", 0L);
        recorder.close();
        assertThat(health.check("payments")).isEmpty();
    }

    @Test
    void aRecorderCountsWhatACallThrows() throws Exception {
        CallRecorder recorder =
                health.recorder("payments", r -> r.minimumCalls(2).window(Duration.ofSeconds(10)));
        assertThat(recorder.call(() -> "answer")).isEqualTo("answer");
        assertThatThrownBy(() -> recorder.call(() -> {
                    throw new IOException("broken");
                }))
                .hasMessage("broken");
        time.advance(SECOND);
        assertThat(result("payments").outcome().data())
                .containsEntry("calls", 2L)
                .containsEntry("failures", 1L);
    }

    @Test
    void aRecorderLosesNoCallOfManyThreads() throws Exception {
        CallRecorder recorder = health.recorder("payments");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        for (int thread = 0; thread < 4; thread++) {
            threads.execute(() -> {
                for (int i = 0; i < 10_000; i++) {
                    recorder.success();
                }
            });
        }
        threads.shutdown();
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        time.advance(SECOND);
        assertThat(result("payments").outcome().data()).containsEntry("calls", 40_000L);
    }

    @Test
    void aHeartbeatMustComeInTime() {
        Heartbeat heartbeat = health.heartbeat("nightly-job", Duration.ofHours(25));
        time.advance(Duration.ofHours(25));
        assertThat(result("nightly-job").state()).isEqualTo(State.HEALTHY);
        time.advance(Duration.ofSeconds(10));
        assertThat(result("nightly-job").state()).isEqualTo(State.UNHEALTHY);
        assertThat(result("nightly-job").output().orElseThrow())
                .startsWith("no beat for 90")
                .endsWith("s, expected every 90000 s");
        heartbeat.beat();
        time.advance(Duration.ZERO);
        assertThat(result("nightly-job").state()).isEqualTo(State.HEALTHY);
        heartbeat.close();
        assertThat(health.check("nightly-job")).isEmpty();
    }

    @Test
    void aManualCheckSaysWhatItIsTold() {
        ManualStatus feature = health.manual("feature-x", c -> c.groups("ready"));
        time.advance(Duration.ofMillis(100));
        assertThat(result("feature-x").state()).isEqualTo(State.HEALTHY);
        feature.set(Outcome.error("switched off by alice"));
        time.advance(Duration.ZERO);
        assertThat(result("feature-x").output()).contains("switched off by alice");
        feature.set(Outcome.ok());
        time.advance(Duration.ZERO);
        assertThat(result("feature-x").state()).isEqualTo(State.HEALTHY);
    }

    @Test
    void closingAHandleLeavesALaterCheckOfThatNameAlone() {
        ManualStatus first = health.manual("x");
        health.unregister("x");
        health.manual("x");
        first.close();
        first.set(Outcome.error("nobody listens"));
        time.advance(Duration.ofSeconds(5));
        assertThat(result("x").state()).isEqualTo(State.HEALTHY);
    }

    @Test
    void refusesSettingsOutOfBounds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> health.recorder("x", r -> r.window(Duration.ofMillis(999))))
                .withMessage("window must be from PT1S to PT24H, was PT0.999S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> health.recorder("x", r -> r.minimumCalls(0)))
                .withMessage("minimumCalls must be from 1 to 1000000, was 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> health.recorder("x", r -> r.errorRatio(1.1)))
                .withMessageContaining("errorRatio must be from")
                .withMessageContaining("was 1.1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> health.heartbeat("x", Duration.ZERO))
                .withMessage("every must be from PT1S to PT744H, was PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> health.manual("a:b"))
                .withMessageStartingWith("name must match");
        assertThat(health.report().checks()).isEmpty();
    }
}
