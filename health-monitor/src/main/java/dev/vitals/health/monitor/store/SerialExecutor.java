package dev.vitals.health.monitor.store;

import dev.vitals.health.internal.Threads;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs changes that are to be stored one after the other, in the order in which they were handed in. Thread-safe; nobody
 * waits, no lock is held.
 */
public final class SerialExecutor implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SerialExecutor.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final AtomicReference<CompletableFuture<?>> last =
            new AtomicReference<>(CompletableFuture.completedFuture(null));
    private final Executor workers;
    private volatile boolean closed;

    /** Runs on threads whose names begin so. */
    public SerialExecutor(String threadPrefix) {
        workers = Threads.workers(threadPrefix);
    }

    /** Runs the change when those before are over; the future has what it returns or throws. */
    public <T> CompletableFuture<T> run(Supplier<T> change) {
        if (closed) {
            return CompletableFuture.failedFuture(new RejectedExecutionException("closed"));
        }
        CompletableFuture<T> mine = new CompletableFuture<>();
        CompletableFuture<?> before = last.getAndSet(mine);
        CompletableFuture<?> unused =
                before.whenComplete((value, failure) -> workers.execute(() -> settle(mine, change)));
        // A copy: whoever gives up waiting must not let the next one in early.
        return mine.copy();
    }

    private static <T> void settle(CompletableFuture<T> promise, Supplier<T> change) {
        try {
            promise.complete(change.get());
        } catch (RuntimeException | Error e) {
            // Whatever it was, the next one must get its turn.
            promise.completeExceptionally(e);
        }
    }

    /** Finishes the changes that were handed in; further ones are refused. */
    @Override
    public void close() {
        closed = true;
        boolean over = Objects.requireNonNull(last.get())
                .handle((value, failure) -> true)
                .completeOnTimeout(false, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        log.debug("closed, all changes over: {}", over);
    }
}
