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
 * A scheduler for very many tasks: to plan or cancel one costs the same for any number of tasks. One daemon thread runs
 * due tasks in ticks of 10 ms: never early, and up to one tick late. Thread-safe.
 *
 * <p>Tasks of the same tick run directly one after the other, so that the threads they wake are woken once.
 */
public final class TimingWheel implements Scheduler {
    static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final Duration MAX_DELAY = Duration.ofDays(36_500);
    private static final Logger log = LoggerFactory.getLogger(TimingWheel.class);

    private final long origin = System.nanoTime();
    private final Thread thread;

    // Guards the fields below it.
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition earlier = lock.newCondition();
    private final WheelBuckets buckets = new WheelBuckets();
    private long wakeTick;
    private boolean closed;

    private TimingWheel(String threadName) {
        thread = Threads.named(threadName).newThread(this::run);
    }

    /** Starts a wheel with a thread of this name. */
    public static TimingWheel start(String threadName) {
        TimingWheel wheel = new TimingWheel(threadName);
        wheel.thread.start();
        return wheel;
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public boolean owns(Thread candidate) {
        return candidate == thread;
    }

    @Override
    public Cancellation schedule(Runnable task, Duration delay) {
        Planned planned = new Planned(task, tickAfter(System.nanoTime() - origin + nanos(delay)));
        lock.lock();
        try {
            if (!closed) {
                buckets.add(planned);
                if (planned.tick < wakeTick) {
                    earlier.signal();
                }
            }
        } finally {
            lock.unlock();
        }
        return planned;
    }

    private static long nanos(Duration delay) {
        if (delay.isNegative()) {
            return 0;
        }
        return delay.compareTo(MAX_DELAY) > 0 ? MAX_DELAY.toNanos() : delay.toNanos();
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

    /** Waits for due tasks and adds them to the list; returns false when the wheel is closed. */
    private boolean await(List<Planned> due) {
        lock.lock();
        try {
            while (!closed) {
                buckets.advance(Math.floorDiv(System.nanoTime() - origin, TICK_NANOS), due);
                if (!due.isEmpty()) {
                    wakeTick = 0;
                    return true;
                }
                wakeTick = buckets.next();
                long ignored = earlier.awaitNanos(origin + wakeTick * TICK_NANOS - System.nanoTime());
            }
        } catch (InterruptedException e) {
            // Only close() ends this thread, and it does not interrupt.
            log.warn("the scheduler's thread was interrupted and continues");
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
            buckets.clear();
            earlier.signal();
        } finally {
            lock.unlock();
        }
    }

    /** A task in its bucket, and its own cancellation. */
    final class Planned implements Cancellation {
        static final int NO_BUCKET = -1;

        final long tick;
        int bucket = NO_BUCKET;

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
                buckets.remove(this);
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
                // One task must not stop the others.
                log.error("a scheduled task failed", e);
            }
        }
    }
}
