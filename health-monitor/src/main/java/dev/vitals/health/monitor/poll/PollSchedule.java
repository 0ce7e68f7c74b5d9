package dev.vitals.health.monitor.poll;

import dev.vitals.health.Scheduler;
import dev.vitals.health.monitor.model.Moment;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.probe.Poller;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

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
    private final Sink sink;
    private final InstantSource clock;
    private final PauseWatch pauses;
    private final long origin;
    private final StartDelays startDelays;
    private final LongAdder repeated = new LongAdder();
    private volatile boolean closed;

    /** Takes results. */
    @FunctionalInterface
    public interface Sink {
        /**
         * Takes the result of a poll; must not block.
         *
         * @param polled the target as it was when the poll started
         * @param seen the moment for which the result is known to hold
         */
        void accept(Target polled, PollResult result, Moment seen);
    }

    /**
     * Creates a schedule without targets.
     *
     * @param clock the wall clock; the starts of a target keep their places on it after a restart of the monitor
     * @param pauses tells when the monitor itself did not run
     * @param sink takes the results
     */
    public PollSchedule(Scheduler scheduler, InstantSource clock, Poller poller, PauseWatch pauses, Sink sink) {
        this.scheduler = scheduler;
        this.clock = clock;
        this.pauses = pauses;
        this.poller = poller;
        this.sink = sink;
        this.origin = scheduler.nanoTime() - TimeUnit.MILLISECONDS.toNanos(clock.millis());
        this.startDelays = new StartDelays(scheduler);
    }

    /**
     * Polls a target that existed before the monitor started. Its first poll is a regular one, so there is no burst; unless
     * its latest result would become too old before that one has ended.
     *
     * @param seen when the target was seen last, if its state depends on a result that is not too old; otherwise null
     */
    public void resume(Target target, @Nullable Moment seen) {
        PollOffset offset = offset(target);
        long now = scheduler.nanoTime();
        long wait = offset.notBefore(now) - now;
        if (seen != null) {
            long good = seen.nanos() + target.maxAge().minus(target.timeout()).toNanos() - now;
            long soon = offset.soonAfter(now) - now;
            wait = Math.min(wait, Math.max(good, soon));
        }
        start(target, offset, now + wait);
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
        attempt(target, cycle, done, 1);
    }

    private void attempt(Target target, PollCycle cycle, Poller.Listener done, int number) {
        long start = scheduler.nanoTime();
        poller.poll(target, (result, exchange) -> {
            Moment end = new Moment(clock.instant(), scheduler.nanoTime());
            Moment began = end.minus(Duration.ofNanos(end.nanos() - start));
            SpoiltPolls.Verdict verdict = SpoiltPolls.judge(
                    target,
                    result,
                    exchange,
                    end.since(began),
                    pauses.since(start).total());
            if (verdict.isSpoilt() && number < SpoiltPolls.MAX_ATTEMPTS && !closed) {
                repeated.increment();
                var unused =
                        scheduler.schedule(() -> attempt(target, cycle, done, number + 1), SpoiltPolls.delay(exchange));
                return;
            }
            // A poll that ends because the monitor closes says nothing about the target.
            if (!closed && verdict.counts()) {
                sink.accept(target, result, verdict == SpoiltPolls.Verdict.SOUND ? end : began);
            }
            cycle.ended();
            active.decrementAndGet();
            done.polled(result, exchange);
        });
    }

    /** Returns how often a poll was repeated because the monitor itself did not run during it. */
    public long repeated() {
        return repeated.sum();
    }

    /** Returns how many polls have not ended, although their time is long over. */
    public long overdue() {
        long now = scheduler.nanoTime();
        return cycles.values().stream().filter(cycle -> cycle.isOverdue(now)).count();
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
