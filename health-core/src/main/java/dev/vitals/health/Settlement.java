package dev.vitals.health;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Those who wait until a run has settled: no longer than its timeout, even if the scheduler is dead. Thread-safe. */
final class Settlement {
    private final CompletableFuture<Void> recorded = new CompletableFuture<>();

    /** Lets all go on: the result of the run can be seen. */
    void complete() {
        recorded.complete(null);
    }

    boolean isComplete() {
        return recorded.isDone();
    }

    /** Waits at most that long; then settles the run by {@code expire}, unless another thread is doing so. */
    void await(long nanos, Runnable expire) {
        try {
            recorded.get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            expiry(expire).join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException impossible) {
            throw new AssertionError("completed without exceptions only", impossible);
        }
    }

    /** Returns what completes when {@link #await} would return. */
    CompletableFuture<Void> future(long nanos, Runnable expire) {
        return withTimeout(recorded.copy(), nanos).exceptionallyCompose(late -> expiry(expire));
    }

    // The first caller makes the timer's thread, which the JDK keeps for ever: not with the application's class loader.
    private static CompletableFuture<Void> withTimeout(CompletableFuture<Void> future, long nanos) {
        Thread here = Thread.currentThread();
        ClassLoader loader = here.getContextClassLoader();
        here.setContextClassLoader(ClassLoader.getSystemClassLoader());
        try {
            return future.orTimeout(nanos, TimeUnit.NANOSECONDS);
        } finally {
            here.setContextClassLoader(loader);
        }
    }

    // Another thread may settle it at the same moment, most likely the scheduler's: then its result is about to be
    // seen.
    private CompletableFuture<Void> expiry(Runnable expire) {
        expire.run();
        return recorded;
    }
}
