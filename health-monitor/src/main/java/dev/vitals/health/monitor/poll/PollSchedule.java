package dev.vitals.health.monitor.poll;

import dev.vitals.health.Scheduler;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.probe.Poller;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.HdrHistogram.Histogram;

/**
 * Starts the polls of all targets, each at its own offset, and never two at the same time for one target. Thread-safe;
 * {@link #resume}, {@link #watch} and {@link #unwatch} of one target must not overlap.
 */
public final class PollSchedule implements AutoCloseable {
    private static final long MIN_DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final ConcurrentHashMap<TargetId, PollCycle> cycles = new ConcurrentHashMap<>();
    private final AtomicInteger active = new AtomicInteger();
    private final Scheduler scheduler;
    private final Poller poller;
    private final BiConsumer<Target, PollResult> sink;
    private final long origin;
    private final StartDelays startDelays;
    private volatile boolean closed;

    /**
     * Creates a schedule without targets.
     *
     * @param sink takes each result, with the target as it was when the poll started; must not block
     */
    public PollSchedule(Scheduler scheduler, Poller poller, BiConsumer<Target, PollResult> sink) {
        this.scheduler = scheduler;
        this.poller = poller;
        this.sink = sink;
        this.origin = scheduler.nanoTime();
        this.startDelays = new StartDelays(scheduler);
    }

    /**
     * Polls a target that existed before the monitor started. Its first poll is a regular one, so there is no burst.
     */
    public void resume(Target target) {
        PollOffset offset = offset(target);
        start(target, offset, offset.notBefore(scheduler.nanoTime()));
    }

    /** Polls a target from now on: a new one within a second, a known one at its regular times. */
    public void watch(Target target) {
        PollCycle cycle = cycles.get(target.id());
        PollOffset offset = offset(target);
        if (cycle == null) {
            start(target, offset, offset.soonAfter(scheduler.nanoTime()));
        } else {
            cycle.replace(target, offset);
        }
    }

    /**
     * Polls a target once more within a second, in addition to its regular polls; does nothing if it is not watched.
     * The poll starts at least a millisecond after this call.
     */
    public void pollSoon(TargetId id) {
        PollCycle cycle = cycles.get(id);
        if (cycle != null) {
            cycle.pollBy(cycle.soonAfter(scheduler.nanoTime() + MIN_DELAY_NANOS));
        }
    }

    /**
     * Polls a target now, in place of its next regular poll, and gives the result to the listener too. Returns false if
     * the target is not watched, or if a poll of it is running.
     */
    public boolean pollAtOnce(TargetId id, Poller.Listener done) {
        PollCycle cycle = cycles.get(id);
        return cycle != null && cycle.pollAtOnce(done);
    }

    /** Stops polling a target. */
    public void unwatch(TargetId id) {
        PollCycle cycle = cycles.remove(id);
        if (cycle != null) {
            cycle.close();
        }
    }

    private void start(Target target, PollOffset offset, long first) {
        PollCycle cycle = new PollCycle(this, target, offset);
        cycles.put(target.id(), cycle);
        cycle.begin(first);
    }

    private PollOffset offset(Target target) {
        return PollOffset.of(origin, target.id(), target.interval());
    }

    Scheduler scheduler() {
        return scheduler;
    }

    void startedLate(long nanos) {
        startDelays.record(nanos);
    }

    void poll(Target target, PollCycle cycle, Poller.Listener done) {
        active.incrementAndGet();
        poller.poll(target, (result, exchange) -> {
            // A poll that ends because the monitor closes says nothing about the target.
            if (!closed) {
                sink.accept(target, result);
            }
            cycle.ended();
            active.decrementAndGet();
            done.polled(result, exchange);
        });
    }

    /** Returns the number of running polls. */
    public int activePolls() {
        return active.get();
    }

    /** Returns the longest delay of a start in the last ten to twenty seconds. */
    public Duration lag() {
        return startDelays.recentMax();
    }

    /** Returns a copy of the delays of all starts so far, in microseconds. */
    public Histogram startDelays() {
        return startDelays.histogram();
    }

    /** Starts no more polls, and drops the results of running ones. */
    @Override
    public void close() {
        closed = true;
        cycles.keySet().forEach(this::unwatch);
    }
}
