package dev.vitals.health;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets one run of a check begin at a time. A check that hung rests for a while after it has returned, the longer the more
 * often it hung in a row. A run that was late but came back before the next start, or within twice its timeout, did not
 * hang: the check is slow, and may be fast again at any time. Thread-safe.
 */
final class SingleFlight {
    private static final Duration MAX_REST = Duration.ofMinutes(5);
    private static final int MAX_DOUBLINGS = 10;

    private final long intervalNanos;
    private final long slowNanos;

    // Guards all fields below; only assignments happen while it is held.
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable CheckRun running;
    private boolean started;
    private boolean closed;
    private long lastStartNanos;
    private long notBeforeNanos;
    private int hungInARow;

    SingleFlight(Duration interval, Duration timeout, long nanoTime) {
        this.intervalNanos = interval.toNanos();
        this.slowNanos = Math.max(intervalNanos, 2 * timeout.toNanos());
        this.notBeforeNanos = nanoTime;
    }

    /**
     * Returns whether that run may begin: no other is in flight, the last one began at least so long ago, and the check
     * does not rest.
     */
    boolean begin(CheckRun run, long nanoTime, long minGapNanos) {
        lock.lock();
        try {
            boolean tooSoon = nanoTime - notBeforeNanos < 0 || (started && nanoTime - lastStartNanos < minGapNanos);
            if (closed || running != null || tooSoon) {
                return false;
            }
            started = true;
            lastStartNanos = nanoTime;
            running = run;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the run in flight, which has overrun its timeout if it is late. */
    void end(boolean late, long nanoTime) {
        lock.lock();
        try {
            boolean hung = late && nanoTime - lastStartNanos > slowNanos;
            running = null;
            hungInARow = hung ? Math.min(hungInARow + 1, MAX_DOUBLINGS) : 0;
            notBeforeNanos = nanoTime + restNanos(hungInARow);
        } finally {
            lock.unlock();
        }
    }

    private long restNanos(int hangs) {
        if (hangs == 0) {
            return 0;
        }
        return Math.min(intervalNanos << (hangs - 1), Math.max(MAX_REST.toNanos(), intervalNanos));
    }

    /** Returns the run in flight. */
    @Nullable
    CheckRun running() {
        lock.lock();
        try {
            return running;
        } finally {
            lock.unlock();
        }
    }

    /** Lets no further run begin. */
    void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }
}
