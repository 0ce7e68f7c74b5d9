package dev.vitals.health.monitor.poll;

import dev.vitals.health.Scheduler;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.probe.Poller;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The polls of one target, one after the other. */
final class PollCycle implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(PollCycle.class);
    private static final Poller.Listener NO_LISTENER = (result, exchange) -> {};

    private static final Duration MARGIN = Duration.ofSeconds(5);

    private final AtomicBoolean polling = new AtomicBoolean();
    private final PollSchedule schedule;
    private volatile long polledAt;

    // Guards the fields below it. While it is held, fields are set and polls are planned, and nothing else runs.
    private final ReentrantLock lock = new ReentrantLock();
    private Target target;
    private PollOffset offset;
    private long next;
    private boolean closed;
    private Scheduler.@Nullable Cancellation planned;

    PollCycle(PollSchedule schedule, Target target, PollOffset offset) {
        this.schedule = schedule;
        this.target = target;
        this.offset = offset;
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
            return offset.soonAfter(time);
        } finally {
            lock.unlock();
        }
    }

    /** Polls now, and continues with the next regular start; returns false if a poll is running. */
    boolean pollAtOnce(Poller.Listener done) {
        if (!begins()) {
            return false;
        }
        Target current;
        lock.lock();
        try {
            current = target;
            plan(offset.notBefore(schedule.scheduler().nanoTime() + 1));
        } finally {
            lock.unlock();
        }
        schedule.poll(current, this, done);
        return true;
    }

    /** Adds a poll at this time unless the next one is earlier; regular starts follow. */
    void pollBy(long start) {
        lock.lock();
        try {
            if (start - next < 0) {
                plan(start);
            }
        } finally {
            lock.unlock();
        }
    }

    // The caller holds the lock.
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

    /** Continues with other settings; the next start changes only if the offset does. */
    void replace(Target other, PollOffset otherOffset) {
        lock.lock();
        try {
            target = other;
            if (!offset.equals(otherOffset)) {
                offset = otherOffset;
                plan(otherOffset.notBefore(schedule.scheduler().nanoTime()));
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
            // The schedule continues even if the poller threw an exception.
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
            schedule.startedLate(now - next);
            return target;
        } finally {
            lock.unlock();
        }
    }

    private void planNext() {
        long now = schedule.scheduler().nanoTime();
        lock.lock();
        try {
            plan(offset.notBefore(Math.max(now, next) + 1));
        } finally {
            lock.unlock();
        }
    }

    private boolean begins() {
        if (!polling.compareAndSet(false, true)) {
            return false;
        }
        polledAt = schedule.scheduler().nanoTime();
        return true;
    }

    private void poll(Target current) {
        if (begins()) {
            schedule.poll(current, this, NO_LISTENER);
        } else {
            log.debug("{}: not polled, the previous poll is still running", current.id());
        }
    }

    private Duration timeout() {
        lock.lock();
        try {
            return target.timeout();
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether a poll runs that should have ended long ago, with all its repetitions. */
    boolean isOverdue(long now) {
        Duration longest = timeout().multipliedBy(SpoiltPolls.MAX_ATTEMPTS).plus(MARGIN);
        return polling.get() && now - polledAt - longest.toNanos() > 0;
    }

    /** Allows the next poll. */
    void ended() {
        polling.set(false);
    }
}
