package dev.vitals.health;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.vitals.health.testing.LogLines;
import dev.vitals.health.testkit.ManualScheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangesTest {
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final ManualScheduler time = new ManualScheduler();

    private Health start(HealthCheck check) {
        return time.health().check("db", check, c -> c.groups("ready")).start();
    }

    @Test
    void logsEachChangeOnceAndNoRepeats() {
        Deque<Outcome> outcomes = new ArrayDeque<>(List.of(
                Outcome.ok(),
                Outcome.ok(),
                Outcome.error("refused"),
                Outcome.error("refused"),
                Outcome.error("refused"),
                Outcome.error("refused"),
                Outcome.ok()));
        try (LogLines lines = new LogLines(Health.class);
                Health health = start(outcomes::remove)) {
            time.advance(INTERVAL.multipliedBy(6));
            assertThat(health.report().status()).isEqualTo(Status.PASS);
            assertThat(lines.at(Level.INFO))
                    .containsExactly("check db: UNKNOWN -> HEALTHY", "check db: UNHEALTHY -> HEALTHY");
            assertThat(lines.at(Level.WARN))
                    .containsExactly(
                            "check db: HEALTHY -> DEGRADED: refused", "check db: DEGRADED -> UNHEALTHY: refused");
        }
    }

    @Test
    void warnsOnceWhenAResultBecomesTooOld() {
        try (LogLines lines = new LogLines(Health.class);
                Health health = start(Outcome::ok)) {
            time.advance(Duration.ZERO);
            time.die();
            for (int read = 0; read < 10; read++) {
                time.advance(INTERVAL);
                assertThat(health.report().checks()).hasSize(1);
            }
            assertThat(lines.at(Level.WARN)).containsExactly("check db: HEALTHY -> UNKNOWN: no result for 30 s");
        }
    }

    @Test
    void showsTheTextOfAnExceptionOnlyInTheLogAndOnceAsAWarning() {
        try (LogLines lines = new LogLines(Health.class);
                Health health = start(() -> {
                    throw new IllegalStateException("host db.internal is down");
                })) {
            time.advance(INTERVAL.multipliedBy(2));
            String output = health.check("db").orElseThrow().output().orElseThrow();
            String id = output.substring(output.lastIndexOf(' ') + 1);
            assertThat(output).doesNotContain("db.internal");
            assertThat(lines.all()).contains("host db.internal is down");
            assertThat(lines.at(Level.WARN).stream().filter(line -> line.contains(id)))
                    .hasSize(2)
                    .anyMatch(line -> line.equals("check db failed unexpectedly [" + id + "]"))
                    .anyMatch(line -> line.startsWith("check db: UNKNOWN -> UNHEALTHY"));
        }
    }
}
