package dev.vitals.health.monitor.cli;

import dev.vitals.health.internal.Threads;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Follows the stream of the monitor, and says when something may have changed. A stream that breaks is opened again after 1 to 3 s;
 * a monitor that does not allow or know it is asked at an interval instead. What is shown comes from a new look, so
 * nothing is lost or doubled across a break. Thread-safe.
 */
final class ChangeSignal implements AutoCloseable {
    private static final String STREAM = "/stream";
    // The monitor sends a line each 10 s.
    private static final Duration SILENCE = Duration.ofSeconds(35);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int SPREAD_MILLIS = 2_000;
    private static final int REFUSED = 400;
    private static final int BROKEN = 500;

    private final MonitorApi api;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final Thread thread;

    // Guarded by the lock.
    private boolean changed;
    private boolean live;
    private boolean closed;

    private ChangeSignal(MonitorApi api) {
        this.api = api;
        this.thread = Threads.named("vitals-stream").newThread(this::follow);
    }

    /** Opens the stream in the background. */
    static ChangeSignal follow(MonitorApi api) {
        ChangeSignal signal = new ChangeSignal(api);
        signal.thread.start();
        return signal;
    }

    /**
     * Waits until something may have changed, or for the interval if no stream tells.
     *
     * @param interval the longest wait while there is no stream
     * @param atMost whether that is the longest wait in any case, since the latest look failed
     */
    void await(Duration interval, boolean atMost) throws InterruptedException {
        long end = System.nanoTime() + interval.toNanos();
        lock.lockInterruptibly();
        try {
            while (!changed) {
                boolean bounded = atMost || !live;
                if (bounded && end - System.nanoTime() <= 0) {
                    return;
                }
                if (bounded) {
                    boolean unused = moved.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                } else {
                    moved.await();
                }
            }
            changed = false;
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether something may have changed since the last call; does not wait. */
    boolean take() {
        lock.lock();
        try {
            boolean was = changed;
            changed = false;
            return was;
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether a stream tells. */
    boolean live() {
        lock.lock();
        try {
            return live;
        } finally {
            lock.unlock();
        }
    }

    private boolean set(boolean nowLive, boolean nowChanged) {
        lock.lock();
        try {
            live = nowLive;
            changed |= nowChanged;
            moved.signalAll();
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private void follow() {
        try {
            boolean goOn = true;
            while (goOn) {
                goOn = read();
                if (goOn) {
                    int spread = ThreadLocalRandom.current().nextInt(SPREAD_MILLIS);
                    TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis() + spread);
                }
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads the stream to its end; returns whether to open it again. */
    private boolean read() {
        try {
            // What happened before it was open is not in it, so there is something to look at.
            api.stream(STREAM, SILENCE, () -> set(true, true), this::line);
            return set(false, true);
        } catch (MonitorApi.RefusedException e) {
            boolean goOn = set(false, false);
            return goOn && (e.status() < REFUSED || e.status() >= BROKEN);
        } catch (IOException e) {
            return set(false, false);
        }
    }

    private boolean line(String line) {
        boolean change = line.equals("event: rows") || line.equals("event: gone");
        return set(true, change);
    }

    /** Ends it; the connection ends with the next line of the monitor. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        thread.interrupt();
    }
}
