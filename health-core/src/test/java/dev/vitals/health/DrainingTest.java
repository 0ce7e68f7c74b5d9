package dev.vitals.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vitals.health.internal.engine.HealthView;
import dev.vitals.health.testkit.ManualScheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DrainingTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ManualScheduler time = new ManualScheduler();
    private final Health health =
            time.health().check("c", Outcome::ok, c -> c.groups(Health.READY)).start();
    private final HealthView view = HealthView.of(health);

    @AfterEach
    void close() {
        health.close();
    }

    private Status ready() {
        return health.report(Health.READY).orElseThrow().status();
    }

    @Test
    void failsReadyAloneUntilItEnds() {
        time.advance(Duration.ZERO);
        Drain drain = health.draining().begin("deploy 42", "ci", MINUTE);
        assertThat(ready()).isEqualTo(Status.FAIL);
        assertThat(health.report().status()).isEqualTo(Status.PASS);
        assertThat(health.draining().current()).containsSame(drain);
        assertThat(view.left(drain)).isEqualTo(MINUTE);
        health.draining().end();
        assertThat(ready()).isEqualTo(Status.PASS);
        assertThat(health.draining().current()).isEmpty();
    }

    @Test
    void endsByItselfAndReplacesAnEarlierDrain() {
        time.advance(Duration.ZERO);
        health.draining().begin("first", "ci", Duration.ofHours(1));
        Drain second = health.draining().begin("second", "ci", MINUTE);
        time.advance(MINUTE.minusMillis(1));
        assertThat(health.draining().current()).containsSame(second);
        time.advance(Duration.ofMillis(1));
        assertThat(health.draining().current()).isEmpty();
        assertThat(view.left(second)).isZero();
        assertThat(ready()).isEqualTo(Status.PASS);
    }

    @Test
    void isConfirmedAfterThatManyAnswers() {
        view.answeredReady(false);
        CompletableFuture<Boolean> two = health.draining().confirmed(2, MINUTE);
        view.answeredReady(true);
        CompletableFuture<Boolean> one = health.draining().confirmed(1, MINUTE);
        assertThat(two).isNotDone();
        view.answeredReady(true);
        assertThat(two).isCompletedWithValue(true);
        assertThat(one).isCompletedWithValue(true);
    }

    @Test
    void isNotConfirmedWhenTheTimeIsOver() {
        view.answeredReady(false);
        CompletableFuture<Boolean> confirmed = health.draining().confirmed(2, MINUTE);
        view.answeredReady(true);
        time.advance(MINUTE);
        assertThat(confirmed).isCompletedWithValue(false);
        view.answeredReady(true);
        assertThat(confirmed).isCompletedWithValue(false);
    }

    @Test
    void waitsForASecondIfNobodyHasAskedForFiveMinutes() {
        Duration second = Duration.ofSeconds(1);
        CompletableFuture<Boolean> never = health.draining().confirmed(1, MINUTE);
        assertThat(never).isNotDone();
        time.advance(second);
        assertThat(never).isCompletedWithValue(false);
        view.answeredReady(false);
        time.advance(Duration.ofMinutes(5).minus(second));
        CompletableFuture<Boolean> asked = health.draining().confirmed(1, MINUTE);
        time.advance(second);
        CompletableFuture<Boolean> tooLongAgo = health.draining().confirmed(1, MINUTE);
        time.advance(second);
        assertThat(tooLongAgo).isCompletedWithValue(false);
        assertThat(asked).isNotDone();
        view.answeredReady(true);
        assertThat(asked).isCompletedWithValue(true);
    }

    @Test
    void nobodyWaitsForAClosedHealth() {
        view.answeredReady(false);
        CompletableFuture<Boolean> before = health.draining().confirmed(1, MINUTE);
        health.close();
        assertThat(before).isCompletedWithValue(false);
        assertThat(health.draining().confirmed(1, MINUTE)).isCompletedWithValue(false);
    }

    @Test
    void itsEndIsShownToTheMillisecond() {
        time.advance(Duration.ofNanos(123_456_789));
        assertThat(health.draining().begin("deploy", "ci", MINUTE).until())
                .isEqualTo(Instant.parse("2026-01-01T00:01:00.123Z"));
    }

    @Test
    void refusesValuesOutOfBounds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> health.draining().begin(" ", "ci", MINUTE))
                .withMessageStartingWith("reason must have 1 to 200 characters");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> health.draining().begin("deploy", "", MINUTE))
                .withMessageStartingWith("by must have 1 to 200 characters");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> health.draining().begin("deploy", "ci", Duration.ofDays(2)))
                .withMessageStartingWith("time must be from");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> health.draining().confirmed(0, MINUTE))
                .withMessage("answers must be from 1 to 10000, was 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> health.draining().confirmed(1, Duration.ofHours(2)))
                .withMessageStartingWith("cap must be from");
    }
}
