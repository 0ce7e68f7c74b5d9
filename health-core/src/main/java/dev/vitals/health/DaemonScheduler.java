package dev.vitals.health;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The scheduler of production, with one daemon thread. */
final class DaemonScheduler implements Scheduler {
    private static final Logger log = LoggerFactory.getLogger(DaemonScheduler.class);

    private final ScheduledThreadPoolExecutor timer;

    DaemonScheduler(String threadName) {
        timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, threadName);
            thread.setDaemon(true);
            return thread;
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
    public void close() {
        timer.shutdownNow();
    }
}
