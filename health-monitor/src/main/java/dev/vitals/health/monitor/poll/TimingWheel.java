package dev.vitals.health.monitor.poll;

import dev.vitals.health.Scheduler;
import dev.vitals.health.internal.Threads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A scheduler for very many tasks: planning and calling off cost the same whatever is planned. One daemon thread runs
 * what is due, in steps of 10 ms: never early, and late by up to a step. Thread-safe.
 *
 * <p>Starts that fall into one step are run one right after the other, so that whoever they wake is woken once.
 */
public final class TimingWheel implements Scheduler {
    static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final Duration LONGEST = Duration.ofDays(36_500);
    private static final Logger log = LoggerFactory.getLogger(TimingWheel.class);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition sooner = lock.newCondition();
    private final WheelBuckets slots = new WheelBuckets();
    private final long origin = System.nanoTime();
    // Guarded by the lock, like the slots.
    private long sleepsUntil;
    private boolean closed;

    private TimingWheel() {}

    /** Returns a wheel whose thread, of that name, is running. */
    public static TimingWheel start(String threadName) {
        TimingWheel wheel = new TimingWheel();
        Thread thread = Threads.daemon("").newThread(wheel::run);
        thread.setName(threadName);
        thread.start();
        return wheel;
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Cancellation schedule(Runnable task, Duration delay) {
        Planned planned = new Planned(task, tickAfter(System.nanoTime() - origin + nanos(delay)));
        lock.lock();
        try {
            if (!closed) {
                slots.add(planned);
                if (planned.tick < sleepsUntil) {
                    sooner.signal();
                }
            }
        } finally {
            lock.unlock();
        }
        return planned;
    }

    // Longer than anybody waits, and far from an overflow.
    private static long nanos(Duration delay) {
        if (delay.isNegative()) {
            return 0;
        }
        return delay.compareTo(LONGEST) > 0 ? LONGEST.toNanos() : delay.toNanos();
    }

    private static long tickAfter(long elapsed) {
        return Math.floorDiv(elapsed + TICK_NANOS - 1, TICK_NANOS);
    }

    private void run() {
        List<Planned> due = new ArrayList<>();
        while (await(due)) {
            due.forEach(Planned::run);
            due.clear();
        }
    }

    /** Waits for what is due, and takes it; false when there will be no more. */
    private boolean await(List<Planned> due) {
        lock.lock();
        try {
            while (!closed) {
                slots.advance(Math.floorDiv(System.nanoTime() - origin, TICK_NANOS), due);
                if (!due.isEmpty()) {
                    sleepsUntil = 0;
                    return true;
                }
                sleepsUntil = slots.next();
                long ignored = sooner.awaitNanos(origin + sleepsUntil * TICK_NANOS - System.nanoTime());
            }
        } catch (InterruptedException e) {
            // Nobody but close() may end this thread, and that does not interrupt.
            log.warn("the thread of the schedule was interrupted");
            return !closed;
        } finally {
            lock.unlock();
        }
        return false;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            slots.clear();
            sooner.signal();
        } finally {
            lock.unlock();
        }
    }

    /** A task in its slot; it is its own cancellation. */
    final class Planned implements Cancellation {
        static final int NOWHERE = -1;

        final long tick;
        int slot = NOWHERE;

        @Nullable
        Planned before;

        @Nullable
        Planned after;

        private volatile @Nullable Runnable task;

        Planned(Runnable task, long tick) {
            this.task = task;
            this.tick = tick;
        }

        @Override
        public void cancel() {
            task = null;
            lock.lock();
            try {
                slots.remove(this);
            } finally {
                lock.unlock();
            }
        }

        private void run() {
            Runnable body = task;
            task = null;
            if (body == null) {
                return;
            }
            try {
                body.run();
            } catch (RuntimeException | Error e) {
                // Whatever a task does, the others are run.
                log.error("a scheduled task failed", e);
            }
        }
    }
}
