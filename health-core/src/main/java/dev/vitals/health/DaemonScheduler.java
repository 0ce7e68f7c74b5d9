package dev.vitals.health;

import dev.vitals.health.internal.Threads;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The scheduler of production, with one daemon thread. */
final class DaemonScheduler implements Scheduler {
    private static final Logger log = LoggerFactory.getLogger(DaemonScheduler.class);

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final ScheduledThreadPoolExecutor timer;
    private volatile @Nullable Thread thread;

    DaemonScheduler(String threadName) {
        ThreadFactory factory = Threads.named(threadName);
        timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread made = factory.newThread(task);
            thread = made;
            return made;
        });
        timer.setRemoveOnCancelPolicy(true);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Cancellation schedule(Runnable task, Duration delay) {
        try {
            Future<?> planned = timer.schedule(() -> runGuarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> planned.cancel(false);
        } catch (RejectedExecutionException closed) {
            // A run that outlives its owner plans a task after the close.
            log.debug("a task was dropped because the scheduler is closed");
            return () -> {};
        }
    }

    // The exception would stay in the future, where nobody looks.
    private static void runGuarded(Runnable task) {
        try {
            task.run();
        } catch (Throwable t) {
            log.error("a scheduled task failed", t);
        }
    }

    @Override
    public boolean owns(Thread candidate) {
        return candidate == thread;
    }

    @Override
    public void close() {
        timer.shutdownNow();
        if (owns(Thread.currentThread())) {
            return;
        }
        try {
            if (!timer.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("a scheduled task is still running after the close");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
