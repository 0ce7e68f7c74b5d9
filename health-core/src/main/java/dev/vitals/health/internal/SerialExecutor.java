package dev.vitals.health.internal;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs tasks one after the other, in the order in which they are handed in. Thread-safe; the caller never waits. */
public final class SerialExecutor implements Executor, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SerialExecutor.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final SerialQueue<Runnable> tasks;
    private final @Nullable WorkerPool own;

    /** Runs tasks on threads whose names begin with the prefix; they do not keep the JVM alive. */
    public SerialExecutor(String threadPrefix) {
        this(threadPrefix, Threads.workers(threadPrefix));
    }

    private SerialExecutor(String name, WorkerPool own) {
        this(name, own, own);
    }

    /** Runs tasks on that executor; the log calls this one by the name. */
    public SerialExecutor(String name, Executor executor) {
        this(name, executor, null);
    }

    private SerialExecutor(String name, Executor executor, @Nullable WorkerPool own) {
        this.own = own;
        tasks = new SerialQueue<>(name, executor, Integer.MAX_VALUE, 1, batch -> batch.forEach(Runnable::run));
    }

    /**
     * Runs the task after those before it; what it throws is logged at ERROR.
     *
     * @throws RejectedExecutionException if closed
     */
    @Override
    public void execute(Runnable task) {
        if (!tasks.add(task)) {
            throw new RejectedExecutionException("closed");
        }
    }

    /**
     * Runs the task after those before it. The future completes with what the task returns or throws; it fails with a
     * {@link RejectedExecutionException} if this executor is closed.
     */
    public <T> CompletableFuture<T> run(Supplier<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        if (!tasks.add(() -> complete(result, task))) {
            result.completeExceptionally(new RejectedExecutionException("closed"));
        }
        return result;
    }

    private static <T> void complete(CompletableFuture<T> result, Supplier<T> task) {
        try {
            result.complete(task.get());
        } catch (RuntimeException | Error e) {
            // Whoever waits for the future gets it.
            result.completeExceptionally(e);
        }
    }

    /** Refuses further tasks and waits up to 10 s for those that were handed in. Must not be called by a task. */
    @Override
    public void close() {
        if (!tasks.close(PATIENCE)) {
            log.warn("{} tasks had not started {} after the close", tasks.size(), DurationText.inWords(PATIENCE));
            return;
        }
        if (own != null) {
            own.close();
        }
    }
}
