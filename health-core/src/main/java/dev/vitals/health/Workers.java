package dev.vitals.health;

import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Calls checks and listeners, by an executor that may be the user's. A full executor may hand a task back to the thread that
 * hands it in, as {@code CallerRunsPolicy} does: that may be the scheduler's, on which a check that hangs would stop all
 * others, or a request's. Such a task is refused. Thread-safe.
 */
final class Workers implements Executor {
    private final Executor executor;
    private final Scheduler scheduler;
    private final boolean mayHandBack;

    /**
     * Calls by that executor.
     *
     * @param mayHandBack whether a task may run on the thread that hands it in, as in tests that advance the time; never on
     *     a thread that the scheduler owns
     */
    Workers(Executor executor, Scheduler scheduler, boolean mayHandBack) {
        this.executor = executor;
        this.scheduler = scheduler;
        this.mayHandBack = mayHandBack;
    }

    @Override
    public void execute(Runnable task) {
        Task wrapped = new Task(task);
        wrapped.handingIn = Thread.currentThread();
        try {
            executor.execute(wrapped);
        } finally {
            wrapped.handingIn = null;
        }
    }

    /** Takes back a task that has not begun, if the executor can do that. */
    void takeBack(Runnable task) {
        if (executor instanceof ThreadPoolExecutor pool) {
            pool.remove(new Task(task));
        }
    }

    /** Equal to another one with the same body, so that a pool can find it. */
    private final class Task implements Runnable {
        private final Runnable body;
        private volatile @Nullable Thread handingIn;

        Task(Runnable body) {
            this.body = Objects.requireNonNull(body, "task");
        }

        @Override
        public void run() {
            Thread here = Thread.currentThread();
            if (scheduler.owns(here) || (!mayHandBack && here == handingIn)) {
                throw new RejectedExecutionException("the executor ran it on the thread that handed it in");
            }
            body.run();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Task task && task.body == body;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(body);
        }
    }
}
