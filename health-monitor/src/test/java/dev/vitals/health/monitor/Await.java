package dev.vitals.health.monitor;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for other threads, up to a bound. */
public final class Await {
    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final long LOOK_NANOS = 1_000_000;

    private Await() {}

    /** Returns when the latch is open; fails if it does not open within the bound. */
    public static void latch(CountDownLatch latch) {
        try {
            if (!latch.await(BOUND.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("not within " + BOUND + ": " + latch);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Returns when the condition is true; fails if it is not within the bound. */
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
