package dev.vitals.health;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/** Holds the snapshot that probes read, and makes the next one. Thread-safe; a read takes no lock. */
final class Board {
    private final Scheduler scheduler;
    private final InstantSource clock;
    private final ChangeLog changeLog = new ChangeLog();

    // Orders the making of snapshots; only our own pure code runs while it is held.
    private final ReentrantLock publishing = new ReentrantLock();
    private volatile Snapshot snapshot;

    Board(Scheduler scheduler, InstantSource clock) {
        this.scheduler = scheduler;
        this.clock = clock;
        this.snapshot = new Snapshot(0, scheduler.nanoTime(), clock.instant(), List.of());
    }

    /** Returns what is known now. Results that have become too old are found out here, by whoever reads. */
    Snapshot current() {
        Snapshot seen = snapshot;
        if (seen.validAt(scheduler.nanoTime())) {
            return seen;
        }
        return publish(checks -> checks);
    }

    void add(CheckDefinition definition) {
        CheckResult first = CheckResult.none(definition, clock.instant());
        publish(checks -> {
            List<CheckResult> more = new ArrayList<>(checks);
            more.add(first);
            return more;
        });
    }

    void remove(CheckDefinition definition) {
        publish(checks -> checks.stream()
                .filter(result -> result.definition() != definition)
                .toList());
    }

    /** Counts a run that has ended; a check that was removed meanwhile is passed over. */
    void record(CheckDefinition definition, Outcome outcome, long startNanos) {
        long endNanos = scheduler.nanoTime();
        CheckResult.Run run = CheckResult.Run.of(outcome, clock.instant(), startNanos, endNanos);
        publish(checks -> checks.stream()
                .map(result -> result.definition() == definition ? result.after(run) : result)
                .toList());
    }

    private Snapshot publish(UnaryOperator<List<CheckResult>> change) {
        long nanoTime = scheduler.nanoTime();
        Instant now = clock.instant();
        Snapshot before;
        Snapshot after;
        publishing.lock();
        try {
            before = snapshot;
            after = new Snapshot(before.version() + 1, nanoTime, now, change.apply(before.checks()));
            snapshot = after;
        } finally {
            publishing.unlock();
        }
        changeLog.log(before, after);
        return after;
    }
}
