package dev.vitals.health;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.vitals.health.testing.LogLines;
import dev.vitals.health.testkit.FaultyCheck;
import dev.vitals.health.testkit.ManualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusListenerTest {
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final ManualScheduler time = new ManualScheduler();
    private final FaultyCheck check = FaultyCheck.ok();
    private final List<String> seen = new ArrayList<>();

    private void note(HealthReport before, HealthReport after) {
        seen.add(after.group().orElse("all") + " " + before.status() + ">" + after.status());
    }

    private Health start(HealthBuilder builder) {
        return builder.check("c", check, c -> c.groups(Health.READY, "batch").failureThreshold(1))
                .start();
    }

    @Test
    void getsEachChangeOfEachReportOnce() {
        try (Health health = start(time.health().statusListener(this::note))) {
            assertThat(seen).isEmpty();
            time.advance(Duration.ZERO);
            assertThat(seen).containsExactlyInAnyOrder("all FAIL>PASS", "ready FAIL>PASS", "batch FAIL>PASS");
            seen.clear();
            time.advance(INTERVAL.multipliedBy(3));
            assertThat(seen).isEmpty();
            check.answer(Outcome.error("down"));
            time.advance(INTERVAL);
            assertThat(seen).containsExactlyInAnyOrder("all PASS>FAIL", "ready PASS>FAIL", "batch PASS>FAIL");
            assertThat(health.report().status()).isEqualTo(Status.FAIL);
        }
    }

    @Test
    void getsADrain() {
        try (Health health = start(time.health())) {
            time.advance(Duration.ZERO);
            health.addStatusListener(this::note);
            health.draining().begin("deploy", "ci", Duration.ofMinutes(1));
            health.draining().end();
            assertThat(seen).containsExactly("ready PASS>FAIL", "ready FAIL>PASS");
        }
    }

    @Test
    void getsAResultThatIsTooOldWhenSomebodyReads() {
        try (Health health = start(time.health().statusListener(this::note))) {
            time.advance(Duration.ZERO);
            seen.clear();
            time.die();
            time.advance(Duration.ofMinutes(1));
            assertThat(health.report().status()).isEqualTo(Status.FAIL);
            assertThat(seen).contains("all PASS>FAIL");
        }
    }

    @Test
    void getsNoChangeForAGroupThatComesOrGoes() {
        try (Health health = start(time.health())) {
            time.advance(Duration.ZERO);
            health.addStatusListener(this::note);
            health.register("d", Outcome::ok, c -> c.groups("new").critical(false));
            assertThat(seen).containsExactly("all PASS>WARN");
            health.unregister("d");
            assertThat(seen).containsExactly("all PASS>WARN", "all WARN>PASS");
        }
    }

    @Test
    void getsNothingOnceRemoved() {
        StatusListener listener = this::note;
        try (Health health = start(time.health().statusListener(listener))) {
            health.removeStatusListener(listener);
            time.advance(Duration.ZERO);
            assertThat(seen).isEmpty();
        }
    }

    @Test
    void getsTheOtherChangesThoughItThrows() {
        try (LogLines lines = new LogLines(ListenerQueue.class);
                Health health = start(time.health().statusListener((before, after) -> {
                    note(before, after);
                    throw new StackOverflowError("on purpose");
                }))) {
            time.advance(Duration.ZERO);
            assertThat(seen).hasSize(3);
            assertThat(lines.at(Level.WARN)).hasSize(3);
            assertThat(health.report().status()).isEqualTo(Status.PASS);
        }
    }
}
