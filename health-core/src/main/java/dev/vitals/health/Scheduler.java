package dev.vitals.health;

import java.time.Duration;

/**
 * Measures elapsed time and runs tasks later. Tests can replace it by one whose time they advance.
 *
 * <p>Implementations are thread-safe. A task must be short and must not block.
 */
public interface Scheduler extends AutoCloseable {
    /** Returns the elapsed time in nanoseconds since an arbitrary origin; never goes backwards. */
    long nanoTime();

    /** Runs the task once, after the delay; a delay of zero or less means as soon as possible. */
    Cancellation schedule(Runnable task, Duration delay);

    /**
     * Runs the task again and again, for the first time after {@code every}. The time to the next run counts from the end
     * of the run before: runs never overlap, and a long one delays those after it.
     *
     * <p>What the task throws is logged at ERROR, and the next run follows as usual. A run that has begun when the
     * cancellation is called ends normally, and no other follows; the task itself may call it.
     *
     * @param every from 1 ms to 365 days
     * @throws IllegalArgumentException if {@code every} is out of its bounds
     */
    default Cancellation repeat(Runnable task, Duration every) {
        return new Repetition(this, task, every).begin();
    }

    /**
     * Returns whether that thread is one of this scheduler's, on which no check may run: one that hangs would stop all.
     * Default false, for a scheduler whose time a test advances: there, checks may run where their time comes.
     */
    default boolean owns(Thread thread) {
        return false;
    }

    /** Stops: tasks that have not started never start. Waits for a moment until its own thread has ended, if it has one. */
    @Override
    void close();

    /** Returns a scheduler with one daemon thread of that name, on {@link System#nanoTime()}. */
    static Scheduler daemon(String threadName) {
        return new DaemonScheduler(threadName);
    }

    /** Cancels a planned task. */
    @FunctionalInterface
    interface Cancellation {
        /** Cancels the task; does nothing if it has run already. */
        void cancel();
    }
}
