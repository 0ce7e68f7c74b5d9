package dev.vitals.health.monitor.poll;

import dev.vitals.health.Scheduler;
import dev.vitals.health.monitor.model.Target;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The polls of one target, one after the other. */
final class PollCycle implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(PollCycle.class);

    private final AtomicBoolean underWay = new AtomicBoolean();
    private final PollSchedule schedule;

    // Guards the fields below it; only assignments and planning run while it is held.
    private final ReentrantLock lock = new ReentrantLock();
    private Target target;
    private PollOffset grid;
    private long next;
    private boolean closed;
    private Scheduler.@Nullable Cancellation planned;

    PollCycle(PollSchedule schedule, Target target, PollOffset grid) {
        this.schedule = schedule;
        this.target = target;
        this.grid = grid;
    }

    /** Plans the first poll. */
    void begin(long start) {
        lock.lock();
        try {
            plan(start);
        } finally {
            lock.unlock();
        }
    }

    long soonAfter(long time) {
        lock.lock();
        try {
            return grid.soonAfter(time);
        } finally {
            lock.unlock();
        }
    }

    /** Polls now and tells what was found; says no if a poll is under way. Then goes on from the next place on. */
    boolean examine(Consumer<DiagnosedResult> done) {
        if (!underWay.compareAndSet(false, true)) {
            return false;
        }
        Target current;
        lock.lock();
        try {
            current = target;
            plan(grid.notBefore(schedule.scheduler().nanoTime() + 1));
        } finally {
            lock.unlock();
        }
        schedule.examine(current, () -> underWay.set(false), done);
        return true;
    }

    /** Polls once at that time, unless the next poll is due before; then goes on as before. */
    void hasten(long start) {
        lock.lock();
        try {
            if (start - next < 0) {
                plan(start);
            }
        } finally {
            lock.unlock();
        }
    }

    // With the lock held.
    private void plan(long start) {
        if (closed) {
            return;
        }
        if (planned != null) {
            planned.cancel();
        }
        next = start;
        Scheduler scheduler = schedule.scheduler();
        planned = scheduler.schedule(this, Duration.ofNanos(start - scheduler.nanoTime()));
    }

    /** Goes on with other values; plans anew only if the grid is another. */
    void replace(Target other, PollOffset otherGrid) {
        lock.lock();
        try {
            target = other;
            if (!grid.equals(otherGrid)) {
                grid = otherGrid;
                plan(otherGrid.notBefore(schedule.scheduler().nanoTime()));
            }
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            if (planned != null) {
                planned.cancel();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Polls, and plans the next poll. */
    @Override
    public void run() {
        Target current = current();
        if (current == null) {
            return;
        }
        try {
            poll(current);
        } finally {
            // Whatever went wrong above, the schedule goes on.
            planNext();
        }
    }

    private @Nullable Target current() {
        long now = schedule.scheduler().nanoTime();
        lock.lock();
        try {
            if (closed) {
                return null;
            }
            schedule.noteLag(now - next, now);
            return target;
        } finally {
            lock.unlock();
        }
    }

    private void planNext() {
        long now = schedule.scheduler().nanoTime();
        lock.lock();
        try {
            plan(grid.notBefore(Math.max(now, next) + 1));
        } finally {
            lock.unlock();
        }
    }

    private void poll(Target current) {
        if (underWay.compareAndSet(false, true)) {
            schedule.poll(current, () -> underWay.set(false));
        } else {
            log.debug("{}: the last poll is still under way", current.id());
        }
    }
}
