package dev.vitals.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vitals.health.testkit.FaultyCheck;
import dev.vitals.health.testkit.ManualScheduler;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DependenciesTest {
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final ManualScheduler time = new ManualScheduler();
    private final FaultyCheck database = FaultyCheck.ok();
    private final FaultyCheck schema = FaultyCheck.ok();
    private final FaultyCheck orders = FaultyCheck.ok();

    private Health start() {
        return time.health()
                .check("orders", orders, c -> c.dependsOn("schema").groups("ready"))
                .check("schema", schema, c -> c.dependsOn("database"))
                .check("database", database, c -> c.failureThreshold(1))
                .start();
    }

    @Test
    void blockedChecksAreNotRunAndNameTheRootCause() {
        try (Health health = start()) {
            time.advance(INTERVAL);
            database.answer(Outcome.error("down"));
            time.advance(INTERVAL.multipliedBy(2));
            int before = orders.runs();
            time.advance(INTERVAL.multipliedBy(10));
            assertThat(orders.runs()).isEqualTo(before);
            assertThat(health.check("orders").orElseThrow().blockedBy()).contains("database");
            assertThat(health.check("schema").orElseThrow().blockedBy()).contains("database");
            assertThat(health.check("orders").orElseThrow().output()).contains("blocked: database is down");
            assertThat(health.check("orders").orElseThrow().status()).isEqualTo(Status.WARN);
            assertThat(health.check("database").orElseThrow().status()).isEqualTo(Status.FAIL);
            assertThat(health.report().status()).isEqualTo(Status.FAIL);
        }
    }

    @Test
    void aBlockedCheckFailsAGroupThatDoesNotContainTheCause() {
        try (Health health = start()) {
            database.answer(Outcome.error("down"));
            time.advance(INTERVAL.multipliedBy(3));
            assertThat(health.report("ready").orElseThrow().status()).isEqualTo(Status.FAIL);
        }
    }

    @Test
    void runsAgainAtOnceWhenTheCauseIsGone() {
        try (Health health = start()) {
            database.answer(Outcome.error("down"));
            time.advance(INTERVAL.multipliedBy(6));
            database.answer(Outcome.ok());
            while (health.check("database").orElseThrow().status() == Status.FAIL) {
                time.advance(Duration.ofMillis(100));
            }
            time.advance(Duration.ofMillis(1));
            assertThat(health.check("schema").orElseThrow().state()).isEqualTo(State.HEALTHY);
            assertThat(health.check("orders").orElseThrow().state()).isEqualTo(State.HEALTHY);
            assertThat(health.report().status()).isEqualTo(Status.PASS);
            assertThat(time.planned()).isEqualTo(3);
        }
    }

    @Test
    void aCauseThatWasRemovedBlocksNothing() {
        try (Health health = start()) {
            database.answer(Outcome.error("down"));
            time.advance(INTERVAL.multipliedBy(3));
            health.unregister("database");
            time.advance(INTERVAL.multipliedBy(2));
            assertThat(health.report().status()).isEqualTo(Status.PASS);
        }
    }

    @Test
    void refusesCyclesAndMissingChecks() {
        HealthBuilder cycle = time.health()
                .check("a", orders, c -> c.dependsOn("b"))
                .check("b", orders, c -> c.dependsOn("c"))
                .check("c", orders, c -> c.dependsOn("a"));
        assertThatIllegalArgumentException()
                .isThrownBy(cycle::start)
                .withMessage("dependsOn must not form a cycle, was a -> b -> c -> a");
        try (Health health = start()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> health.register("x", orders, c -> c.dependsOn("nobody")))
                    .withMessage("dependsOn of check 'x' must name a registered check, was 'nobody'");
            health.unregister("database");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> health.register("database", orders, c -> c.dependsOn("orders")))
                    .withMessageStartingWith("dependsOn must not form a cycle, was ")
                    .withMessageContaining("schema -> database");
            assertThat(health.check("x")).isEmpty();
            assertThat(health.check("database")).isEmpty();
        }
    }
}
