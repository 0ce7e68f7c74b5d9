package dev.vitals.health;

import dev.vitals.health.internal.AgeClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds the snapshot that probes read, and makes the next one. Thread-safe; a read takes no lock. */
final class SnapshotPublisher {
    private static final Logger log = LoggerFactory.getLogger(Health.class);

    private final AgeClock ages;
    private final InstantSource clock;
    private final Changes changes;

    // Orders the making of snapshots; only our own pure code runs while it is held.
    private final ReentrantLock publishing = new ReentrantLock();
    private Snapshot newest;

    // The snapshot that probes read: the newest one for which the bodies are made.
    private volatile Snapshot shown;
    private volatile boolean bodiesFail;
    private volatile Consumer<List<Change>> whenChanged = list -> {};

    SnapshotPublisher(AgeClock ages, InstantSource clock, Executor workers) {
        this.ages = ages;
        this.clock = clock;
        this.changes = new Changes(workers);
        this.newest = Snapshot.empty(ages.nanoTime());
        this.shown = newest;
    }

    /** Sets what the engine does after changes, on the thread that made them. */
    void whenChanged(Consumer<List<Change>> engine) {
        whenChanged = engine;
    }

    Changes changes() {
        return changes;
    }

    /** Returns the snapshot of now. A reader finds out that a result has become too old, and makes the next one. */
    Snapshot current() {
        Snapshot seen = shown;
        if (seen.validAt(ages.nanoTime())) {
            return seen;
        }
        // Of many readers that find it out at the same time, one makes the next.
        return publish((before, nanoTime, now) ->
                before.validAt(nanoTime) ? before : before.next(before.checks(), before.drain(), nanoTime, now));
    }

    void add(Collection<CheckDefinition> definitions) {
        if (definitions.isEmpty()) {
            return;
        }
        Instant wall = clock.instant();
        long nanos = ages.nanoTime();
        publish(checks -> {
            List<CheckResult> more = new ArrayList<>(checks);
            for (CheckDefinition definition : definitions) {
                more.add(CheckResult.none(definition, wall, nanos));
            }
            return more;
        });
    }

    void remove(CheckDefinition definition) {
        publish(checks -> checks.stream()
                .filter(result -> result.definition() != definition)
                .toList());
        changes.forget(definition.name());
    }

    /** Counts a run that has ended now; ignores it if the check was removed in the meantime. */
    void record(CheckDefinition definition, Outcome outcome, Duration duration) {
        CheckResult.Run run = new CheckResult.Run(outcome, clock.instant(), duration, ages.nanoTime());
        replace(definition, result -> result.after(run));
    }

    /** Shows a check as blocked by the root cause. */
    void block(CheckDefinition definition, String cause) {
        Instant now = clock.instant();
        long nanoTime = ages.nanoTime();
        replace(definition, result -> result.blocked(cause, now, nanoTime));
    }

    private void replace(CheckDefinition definition, UnaryOperator<CheckResult> change) {
        publish((before, nanoTime, now) -> before.with(definition, change, nanoTime, now));
    }

    /** Begins to drain, in place of an earlier drain; null ends it. */
    void drain(@Nullable Drain drain) {
        publish((before, nanoTime, now) -> before.next(before.checks(), drain, nanoTime, now));
    }

    /** Shows from now on that nothing looks any more. Tells no listener, and logs no change: it is meant. */
    void close() {
        changes.close();
        publish((before, nanoTime, now) -> before.isClosed() ? before : before.closed(nanoTime, now));
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

    private Snapshot publish(Step step) {
        long nanoTime = ages.nanoTime();
        Instant now = clock.instant();
        List<Change> changed;
        Snapshot after;
        publishing.lock();
        try {
            Snapshot before = newest;
            after = step.after(before, nanoTime, now);
            if (after == before) {
                return after;
            }
            newest = after;
            changed = changes.note(before, after);
        } finally {
            publishing.unlock();
        }
        makeBodies(after);
        show(after);
        changes.announce(changed);
        if (!changed.isEmpty()) {
            whenChanged.accept(changed);
        }
        return after;
    }

    /** Makes what probers often ask for, so that no probe has to once the snapshot is shown. */
    private void makeBodies(Snapshot after) {
        try {
            after.prepareLike(shown);
            bodiesFail = false;
        } catch (RuntimeException | Error e) {
            // The result counts although it cannot be shown; a probe that asks for the body gets the same error.
            if (bodiesFail) {
                log.debug("the answers for probes still cannot be made", e);
            } else {
                log.warn("the answers for probes cannot be made", e);
            }
            bodiesFail = true;
        }
    }

    private void show(Snapshot after) {
        publishing.lock();
        try {
            // Another thread may have shown a newer one in the meantime.
            if (after.version() > shown.version()) {
                shown = after;
            }
        } finally {
            publishing.unlock();
        }
    }
}
