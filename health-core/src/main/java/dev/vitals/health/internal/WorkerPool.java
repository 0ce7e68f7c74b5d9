package dev.vitals.health.internal;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs each task on a thread that no other task uses meanwhile; a thread that is idle for a minute ends. Thread-safe.
 *
 * <p>The threads are platform threads on every JVM: virtual ones share a few carriers, and tasks that spin, pin or
 * initialize a class for ever would take those away from all others. They are daemons and inherit no thread locals. Each
 * task begins with the context class loader of the thread that made the pool.
 */
public final class WorkerPool implements Executor, AutoCloseable {
    private static final long IDLE_SECONDS = 60;
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final long LOOK_MILLIS = 1;

    private final Set<Thread> busy = ConcurrentHashMap.newKeySet();
    private final Pool pool;

    WorkerPool(String prefix) {
        this.pool = new Pool(prefix, Thread.currentThread().getContextClassLoader());
    }

    private final class Pool extends ThreadPoolExecutor {
        private final @Nullable ClassLoader loader;

        Pool(String prefix, @Nullable ClassLoader loader) {
            super(
                    0,
                    Integer.MAX_VALUE,
                    IDLE_SECONDS,
                    TimeUnit.SECONDS,
                    new SynchronousQueue<>(),
                    Threads.daemon(prefix));
            this.loader = loader;
        }

        @Override
        protected void beforeExecute(Thread thread, Runnable task) {
            busy.add(thread);
            // An earlier task may have set another one.
            thread.setContextClassLoader(loader);
        }

        @Override
        protected void afterExecute(Runnable task, @Nullable Throwable thrown) {
            busy.remove(Thread.currentThread());
        }
    }

    /**
     * Runs the task.
     *
     * @throws java.util.concurrent.RejectedExecutionException if the pool is closed
     */
    @Override
    public void execute(Runnable task) {
        pool.execute(task);
    }

    /** Returns how many threads there are, busy or idle. */
    public int threads() {
        return pool.getPoolSize();
    }

    /**
     * Refuses further tasks, and waits until the idle threads have ended, which takes a moment. Neither waits for a task nor
     * interrupts it: its thread ends when it is done.
     */
    @Override
    public void close() {
        pool.shutdown();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (pool.getPoolSize() > busy.size() && System.nanoTime() - deadline < 0) {
                if (pool.awaitTermination(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
