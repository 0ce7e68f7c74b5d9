package dev.vitals.health;

import java.time.Duration;

/**
 * Decides when: the source of elapsed time and of delayed starts. Replace it in tests by one that is moved by hand.
 *
 * <p>Implementations are thread-safe. A task must be short and must not block.
 */
public interface Scheduler extends AutoCloseable {
    /** Returns elapsed time in nanoseconds from an arbitrary origin; never goes backwards. */
    long nanoTime();

    /** Runs the task once, after the delay; a delay of zero or less means as soon as possible. */
    Cancellation schedule(Runnable task, Duration delay);

    /** Stops: tasks that have not started never will. Does not wait. */
    @Override
    void close();

    /** Returns a scheduler with one daemon thread of that name, on {@link System#nanoTime()}. */
    static Scheduler daemon(String threadName) {
        return new DaemonScheduler(threadName);
    }

    /** A planned task that can be called off. */
    @FunctionalInterface
    interface Cancellation {
        /** Calls the task off; harmless if it has run already. */
        void cancel();
    }
}
