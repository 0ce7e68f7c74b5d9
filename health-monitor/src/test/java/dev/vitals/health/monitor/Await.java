package dev.vitals.health.monitor;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what other threads bring about, no longer than a bound. */
public final class Await {
    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final long LOOK_NANOS = 1_000_000;

    private Await() {}

    /** Returns when the condition holds; fails if it does not within the bound. */
    public static void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + BOUND.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("not within " + BOUND + ": " + what);
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }
}
