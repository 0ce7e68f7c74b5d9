package dev.vitals.samples.demo;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for what nobody tells us of. */
final class Retry {
    private static final Duration PAUSE = Duration.ofMillis(200);

    private Retry() {}

    /** Asks again and again; returns whether the answer was yes within the time. The condition must not throw. */
    static boolean until(Duration bound, BooleanSupplier condition) throws InterruptedException {
        CountDownLatch met = new CountDownLatch(1);
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
        try {
            var unused = timer.scheduleWithFixedDelay(
                    () -> {
                        if (condition.getAsBoolean()) {
                            met.countDown();
                        }
                    },
                    0,
                    PAUSE.toMillis(),
                    TimeUnit.MILLISECONDS);
            return met.await(bound.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            timer.shutdownNow();
        }
    }
}
