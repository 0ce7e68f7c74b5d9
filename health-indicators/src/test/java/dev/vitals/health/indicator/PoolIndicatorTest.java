package dev.vitals.health.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.vitals.health.Health;
import dev.vitals.health.Outcome;
import java.sql.Connection;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class PoolIndicatorTest {
    private static final long PATIENCE_MILLIS = 60_000;

    @Test
    void aRealPoolIsOkUntilAThreadWaitsForAConnection() throws Exception {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:h2:mem:");
        config.setMaximumPoolSize(2);
        config.setConnectionTimeout(PATIENCE_MILLIS);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            PoolIndicator check = PoolIndicator.of(
                            () -> pool.getHikariPoolMXBean().getActiveConnections(), pool::getMaximumPoolSize)
                    .waiting(() -> pool.getHikariPoolMXBean().getThreadsAwaitingConnection());
            Expect.ok(check.run());
            FutureTask<Boolean> waiting = new FutureTask<>(() -> {
                try (Connection third = pool.getConnection()) {
                    return third.isValid(1);
                }
            });
            try (Connection first = pool.getConnection()) {
                Outcome half = check.run();
                Expect.ok(half);
                assertThat(Measured.all(half))
                        .containsExactly(
                                "utilization=50.0 percent",
                                "active=1 connections",
                                "max=2 connections",
                                "waiting=0 threads");
                try (Connection second = pool.getConnection()) {
                    Expect.warning(check.run(), "2 of 2 connections are in use: 100 %, the limit is 90 %");
                    new Thread(waiting, "waiting").start();
                    Expect.becomesTrue(
                            "a thread that waits",
                            () -> pool.getHikariPoolMXBean().getThreadsAwaitingConnection() == 1);
                    Expect.warning(check.run(), "threads waiting for a connection: 1, 2 of 2 connections are in use");
                    assertThat(second.isClosed() || first.isClosed()).isFalse();
                }
                assertThat(waiting.get()).isTrue();
            }
            Expect.becomesTrue(
                    "all given back", () -> pool.getHikariPoolMXBean().getActiveConnections() == 0);
            Expect.ok(check.run());
        }
    }

    @Test
    void aWaitingThreadIsAWarningWhateverIsInUse() {
        Outcome outcome = used(3).waiting(() -> 2).run();
        Expect.warning(outcome, "threads waiting for a connection: 2, 3 of 10 connections are in use");
        assertThat(Measured.all(outcome))
                .containsExactly(
                        "utilization=30.0 percent", "active=3 connections", "max=10 connections", "waiting=2 threads");
    }

    @Test
    void warnsFrom90PercentAndFailsOnlyIfConfigured() {
        Expect.ok(used(8).run());
        Expect.warning(used(9).run(), "9 of 10 connections are in use: 90 %, the limit is 90 %");
        Expect.warning(used(10).warnAt(0.5).run(), "10 of 10 connections are in use: 100 %, the limit is 50 %");
        Expect.error(
                used(10).limits(0.5, 1).waiting(() -> 7).run(),
                "10 of 10 connections are in use: 100 %, the limit is 100 %");
    }

    @Test
    void aPoolWithoutAMaximumCountsWaitingThreadsOnly() {
        PoolIndicator check = PoolIndicator.of(() -> 500, () -> -1);
        Outcome outcome = check.run();
        Expect.warning(outcome, "the pool has no maximum, and waiting(...) is not set: there is nothing to judge");
        assertThat(Measured.all(outcome)).containsExactly("active=500 connections");
        Expect.ok(check.waiting(() -> 0).run());
        Expect.warning(check.waiting(() -> 1).run(), "threads waiting for a connection: 1, 500 connections are in use");
    }

    @Test
    void aSupplierThatThrowsMakesTheCheckAnError() {
        PoolIndicator check = PoolIndicator.of(
                () -> {
                    throw new IllegalStateException("closed");
                },
                () -> 1);
        try (Health health = Health.builder()
                .check("pool", check, options -> options.onRequest())
                .start()) {
            health.refresh(definition -> true);
            assertThat(health.check("pool").orElseThrow().outcome().code()).isEqualTo(Outcome.Code.ERROR);
        }
    }

    @Test
    void refusesBadValues() {
        assertThatNullPointerException()
                .isThrownBy(() -> PoolIndicator.of(null, () -> 1))
                .withMessage("active");
        assertThatNullPointerException()
                .isThrownBy(() -> PoolIndicator.of(() -> 1, null))
                .withMessage("max");
        assertThatNullPointerException().isThrownBy(() -> used(1).waiting(null)).withMessage("waiting");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> used(1).warnAt(0))
                .withMessage("warnAt must be from 0.001 to 1.0, was 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> used(1).limits(0.9, 0.8))
                .withMessage("failAt must be from 0.9 to 1.0, was 0.8");
    }

    @Test
    void isADatastore() {
        assertThat(used(1).componentType()).contains("datastore");
    }

    private static PoolIndicator used(int active) {
        return PoolIndicator.of(() -> active, () -> 10);
    }
}
