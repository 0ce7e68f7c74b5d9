package dev.vitals.health.monitor.history;

import dev.vitals.health.Scheduler;
import dev.vitals.health.internal.Threads;
import dev.vitals.health.monitor.store.HistoryStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets what is old: a few targets at a time, each time in a short transaction and with a pause behind it, so that the
 * recorder never waits for long. A round over all targets begins every ten minutes.
 */
public final class Retention implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Retention.class);

    private static final Duration BETWEEN_ROUNDS = Duration.ofMinutes(10);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int TARGETS_AT_ONCE = 100;
    private static final int PAGES_AT_ONCE = 500;

    private final Executor worker = Threads.workers("monitor-retention-");
    private final Scheduler scheduler;
    private final InstantSource clock;
    private final HistoryStore store;
    private final RetentionPolicy keep;
    private long next = 1;
    private volatile boolean closed;

    /** Makes one that waits for {@link #begin}. */
    public Retention(Scheduler scheduler, InstantSource clock, HistoryStore store, RetentionPolicy keep) {
        this.scheduler = scheduler;
        this.clock = clock;
        this.store = store;
        this.keep = keep;
    }

    /** Plans the first round. */
    public void begin() {
        plan(BETWEEN_ROUNDS);
    }

    private void plan(Duration delay) {
        if (!closed) {
            // The scheduler's thread must not wait for the disk.
            Scheduler.Cancellation unused = scheduler.schedule(() -> worker.execute(this::run), delay);
        }
    }

    private void run() {
        boolean more = false;
        try {
            more = !closed && step();
        } catch (RuntimeException e) {
            if (closed) {
                log.debug("ended while it was forgetting", e);
                return;
            }
            log.warn("what is old could not be forgotten, tried again later: {}", e.toString());
        } finally {
            plan(more ? PAUSE : BETWEEN_ROUNDS);
        }
    }

    /** Forgets what is old of some targets; returns whether there is more to do now. One call at a time. */
    boolean step() {
        Instant now = clock.instant();
        long last = store.lastTarget();
        if (next <= last) {
            long end = Math.min(last, next + TARGETS_AT_ONCE - 1);
            int gone = store.forget(next, end, now.minus(keep.results()), now.minus(keep.hours()));
            log.debug("{} rows of the targets {} to {} are forgotten", gone, next, end);
            next = end + 1;
            return true;
        }
        if (store.shrink(PAGES_AT_ONCE)) {
            return true;
        }
        next = 1;
        return false;
    }

    @Override
    public void close() {
        closed = true;
    }
}
