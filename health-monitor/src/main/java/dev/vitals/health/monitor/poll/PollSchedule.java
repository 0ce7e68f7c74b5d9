package dev.vitals.health.monitor.poll;

import dev.vitals.health.Scheduler;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Starts the polls of all targets, each on its own grid, never two at once of one target. Thread-safe; {@link #resume},
 * {@link #watch} and {@link #unwatch} of one target must not overlap.
 */
public final class PollSchedule implements AutoCloseable {
    private final ConcurrentHashMap<TargetId, PollCycle> cycles = new ConcurrentHashMap<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private final Scheduler scheduler;
    private final Poller prober;
    private final BiConsumer<Target, PollResult> sink;
    private final long origin;
    private final Lag lag;
    private final StartDelays lateness = new StartDelays();
    private volatile boolean closed;

    /**
     * Creates a schedule without targets.
     *
     * @param sink takes each result, with the target as it was when the poll began; must not block
     */
    public PollSchedule(Scheduler scheduler, Poller prober, BiConsumer<Target, PollResult> sink) {
        this.scheduler = scheduler;
        this.prober = prober;
        this.sink = sink;
        this.origin = scheduler.nanoTime();
        this.lag = new Lag(origin);
    }

    /** Polls a target that was known before the start; its first poll waits for its place, so that there is no burst. */
    public void resume(Target target) {
        long now = scheduler.nanoTime();
        PollOffset grid = grid(target);
        start(target, grid, grid.notBefore(now));
    }

    /** Polls a target from now on, a new one within a second; one that is polled already keeps its places. */
    public void watch(Target target) {
        PollCycle cycle = cycles.get(target.id());
        PollOffset grid = grid(target);
        if (cycle == null) {
            start(target, grid, grid.soonAfter(scheduler.nanoTime()));
        } else {
            cycle.replace(target, grid);
        }
    }

    /**
     * Polls a target once more within a second, besides its ordinary polls; harmless if it is not watched. The poll
     * begins later than this call by a millisecond at least.
     */
    public void pollNow(TargetId id) {
        PollCycle cycle = cycles.get(id);
        if (cycle != null) {
            cycle.hasten(cycle.soonAfter(scheduler.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1)));
        }
    }

    /** Polls a target no longer. */
    public void unwatch(TargetId id) {
        PollCycle cycle = cycles.remove(id);
        if (cycle != null) {
            cycle.close();
        }
    }

    private void start(Target target, PollOffset grid, long first) {
        PollCycle cycle = new PollCycle(this, target, grid);
        cycles.put(target.id(), cycle);
        cycle.begin(first);
    }

    private PollOffset grid(Target target) {
        return PollOffset.of(origin, target.id(), target.interval());
    }

    Scheduler scheduler() {
        return scheduler;
    }

    void noteLag(long lagNanos, long now) {
        lag.note(lagNanos, now);
        lateness.note(lagNanos);
    }

    void poll(Target target, Runnable over) {
        underWay.incrementAndGet();
        prober.probe(target, result -> end(target, result, over));
    }

    void examine(Target target, Runnable over, Consumer<DiagnosedResult> done) {
        underWay.incrementAndGet();
        prober.explain(target, finding -> {
            end(target, finding.result(), over);
            done.accept(finding);
        });
    }

    private void end(Target target, PollResult result, Runnable over) {
        // What is broken off by the end of the monitor says nothing about the target.
        if (!closed) {
            sink.accept(target, result);
        }
        over.run();
        underWay.decrementAndGet();
    }

    /**
     * Polls a target at once instead of at its next place, and tells what was found; its result counts like any other.
     * Returns whether it does: not if it is not watched, or a poll is under way.
     */
    public boolean examine(TargetId id, Consumer<DiagnosedResult> done) {
        PollCycle cycle = cycles.get(id);
        return cycle != null && cycle.examine(done);
    }

    /** Returns how many polls are under way. */
    public int underWay() {
        return underWay.get();
    }

    /** Returns by how much the latest start of the last seconds was late. */
    public Duration lag() {
        return lag.worst(scheduler.nanoTime());
    }

    /** Returns how late all polls have started so far. */
    public StartDelays lateness() {
        return lateness;
    }

    /** Starts no more polls; what those under way find is dropped. */
    @Override
    public void close() {
        closed = true;
        cycles.keySet().forEach(this::unwatch);
    }
}
