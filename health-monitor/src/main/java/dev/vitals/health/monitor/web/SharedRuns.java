package dev.vitals.health.monitor.web;

import dev.vitals.health.internal.Threads;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs something costly once for all who ask for it at the same time. Whoever asks while it runs gets the result of the next
 * run, which begins after the request. Thread-safe; nobody waits on a thread.
 *
 * @param <T> the result
 */
final class SharedRuns<T> {
    private static final Executor WORKERS = Threads.workers("monitor-shared-");

    private final Supplier<T> work;
    // Both guarded by this.
    private @Nullable CompletableFuture<T> waiting;
    private boolean running;

    SharedRuns(Supplier<T> work) {
        this.work = work;
    }

    /** Returns the result of a run that begins from now on. */
    CompletableFuture<T> next() {
        CompletableFuture<T> mine;
        boolean start;
        synchronized (this) {
            mine = waiting == null ? new CompletableFuture<>() : waiting;
            waiting = mine;
            start = !running;
            running = true;
        }
        if (start) {
            WORKERS.execute(this::run);
        }
        return mine;
    }

    private void run() {
        do {
            CompletableFuture<T> asked;
            synchronized (this) {
                asked = Objects.requireNonNull(waiting);
                waiting = null;
            }
            try {
                asked.complete(work.get());
            } catch (RuntimeException | Error e) {
                asked.completeExceptionally(e);
            }
        } while (goesOn());
    }

    private synchronized boolean goesOn() {
        running = waiting != null;
        return running;
    }
}
