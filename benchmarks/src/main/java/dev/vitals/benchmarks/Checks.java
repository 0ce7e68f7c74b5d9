package dev.vitals.benchmarks;

import dev.vitals.health.CheckOptions;
import dev.vitals.health.Health;
import dev.vitals.health.HealthBuilder;
import dev.vitals.health.HealthCheck;
import dev.vitals.health.Outcome;
import dev.vitals.health.Status;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The checks that are measured. */
final class Checks {
    static final HealthCheck TRIVIAL = Outcome::ok;

    private static final long TIMEOUT_NANOS = 60_000_000_000L;

    private Checks() {}

    /** Returns a builder with trivial checks named {@code check-0}, {@code check-1} and so on. */
    static HealthBuilder trivial(int count, Consumer<CheckOptions> options) {
        HealthBuilder builder = Health.builder();
        for (int i = 0; i < count; i++) {
            builder.check("check-" + i, TRIVIAL, options);
        }
        return builder;
    }

    /** Returns a check that takes that many milliseconds. */
    static HealthCheck slow(long millis) {
        return () -> {
            Thread.sleep(millis);
            return Outcome.ok();
        };
    }

    /** Waits until all checks have passed. */
    static void awaitPass(Health health) throws InterruptedException {
        await(() -> health.report().status() == Status.PASS);
    }

    /** Waits until each check has a result. */
    static void awaitResults(Health health) throws InterruptedException {
        await(() -> health.report().checks().stream()
                .allMatch(result -> result.time().isPresent()));
    }

    static void await(BooleanSupplier condition) throws InterruptedException {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > TIMEOUT_NANOS) {
                throw new IllegalStateException("the checks have no results after a minute");
            }
            Thread.sleep(1);
        }
    }
}
