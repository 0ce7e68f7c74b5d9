package dev.vitals.health.testkit;

import static dev.vitals.health.testkit.HealthAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitals.health.Health;
import dev.vitals.health.Outcome;
import dev.vitals.health.State;
import dev.vitals.health.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(60)
@ExtendWith(ManualTimeExtension.class)
class TestKitTest {
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final FaultyCheck check = FaultyCheck.ok();

    // The example of docs/testing.md.
    @Test
    void readyFailsAfterThreeErrorsInARow(ManualScheduler time) {
        FaultyCheck database = FaultyCheck.ok();
        try (Health health = time.health()
                .check("database", database, c -> c.groups("ready"))
                .start()) {
            time.advance(Duration.ofSeconds(1));
            HealthAssert.assertThat(health).group("ready", Status.PASS);

            database.answer(Outcome.error("connection refused"));
            time.advance(Duration.ofSeconds(30));
            HealthAssert.assertThat(health)
                    .group("ready", Status.FAIL)
                    .check("database", State.UNHEALTHY)
                    .says("database", "connection refused");
        }
    }

    @Test
    void throwsErrorsAndExceptions(ManualScheduler time) {
        try (Health health = time.health().check("c", check).start()) {
            check.fail(new StackOverflowError("on purpose"));
            time.advance(INTERVAL);
            assertThat(health).says("c", "StackOverflowError");
            check.fail(new IOException("on purpose"));
            time.advance(INTERVAL);
            assertThat(health).says("c", "IOException").check("c", State.UNHEALTHY);
            assertThat(check.runs()).isGreaterThanOrEqualTo(3);
        }
    }

    @Test
    void flaps(ManualScheduler time) {
        try (Health health = time.health()
                .check("c", check.flap(), c -> c.failureThreshold(1).flapping(3, Duration.ofHours(1)))
                .start()) {
            time.advance(INTERVAL.multipliedBy(5));
            assertThat(health).check("c", State.DEGRADED).says("c", "flapping");
        }
    }

    @Test
    void isSlowByManualTime(ManualScheduler time) {
        try (Health health = time.health()
                .check("c", check.slow(time, Duration.ofSeconds(3)))
                .start()) {
            time.advance(Duration.ZERO);
            assertThat(health).says("c", "no answer within 2 s");
        }
    }

    @Test
    void hangsUntilItIsReleased(ManualScheduler time) throws InterruptedException {
        check.hang();
        try (Health health = Health.builder()
                .scheduler(time)
                .clock(time)
                .check("c", check, c -> c.interruptOnTimeout(true))
                .start()) {
            time.advance(Duration.ZERO);
            check.awaitHanging();
            time.advance(Duration.ofSeconds(2));
            assertThat(health).is(Status.FAIL).says("c", "no answer within 2 s");
        } finally {
            check.release();
        }
    }

    @Test
    void aCheckThatHangsDoesNotHoldTheTest(ManualScheduler time) throws InterruptedException {
        FaultyCheck other = FaultyCheck.ok();
        try (Health health = time.health()
                .check("c", check.hang(), c -> c.failureThreshold(1))
                .check("other", other)
                .start()) {
            time.advance(Duration.ofSeconds(3));
            check.awaitHanging();
            assertThat(health).check("c", State.UNHEALTHY).says("c", "no answer within 2 s");
            assertThat(health).check("other", State.HEALTHY);

            check.release();
            time.advance(Duration.ofMinutes(5));
            assertThat(health).check("c", State.HEALTHY).says("c", "released");
            assertThat(check.runs()).isGreaterThan(1);
        }
    }

    @Test
    void checksRunOnTheThreadOfTheTestUnlessOneHangs(ManualScheduler time) {
        Set<Thread> threads = new LinkedHashSet<>();
        try (Health health = time.health()
                .check("where", () -> {
                    threads.add(Thread.currentThread());
                    return Outcome.ok();
                })
                .check("c", check)
                .start()) {
            time.advance(INTERVAL);
            assertThat(threads).containsExactly(Thread.currentThread());

            check.hang();
            time.advance(INTERVAL);
            assertThat(threads).hasSize(2);

            check.release();
            time.advance(INTERVAL);
            assertThat(threads).hasSize(2);
            assertThat(health.report().status()).isEqualTo(Status.PASS);
        }
    }

    @Test
    void assertionsThatDoNotHoldShowTheReport(ManualScheduler time) {
        try (Health health = time.health().check("c", check).start()) {
            time.advance(Duration.ZERO);
            assertThatThrownBy(() -> assertThat(health).is(Status.FAIL))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("expected all checks to be FAIL, was HealthReport")
                    .hasMessageContaining("c HEALTHY");
            assertThatThrownBy(() -> assertThat(health).group("ready", Status.WARN))
                    .hasMessageStartingWith("expected group ready to be WARN, was HealthReport");
            assertThatThrownBy(() -> assertThat(health).check("c", State.UNKNOWN))
                    .hasMessage("expected check c to be UNKNOWN, was c HEALTHY");
            assertThatThrownBy(() -> assertThat(health).says("c", "anything")).hasMessageContaining("'anything'");
            assertThatThrownBy(() -> assertThat(health).check("nobody", State.UNKNOWN))
                    .hasMessageStartingWith("no check nobody in HealthReport");
            assertThatThrownBy(() -> assertThat(health).group("nobody", Status.PASS))
                    .hasMessageStartingWith("no group nobody in HealthReport");
        }
    }

    @Test
    void eachTestHasItsOwnTime(ManualScheduler one, ManualScheduler same) {
        assertThat(one).isSameAs(same);
        assertThat(one.planned()).isZero();
    }
}
