package dev.vitals.samples.demo;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** Waits for a condition by polling it. */
final class Await {
    private static final Duration PAUSE = Duration.ofMillis(200);

    private Await() {}

    /** Returns whether the condition became true within the time. */
    static boolean until(Duration bound, BooleanSupplier condition) throws InterruptedException {
        CompletableFuture<Boolean> met = new CompletableFuture<>();
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
        try {
            var unused =
                    timer.scheduleWithFixedDelay(() -> ask(condition, met), 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
            return met.get(bound.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the condition failed", e.getCause());
        } finally {
            timer.shutdownNow();
        }
    }

    private static void ask(BooleanSupplier condition, CompletableFuture<Boolean> met) {
        try {
            if (condition.getAsBoolean()) {
                met.complete(true);
            }
        } catch (RuntimeException | Error e) {
            met.completeExceptionally(e); // otherwise the timer would stop silently
        }
    }
}
