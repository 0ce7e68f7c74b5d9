package dev.vitals.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import dev.vitals.health.testing.LogLines;
import dev.vitals.health.testkit.ManualScheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** Checks that answer later. The executor runs tasks at once, so a test goes on only if no thread is held. */
class AsyncCheckTest {
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final ManualScheduler time = new ManualScheduler();
    private final List<CompletableFuture<Outcome>> stages = new ArrayList<>();

    private final HealthCheck check = HealthCheck.async(() -> {
        CompletableFuture<Outcome> stage = new CompletableFuture<>();
        stages.add(stage);
        return stage;
    });

    private static CheckResult result(Health health) {
        return health.check("c").orElseThrow();
    }

    @Test
    void hasItsResultWhenTheStageCompletes() {
        try (Health health = time.health().check("c", check).start()) {
            time.advance(Duration.ofMillis(500));
            assertThat(stages).hasSize(1);
            assertThat(result(health).state()).isEqualTo(State.UNKNOWN);
            stages.get(0).complete(Outcome.warning("slow"));
            assertThat(result(health).state()).isEqualTo(State.DEGRADED);
            assertThat(result(health).duration()).contains(Duration.ofMillis(500));
            time.advance(INTERVAL);
            assertThat(stages).hasSize(2);
        }
    }

    @Test
    void isAnErrorAtItsTimeoutAndNotStartedAgainUntilTheStageCompletes() {
        try (LogLines lines = new LogLines(Health.class);
                Health health = time.health().check("c", check).start()) {
            time.advance(TIMEOUT);
            assertThat(result(health).output()).contains("no answer within 2 s");
            assertThat(result(health).outcome().detail().orElseThrow()).contains("waiting for its stage to complete");
            time.advance(INTERVAL.multipliedBy(3));
            assertThat(stages).hasSize(1);
            assertThat(result(health).state()).isEqualTo(State.UNHEALTHY);
            assertThat(result(health).output().orElseThrow()).startsWith("still running after");

            stages.get(0).complete(Outcome.ok());
            assertThat(result(health).state()).isEqualTo(State.UNHEALTHY);
            assertThat(lines.at(Level.INFO)).anyMatch(line -> line.endsWith("too late: OK"));
            time.advance(INTERVAL.multipliedBy(2));
            assertThat(stages).hasSize(2);
        }
    }

    @Test
    void cancelsTheStageAtTheTimeoutIfThatIsWanted() {
        try (Health health =
                time.health().check("c", check, c -> c.interruptOnTimeout(true)).start()) {
            time.advance(TIMEOUT);
            assertThat(stages.get(0)).isCancelled();
            assertThat(result(health).output()).contains("no answer within 2 s");
            time.advance(INTERVAL.multipliedBy(2));
            assertThat(stages).hasSizeGreaterThan(1);
        }
    }

    @Test
    void takesRaisedOutcomesAndFailuresOfTheStage() {
        try (Health health = time.health().check("c", check).start()) {
            time.advance(Duration.ZERO);
            stages.get(0).completeExceptionally(new HealthCheckWarning("slow"));
            assertThat(result(health).output()).contains("slow");
            time.advance(INTERVAL);
            stages.get(1).completeExceptionally(new IOException("jdbc:secret"));
            assertThat(result(health).outcome().message().orElseThrow())
                    .startsWith("failed unexpectedly: IOException, in the log as ");
            time.advance(INTERVAL);
            stages.get(2).complete(null);
            assertThat(result(health).outcome().message()).contains("returned no outcome");
            time.advance(INTERVAL);
            stages.get(3).cancel(true);
            assertThat(result(health).outcome().message().orElseThrow()).contains("CancellationException");
        }
    }

    @Test
    void unwrapsWhatADependentStageThrows() {
        HealthCheck dependent = HealthCheck.async(
                () -> CompletableFuture.completedFuture("down").thenApply(answer -> {
                    throw new HealthCheckError(answer);
                }));
        try (Health health = time.health().check("c", dependent).start()) {
            time.advance(Duration.ZERO);
            assertThat(result(health).outcome().message()).contains("down");
        }
    }

    @Test
    @SuppressWarnings("NullAway") // users of unchecked code do return null
    void containsWhatTheCallThrowsAndANullStage() {
        HealthCheck thrower = HealthCheck.async(() -> {
            throw new StackOverflowError("on purpose");
        });
        HealthCheck nothing = HealthCheck.async(() -> null);
        try (Health health =
                time.health().check("c", thrower).check("d", nothing).start()) {
            time.advance(Duration.ofMillis(100));
            assertThat(result(health).outcome().message().orElseThrow()).contains("StackOverflowError");
            assertThat(health.check("d").orElseThrow().outcome().code()).isEqualTo(Outcome.Code.ERROR);
            assertThat(health.check("d").orElseThrow().runs(Outcome.Code.ERROR)).isEqualTo(1);
        }
    }

    @Test
    void countsTheFirstAnswerOfAStageThatCompletesTwice() {
        CompletionStage<Outcome> twice = new CompletableFuture<>() {
            @Override
            public CompletableFuture<Outcome> whenComplete(BiConsumer<? super Outcome, ? super Throwable> action) {
                action.accept(Outcome.ok(), null);
                action.accept(Outcome.error("second"), null);
                throw new IllegalStateException("third");
            }
        };
        try (Health health =
                time.health().check("c", HealthCheck.async(() -> twice)).start()) {
            time.advance(Duration.ZERO);
            assertThat(result(health).state()).isEqualTo(State.HEALTHY);
            assertThat(result(health).runs(Outcome.Code.ERROR)).isZero();
        }
    }

    @Test
    void letsRequestersWaitForTheStage() {
        try (Health health = time.health().check("c", check, c -> c.onRequest()).start()) {
            CompletableFuture<CheckResult> run = health.run("c");
            assertThat(run).isNotDone();
            stages.get(0).complete(Outcome.ok("fine"));
            assertThat(run.join().outcome().message()).contains("fine");
        }
    }

    @Test
    void waitsForTheStageWhenItIsCalledDirectly() throws Exception {
        assertThat(HealthCheck.async(() -> CompletableFuture.completedFuture(Outcome.ok("fine")))
                        .run()
                        .message())
                .contains("fine");
        HealthCheck failing = HealthCheck.async(() -> CompletableFuture.failedFuture(new IOException("broken")));
        assertThatThrownBy(failing::run).isInstanceOf(IOException.class);
    }
}
