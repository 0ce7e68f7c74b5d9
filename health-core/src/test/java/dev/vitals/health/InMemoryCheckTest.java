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

/** Checks that the application feeds. */
class InMemoryCheckTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualScheduler time = new ManualScheduler();
    // There is no thread, and these checks need none.
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
        CallRecorder recorder = CallRecorder.create();
        health.register("payments", recorder, c -> c.groups(Health.READY));
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
        health.unregister("payments");
        assertThat(health.check("payments")).isEmpty();
    }

    @Test
    void aRecorderCountsWhatACallThrows() throws Exception {
        CallRecorder recorder = CallRecorder.of(r -> r.minimumCalls(2).window(Duration.ofSeconds(10)));
        health.register("payments", recorder);
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
        CallRecorder recorder = CallRecorder.create();
        health.register("payments", recorder);
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
        Heartbeat heartbeat = Heartbeat.every(Duration.ofHours(25));
        health.register("nightly-job", heartbeat);
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
        health.unregister("nightly-job");
        assertThat(health.check("nightly-job")).isEmpty();
    }

    @Test
    void aManualStatusHasTheOutcomeThatWasSet() {
        ManualStatus feature = ManualStatus.ok();
        health.register("feature-x", feature, c -> c.groups(Health.READY));
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
    void oneThatWasRemovedLeavesALaterCheckOfThatNameAlone() {
        ManualStatus first = ManualStatus.ok();
        health.register("x", first);
        health.unregister("x");
        health.register("x", ManualStatus.ok());
        first.set(Outcome.error("nobody listens"));
        time.advance(Duration.ofSeconds(5));
        assertThat(result("x").state()).isEqualTo(State.HEALTHY);
    }

    @Test
    void servesOneRegistrationAtATime() {
        ManualStatus status = ManualStatus.ok();
        health.register("x", status);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> health.register("y", status))
                .withMessage("check 'y' must not be registered twice at the same time");
        assertThatIllegalArgumentException().isThrownBy(() -> health.register("x", ManualStatus.ok()));
        assertThat(health.report().checks()).hasSize(1);
        health.unregister("x");
        health.register("y", status);
        status.set(Outcome.error("down"));
        time.advance(Duration.ZERO);
        assertThat(result("y").state()).isEqualTo(State.UNHEALTHY);
        health.close();
        try (Health other = time.health().check("z", status).start()) {
            time.advance(Duration.ZERO);
            assertThat(other.check("z").orElseThrow().state()).isEqualTo(State.UNHEALTHY);
        }
    }

    @Test
    void aNameThatIsTakenLeavesTheCheckFree() {
        health.register("x", ManualStatus.ok());
        ManualStatus status = ManualStatus.ok();
        assertThatIllegalArgumentException().isThrownBy(() -> health.register("x", status));
        health.register("y", status);
        assertThat(health.check("y")).isPresent();
    }

    @Test
    void canBeFedBeforeItIsRegistered() {
        Heartbeat heartbeat = Heartbeat.every(Duration.ofMinutes(1));
        CallRecorder recorder = CallRecorder.create();
        heartbeat.beat();
        recorder.failure();
        assertThat(heartbeat.run().code()).isEqualTo(Outcome.Code.ERROR);
        assertThat(recorder.run().message()).contains("not registered");
        health.register("beat", heartbeat);
        health.register("calls", recorder);
        time.advance(Duration.ofMinutes(1));
        assertThat(result("beat").state()).isEqualTo(State.HEALTHY);
        assertThat(result("calls").outcome().data()).containsEntry("calls", 0L);
    }

    @Test
    void hasDefaultsThatOptionsOverride() {
        health.register("a", ManualStatus.ok());
        health.register("b", ManualStatus.ok(), c -> c.failureThreshold(2));
        assertThat(result("a").definition().interval()).isEqualTo(SECOND);
        assertThat(result("a").definition().failureThreshold()).isEqualTo(1);
        assertThat(result("b").definition().failureThreshold()).isEqualTo(2);
    }

    @Test
    void refusesSettingsOutOfBounds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CallRecorder.of(r -> r.window(Duration.ofMillis(999))))
                .withMessage("window must be from 1s to 24h, was 999ms");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CallRecorder.of(r -> r.minimumCalls(0)))
                .withMessage("minimumCalls must be from 1 to 1000000, was 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CallRecorder.of(r -> r.errorRatio(1.1)))
                .withMessageContaining("errorRatio must be from")
                .withMessageContaining("was 1.1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Heartbeat.every(Duration.ZERO))
                .withMessage("every must be from 1s to 31d, was 0s");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> health.register("a:b", ManualStatus.ok()))
                .withMessageStartingWith("name must match");
        assertThat(health.report().checks()).isEmpty();
    }
}
