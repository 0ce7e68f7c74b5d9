package dev.vitals.health;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Holds the snapshot that probes read, and makes the next one. Thread-safe; a read takes no lock. */
final class SnapshotPublisher {
    private final Scheduler scheduler;
    private final InstantSource clock;
    private final Changes changes = new Changes();

    // Orders the making of snapshots; only our own pure code runs while it is held.
    private final ReentrantLock publishing = new ReentrantLock();
    private volatile Snapshot snapshot;
    private volatile Consumer<List<Change>> whenChanged = list -> {};

    SnapshotPublisher(Scheduler scheduler, InstantSource clock) {
        this.scheduler = scheduler;
        this.clock = clock;
        this.snapshot = Snapshot.empty(scheduler.nanoTime());
    }

    /** Has the engine told of changes, on the thread that made them. */
    void whenChanged(Consumer<List<Change>> engine) {
        whenChanged = engine;
    }

    Changes changes() {
        return changes;
    }

    /** Returns what is known now. Results that have become too old are found out here, by whoever reads. */
    Snapshot current() {
        Snapshot seen = snapshot;
        if (seen.validAt(scheduler.nanoTime())) {
            return seen;
        }
        // Of many who find it out at once, one makes the next.
        return publish((before, nanoTime, now) ->
                before.validAt(nanoTime) ? before : before.next(before.checks(), before.drain(), nanoTime, now));
    }

    void add(CheckDefinition definition) {
        CheckResult first = CheckResult.none(definition, clock.instant(), scheduler.nanoTime());
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
        changes.forget(definition.name());
    }

    /** Counts a run that has ended; a check that was removed meanwhile is passed over. */
    void record(CheckDefinition definition, Outcome outcome, long startNanos) {
        long endNanos = scheduler.nanoTime();
        CheckResult.Run run = CheckResult.Run.of(outcome, clock.instant(), startNanos, endNanos);
        replace(definition, result -> result.after(run));
    }

    /** Shows a check as blocked by the root cause. */
    void block(CheckDefinition definition, String cause) {
        Instant now = clock.instant();
        long nanoTime = scheduler.nanoTime();
        replace(definition, result -> result.blocked(cause, now, nanoTime));
    }

    private void replace(CheckDefinition definition, UnaryOperator<CheckResult> change) {
        publish((before, nanoTime, now) -> before.with(definition, change, nanoTime, now));
    }

    /** Begins to drain, in place of any drain before; null ends it. */
    void drain(@Nullable Drain drain) {
        publish((before, nanoTime, now) -> before.next(before.checks(), drain, nanoTime, now));
    }

    private Snapshot publish(UnaryOperator<List<CheckResult>> change) {
        return publish(
                (before, nanoTime, now) -> before.next(change.apply(before.checks()), before.drain(), nanoTime, now));
    }

    /** Makes the next snapshot; called under the lock. */
    @FunctionalInterface
    private interface Step {
        Snapshot after(Snapshot before, long nanoTime, Instant now);
    }

    // What cannot be shown must not keep a result from being counted. Whoever asks for it meets the same fault.
    @SuppressWarnings("EmptyCatch")
    private static void prepare(Snapshot after, Snapshot before) {
        try {
            after.prepareLike(before);
        } catch (RuntimeException | Error unshown) {
            // Nothing is written here, for a lock is held.
        }
    }

    private Snapshot publish(Step step) {
        long nanoTime = scheduler.nanoTime();
        Instant now = clock.instant();
        List<Change> changed;
        Snapshot after;
        publishing.lock();
        try {
            Snapshot before = snapshot;
            after = step.after(before, nanoTime, now);
            prepare(after, before);
            snapshot = after;
            changed = changes.note(before, after);
        } finally {
            publishing.unlock();
        }
        changes.announce(changed);
        if (!changed.isEmpty()) {
            whenChanged.accept(changed);
        }
        return after;
    }
}
