package dev.vitals.health;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The scheduler of production: one daemon thread. */
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
            // Planning after close is the ordinary end of a run that outlived its owner.
            log.debug("task refused: the scheduler is closed");
            return () -> {};
        }
    }

    // A task that throws would otherwise vanish without a word in its future.
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
