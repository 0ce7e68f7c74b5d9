package dev.vitals.health;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.vitals.health.testing.LogLines;
import dev.vitals.health.testkit.FaultyCheck;
import dev.vitals.health.testkit.ManualScheduler;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A check that has never passed: the application may be starting. */
class FirstPassTest {
    private final ManualScheduler time = new ManualScheduler();
    private final FaultyCheck check = FaultyCheck.ok().answer(Outcome.error("starting"));

    @Test
    void isTriedAgainAfterOneSecondThenTwoThenFourUpToItsInterval() {
        try (Health health = time.health()
                .check("c", check, c -> c.interval(Duration.ofMinutes(1)))
                .start()) {
            time.advance(Duration.ofMillis(900));
            int[] seconds = {0, 1, 3, 7, 15, 31, 60};
            for (int run = 0; run < seconds.length; run++) {
                assertThat(check.runs()).as("after " + seconds[run] + " s").isEqualTo(run + 1);
                int next = run + 1 < seconds.length ? seconds[run + 1] : 120;
                time.advance(Duration.ofSeconds(next - seconds[run]));
            }
            assertThat(check.runs()).isEqualTo(8);
            assertThat(health.report().status()).isEqualTo(Status.FAIL);
        }
    }

    @Test
    void passesSoonAndThenRunsOnItsGrid() {
        try (Health health = time.health().check("c", check).start()) {
            time.advance(Duration.ofMillis(500));
            check.answer(Outcome.ok());
            time.advance(Duration.ofSeconds(1));
            assertThat(health.report().status()).isEqualTo(Status.PASS);
            assertThat(check.runs()).isEqualTo(2);
            check.answer(Outcome.error("down"));
            time.advance(Duration.ofSeconds(28));
            assertThat(check.runs()).isEqualTo(4);
        }
    }

    @Test
    void itsFirstFailureIsLoggedOnce() {
        try (LogLines lines = new LogLines(Health.class);
                Health health = time.health().check("c", check).start()) {
            time.advance(Duration.ofSeconds(60));
            assertThat(health.report().status()).isEqualTo(Status.FAIL);
            assertThat(lines.at(Level.WARN).stream().filter(line -> line.contains("fails since its start")))
                    .containsExactly("check c fails since its start: ERROR: starting");
        }
    }

    @Test
    void theJitterIsAShareOfTheTimeToTheNextTry() {
        try (Health health = time.health()
                .jitter(0.5)
                .check("c", check, c -> c.interval(Duration.ofDays(1)))
                .start()) {
            time.advance(Duration.ofSeconds(2));
            assertThat(check.runs()).isGreaterThanOrEqualTo(2);
            assertThat(health.report().status()).isEqualTo(Status.FAIL);
        }
    }
}
