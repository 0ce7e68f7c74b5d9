package dev.vitals.health.monitor.maintenance;

import dev.vitals.health.internal.Threads;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Runs tasks one after the other, in the order in which they were handed in; nobody waits, no lock is held. */
final class InTurn {
    private final Executor workers = Threads.workers("monitor-maintenance-");
    private final AtomicReference<CompletableFuture<?>> last =
            new AtomicReference<>(CompletableFuture.completedFuture(null));

    <T> CompletableFuture<T> run(Supplier<T> task) {
        CompletableFuture<T> mine = new CompletableFuture<>();
        CompletableFuture<?> before = last.getAndSet(mine);
        CompletableFuture<?> unused =
                before.whenComplete((value, failure) -> workers.execute(() -> settle(mine, task)));
        // A copy: whoever gives up waiting must not let the next one in early.
        return mine.copy();
    }

    private static <T> void settle(CompletableFuture<T> promise, Supplier<T> task) {
        try {
            promise.complete(task.get());
        } catch (RuntimeException | Error e) {
            // Whatever it was, the next one must get its turn.
            promise.completeExceptionally(e);
        }
    }
}
