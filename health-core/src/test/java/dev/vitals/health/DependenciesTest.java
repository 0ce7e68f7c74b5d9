package dev.vitals.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vitals.health.testkit.ManualScheduler;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DependenciesTest {
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final ManualScheduler time = new ManualScheduler();
    private final Checks database = new Checks();
    private final Checks schema = new Checks();
    private final Checks orders = new Checks();

    private Health start() {
        return Checks.builder(time)
                .check("orders", orders, c -> c.dependsOn("schema").groups("ready"))
                .check("schema", schema, c -> c.dependsOn("database"))
                .check("database", database, c -> c.failureThreshold(1))
                .start();
    }

    @Test
    void blockedChecksAreNotRunAndNameTheRootCause() {
        try (Health health = start()) {
            time.advance(INTERVAL);
            database.next = Outcome.error("down");
            time.advance(INTERVAL.multipliedBy(2));
            int before = orders.runs.get();
            time.advance(INTERVAL.multipliedBy(10));
            assertThat(orders.runs).hasValue(before);
            assertThat(Checks.result(health, "orders").blockedBy()).contains("database");
            assertThat(Checks.result(health, "schema").blockedBy()).contains("database");
            assertThat(Checks.result(health, "orders").output()).contains("blocked: database is down");
            assertThat(Checks.result(health, "orders").status()).isEqualTo(Status.WARN);
            assertThat(Checks.result(health, "database").status()).isEqualTo(Status.FAIL);
            assertThat(health.report().status()).isEqualTo(Status.FAIL);
        }
    }

    @Test
    void aBlockedCheckStandsInForACauseThatItsGroupDoesNotHold() {
        try (Health health = start()) {
            database.next = Outcome.error("down");
            time.advance(INTERVAL.multipliedBy(3));
            assertThat(health.report("ready").orElseThrow().status()).isEqualTo(Status.FAIL);
        }
    }

    @Test
    void looksAgainAtOnceWhenTheCauseIsGone() {
        try (Health health = start()) {
            database.next = Outcome.error("down");
            time.advance(INTERVAL.multipliedBy(6));
            database.next = Outcome.ok();
            while (Checks.result(health, "database").status() == Status.FAIL) {
                time.advance(Duration.ofMillis(100));
            }
            time.advance(Duration.ofMillis(1));
            assertThat(Checks.result(health, "schema").state()).isEqualTo(State.HEALTHY);
            assertThat(Checks.result(health, "orders").state()).isEqualTo(State.HEALTHY);
            assertThat(health.report().status()).isEqualTo(Status.PASS);
            assertThat(time.planned()).isEqualTo(3);
        }
    }

    @Test
    void aCauseThatWasRemovedBlocksNobody() {
        try (Health health = start()) {
            database.next = Outcome.error("down");
            time.advance(INTERVAL.multipliedBy(3));
            health.unregister("database");
            time.advance(INTERVAL.multipliedBy(2));
            assertThat(health.report().status()).isEqualTo(Status.PASS);
        }
    }

    @Test
    void refusesCyclesAndNamesThatAreNotThere() {
        HealthBuilder cycle = Checks.builder(time)
                .check("a", orders, c -> c.dependsOn("b"))
                .check("b", orders, c -> c.dependsOn("c"))
                .check("c", orders, c -> c.dependsOn("a"));
        assertThatIllegalArgumentException()
                .isThrownBy(cycle::start)
                .withMessage("dependsOn must not lead back, was a -> b -> c -> a");
        try (Health health = start()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> health.register("x", orders, c -> c.dependsOn("nobody")))
                    .withMessage("dependsOn of check 'x' must name a registered check, was 'nobody'");
            health.unregister("database");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> health.register("database", orders, c -> c.dependsOn("orders")))
                    .withMessageStartingWith("dependsOn must not lead back, was ")
                    .withMessageContaining("schema -> database");
            assertThat(health.check("x")).isEmpty();
            assertThat(health.check("database")).isEmpty();
        }
    }
}
