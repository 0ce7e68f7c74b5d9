package dev.vitals.health.monitor.probe;

import dev.vitals.health.Outcome;
import dev.vitals.health.Scheduler;
import dev.vitals.health.internal.DurationText;
import dev.vitals.health.monitor.model.Moment;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Receives the reports of apps that are not polled, and detects missing ones: each report is a result, and each
 * interval without a report is a failure. Thread-safe; {@link #watch} and {@link #unwatch} of one target must not
 * overlap.
 */
public final class PushReports implements Poller {
    private final ConcurrentHashMap<TargetId, Reporter> reporters = new ConcurrentHashMap<>();
    private final Scheduler scheduler;
    private final InstantSource clock;
    private final BiConsumer<Target, PollResult> sink;
    private final LongFunction<Duration> pausedSince;

    /**
     * Creates an instance that expects no reports.
     *
     * @param pausedSince returns how long the monitor did not run since that elapsed time, in nanoseconds; a report may have
     *     waited for it
     * @param sink takes each result; must not block
     */
    public PushReports(
            Scheduler scheduler,
            InstantSource clock,
            LongFunction<Duration> pausedSince,
            BiConsumer<Target, PollResult> sink) {
        this.pausedSince = pausedSince;
        this.scheduler = scheduler;
        this.clock = clock;
        this.sink = sink;
    }

    /** Expects reports from now on. A target that is already watched gets its new settings, but no extra time. */
    public void watch(Target target) {
        Reporter before = reporters.get(target.id());
        if (before != null && before.target.registeredAt().equals(target.registeredAt())) {
            boolean otherInterval = !before.target.interval().equals(target.interval());
            before.target = target;
            if (otherInterval) {
                before.plan(before.reportNanos + target.interval().toNanos() - scheduler.nanoTime());
            }
            return;
        }
        unwatch(target.id());
        begin(new Reporter(target), target.interval().toNanos());
    }

    private void begin(Reporter reporter, long nanos) {
        reporters.put(reporter.target.id(), reporter);
        reporter.plan(nanos);
    }

    /**
     * Expects reports from a target that existed before the monitor started. Its silence counts from the moment at which
     * it was seen last; a report that was due while the monitor did not run may have been missed, and the next one counts.
     *
     * @param seen when the target was seen last; null for never
     */
    public void resume(Target target, @Nullable Moment seen) {
        if (seen == null) {
            watch(target);
            return;
        }
        Reporter reporter = new Reporter(target);
        reporter.reportNanos = seen.nanos();
        long interval = target.interval().toNanos();
        begin(reporter, interval - Math.floorMod(scheduler.nanoTime() - seen.nanos(), interval));
    }

    /** Expects no more reports from a target. */
    public void unwatch(TargetId id) {
        Reporter reporter = reporters.remove(id);
        if (reporter != null) {
            reporter.close();
        }
    }

    /** Takes a report; returns false if none is expected from the target. */
    public boolean report(TargetId id, PushReport report) {
        Reporter reporter = reporters.get(id);
        if (reporter == null) {
            return false;
        }
        Outcome.Code code = report.code();
        String message = report.message() == null ? null : Judgement.line(report.message());
        if (message == null && code != Outcome.Code.OK) {
            message = "reported " + code.status().word();
        }
        PollResult result = new PollResult(code, message, null, now(), Duration.ZERO, report.components());
        reporter.last = result;
        reporter.reportNanos = scheduler.nanoTime();
        sink.accept(reporter.target, result);
        return true;
    }

    private PollResult error(String message) {
        return new PollResult(Outcome.Code.ERROR, message, null, now(), Duration.ZERO, List.of());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Returns the latest report, since there is nothing to poll. */
    @Override
    public void poll(Target target, Listener done) {
        Reporter reporter = reporters.get(target.id());
        PollResult last = reporter == null ? null : reporter.last;
        done.polled(last != null ? last : error("no report yet"), null);
    }

    /** Expects no more reports. */
    @Override
    public void close() {
        reporters.keySet().forEach(this::unwatch);
    }

    /** An app that sends reports. */
    private final class Reporter {
        private volatile Target target;
        private volatile long reportNanos = scheduler.nanoTime();
        private volatile @Nullable PollResult last;

        // Guards the two fields below it; only planning runs while it is held.
        private final ReentrantLock lock = new ReentrantLock();
        private Scheduler.@Nullable Cancellation planned;
        private boolean closed;

        Reporter(Target target) {
            this.target = target;
        }

        void plan(long nanos) {
            lock.lock();
            try {
                if (planned != null) {
                    planned.cancel();
                }
                if (!closed) {
                    planned = scheduler.schedule(this::check, Duration.ofNanos(Math.max(0, nanos)));
                }
            } finally {
                lock.unlock();
            }
        }

        private void check() {
            Duration silence =
                    Duration.ofNanos(scheduler.nanoTime() - reportNanos).minus(pausedSince.apply(reportNanos));
            Duration interval = target.interval();
            if (silence.compareTo(interval) < 0) {
                plan(interval.minus(silence).toNanos());
                return;
            }
            // The interval and not the whole silence: an equal message need not be stored again.
            sink.accept(target, error("no report for " + DurationText.inWords(interval)));
            plan(interval.toNanos());
        }

        void close() {
            lock.lock();
            try {
                closed = true;
                if (planned != null) {
                    planned.cancel();
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
