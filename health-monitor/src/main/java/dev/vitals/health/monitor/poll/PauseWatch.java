package dev.vitals.health.monitor.poll;

import dev.vitals.health.internal.DurationText;
import dev.vitals.health.internal.Threads;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices when the monitor did not run: a collection of garbage, a frozen process, too little CPU. One daemon thread ticks; a
 * tick that comes late is the end of a pause. Other threads can be watched too: a task that waits for one of them for long is
 * a pause as well. Thread-safe; a question never waits for the thread, so that the answer is right at the end of a pause.
 */
public final class PauseWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PauseWatch.class);
    private static final Duration TICK = Duration.ofMillis(50);
    private static final long TOLERANCE_NANOS = Duration.ofMillis(50).toNanos();
    private static final Duration LONG = Duration.ofMillis(500);
    private static final int MAX_KEPT = 2_000;

    private final Lane process = new Lane("monitor was paused", null);
    private final List<Lane> lanes = new CopyOnWriteArrayList<>(List.of(process));
    private final LongSupplier nanoTime;
    private final boolean watching;
    private volatile boolean closed;

    private record Pause(long from, long to) {
        /** Returns the length of the part that is since that time; negative or zero if there is none. */
        long since(long start) {
            return to - (from - start > 0 ? from : start);
        }
    }

    /** The time that a thread has lost by pauses: all of it, and by the longest pause. */
    public record Lost(Duration total, Duration longest) {
        /** No pause. */
        public static final Lost NOTHING = new Lost(Duration.ZERO, Duration.ZERO);

        private Lost plus(long nanos) {
            Duration pause = Duration.ofNanos(Math.max(0, nanos));
            return new Lost(total.plus(pause), pause.compareTo(longest) > 0 ? pause : longest);
        }
    }

    /** The pauses of one thread, and since when it has been expected to run. */
    private static final class Lane {
        private final String what;
        private final @Nullable Executor thread;
        // Guards the fields below it; nothing else runs while it is held.
        private final ReentrantLock lock = new ReentrantLock();
        private final Deque<Pause> pauses = new ArrayDeque<>();
        private boolean expected;
        private long from;

        Lane(String what, @Nullable Executor thread) {
            this.what = what;
            this.thread = thread;
        }

        /** Expects the thread to run from that time on; returns false if it is expected already. */
        boolean expect(long time) {
            lock.lock();
            try {
                if (expected) {
                    return false;
                }
                expected = true;
                from = time;
                return true;
            } finally {
                lock.unlock();
            }
        }

        /** Notes that the thread runs; returns how long it had not run. */
        Duration runs(long now) {
            lock.lock();
            try {
                if (!expected) {
                    return Duration.ZERO;
                }
                expected = false;
                if (now - from <= TOLERANCE_NANOS) {
                    return Duration.ZERO;
                }
                pauses.addLast(new Pause(from, now));
                if (pauses.size() > MAX_KEPT) {
                    pauses.removeFirst();
                }
                return Duration.ofNanos(now - from);
            } finally {
                lock.unlock();
            }
        }

        /** Returns the time that was lost since then: the parts of the pauses that are since then, and the one that goes on. */
        Lost since(long start, long now) {
            lock.lock();
            try {
                Lost lost = Lost.NOTHING;
                if (expected && now - from > TOLERANCE_NANOS) {
                    lost = lost.plus(new Pause(from, now).since(start));
                }
                // Each poll asks, and nearly always there is no pause since its start: the latest are looked at first.
                for (Iterator<Pause> latest = pauses.descendingIterator(); latest.hasNext(); ) {
                    long part = latest.next().since(start);
                    if (part <= 0) {
                        break;
                    }
                    lost = lost.plus(part);
                }
                return lost;
            } finally {
                lock.unlock();
            }
        }
    }

    PauseWatch(LongSupplier nanoTime, boolean watching) {
        this.nanoTime = nanoTime;
        this.watching = watching;
        if (watching) {
            tick();
        }
    }

    /** Starts to watch; {@code nanoTime} is the elapsed time in nanoseconds, of real time. */
    public static PauseWatch start(LongSupplier nanoTime) {
        PauseWatch watch = new PauseWatch(nanoTime, true);
        Threads.daemon("monitor-pauses-").newThread(watch::run).start();
        return watch;
    }

    /** Returns a watch that never notices anything, for a time that is moved by hand. */
    public static PauseWatch none() {
        return new PauseWatch(() -> 0, false);
    }

    /**
     * Also watches a thread.
     *
     * @param what tells of its pause, such as {@code network thread did not run}
     */
    public void watch(String what, Executor thread) {
        if (watching) {
            lanes.add(new Lane(what, thread));
        }
    }

    private void run() {
        while (!closed) {
            LockSupport.parkNanos(TICK.toNanos());
            tick();
        }
    }

    /** Notes that the process runs, and asks the other threads whether they do. */
    void tick() {
        long now = nanoTime.getAsLong();
        tell(process.what, process.runs(now));
        boolean unused = process.expect(now + TICK.toNanos());
        for (Lane lane : lanes) {
            Executor thread = lane.thread;
            // One question at a time.
            if (thread != null && lane.expect(now)) {
                thread.execute(() -> tell(lane.what, lane.runs(nanoTime.getAsLong())));
            }
        }
    }

    private static void tell(String what, Duration pause) {
        if (pause.compareTo(LONG) >= 0) {
            log.warn("the {} for {}; failed polls of that time are repeated", what, DurationText.inWords(pause));
        }
    }

    /** Returns how much time the thread that ran least has lost since that time. */
    public Lost since(long nanos) {
        long now = nanoTime.getAsLong();
        Lost most = Lost.NOTHING;
        for (Lane lane : lanes) {
            Lost lost = lane.since(nanos, now);
            most = lost.total().compareTo(most.total()) > 0 ? lost : most;
        }
        return most;
    }

    /** Stops watching. */
    @Override
    public void close() {
        closed = true;
    }
}
