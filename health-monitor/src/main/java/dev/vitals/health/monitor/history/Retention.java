package dev.vitals.health.monitor.history;

import dev.vitals.health.Scheduler;
import dev.vitals.health.internal.DurationText;
import dev.vitals.health.internal.Threads;
import dev.vitals.health.monitor.store.FailureLog;
import dev.vitals.health.monitor.store.HistoryStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes old rows of the history, and then folds the log of the database into its main file. A round over all targets starts
 * every ten minutes. It consists of steps, each with a few targets and a short transaction, and pauses between them, so that
 * the recorder never waits for long.
 */
public final class Retention implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Retention.class);

    private static final Duration BETWEEN_ROUNDS = Duration.ofMinutes(10);
    private static final Duration BETWEEN_STEPS = Duration.ofMillis(100);
    private static final int TARGETS_PER_STEP = 100;
    private static final int PAGES_PER_STEP = 500;

    private final FailureLog failures = new FailureLog(log, "the deletion of old rows");
    private final Executor worker = Threads.workers("monitor-retention-");
    private final Scheduler scheduler;
    private final InstantSource clock;
    private final HistoryStore store;
    private final RetentionPolicy policy;
    private long nextTarget = 1;
    private volatile boolean closed;

    /** Creates a retention that does nothing before {@link #begin}. */
    public Retention(Scheduler scheduler, InstantSource clock, HistoryStore store, RetentionPolicy policy) {
        this.scheduler = scheduler;
        this.clock = clock;
        this.store = store;
        this.policy = policy;
    }

    /** Schedules the first round. */
    public void begin() {
        schedule(BETWEEN_ROUNDS);
    }

    private void schedule(Duration delay) {
        if (!closed) {
            // The scheduler's thread must not wait for the disk.
            Scheduler.Cancellation unused = scheduler.schedule(() -> worker.execute(this::run), delay);
        }
    }

    private void run() {
        boolean more = false;
        try {
            more = !closed && step();
            if (!more) {
                failures.succeeded();
            }
        } catch (RuntimeException e) {
            if (closed) {
                log.debug("closed while old rows were being deleted", e);
            } else {
                failures.failed(e, "the next attempt is in " + DurationText.inWords(BETWEEN_ROUNDS));
            }
        } finally {
            schedule(more ? BETWEEN_STEPS : BETWEEN_ROUNDS);
        }
    }

    /** Runs one step; returns whether the round has more. Must not run twice at the same time. */
    boolean step() {
        Instant now = clock.instant();
        long lastTarget = store.lastTarget();
        if (nextTarget <= lastTarget) {
            long end = Math.min(lastTarget, nextTarget + TARGETS_PER_STEP - 1);
            int deleted = store.forget(nextTarget, end, now.minus(policy.results()), now.minus(policy.hours()));
            log.debug("deleted {} rows of the targets {} to {}", deleted, nextTarget, end);
            nextTarget = end + 1;
            return true;
        }
        if (store.shrink(PAGES_PER_STEP)) {
            return true;
        }
        nextTarget = 1;
        store.fold();
        return false;
    }

    @Override
    public void close() {
        closed = true;
    }
}
