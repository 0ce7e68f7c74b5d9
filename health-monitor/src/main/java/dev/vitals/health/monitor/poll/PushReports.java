package dev.vitals.health.monitor.poll;

import dev.vitals.health.Outcome;
import dev.vitals.health.Scheduler;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes the reports of the apps that report by themselves, and notices who is silent: each interval without a report
 * counts as one failure, and each report at once as what it says. Thread-safe; {@link #watch} and {@link #unwatch} of one
 * target must not overlap.
 */
public final class PushReports implements Poller {
    private final ConcurrentHashMap<TargetId, Watched> watched = new ConcurrentHashMap<>();
    private final Scheduler scheduler;
    private final InstantSource clock;
    private final BiConsumer<Target, PollResult> sink;

    /**
     * Creates one that watches nobody.
     *
     * @param sink takes each result; must not block
     */
    public PushReports(Scheduler scheduler, InstantSource clock, BiConsumer<Target, PollResult> sink) {
        this.scheduler = scheduler;
        this.clock = clock;
        this.sink = sink;
    }

    /** Expects reports from now on; who is expected already has its values changed, and is not given more time. */
    public void watch(Target target) {
        Watched before = watched.get(target.id());
        if (before != null && before.target.registeredAt().equals(target.registeredAt())) {
            boolean another = !before.target.interval().equals(target.interval());
            before.target = target;
            if (another) {
                before.plan(before.heardNanos + target.interval().toNanos() - scheduler.nanoTime());
            }
            return;
        }
        unwatch(target.id());
        Watched now = new Watched(target);
        watched.put(target.id(), now);
        now.plan(target.interval().toNanos());
    }

    /** Expects no more reports. */
    public void unwatch(TargetId id) {
        Watched gone = watched.remove(id);
        if (gone != null) {
            gone.close();
        }
    }

    /** Counts a report; says whether one is expected from that target. */
    public boolean report(TargetId id, PushReport report) {
        Watched reporter = watched.get(id);
        if (reporter == null) {
            return false;
        }
        Outcome.Code code = report.code();
        String said = report.message() == null ? null : Text.line(report.message());
        if (said == null && code != Outcome.Code.OK) {
            said = "reported " + code.status().word();
        }
        PollResult result = new PollResult(code, said, null, now(), Duration.ZERO, report.components());
        reporter.last = result;
        reporter.heardNanos = scheduler.nanoTime();
        sink.accept(reporter.target, result);
        return true;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Tells of the latest report: there is nothing to ask. */
    @Override
    public void probe(Target target, Consumer<PollResult> done) {
        Watched reporter = watched.get(target.id());
        PollResult last = reporter == null ? null : reporter.last;
        done.accept(
                last != null
                        ? last
                        : new PollResult(Outcome.Code.ERROR, "no report yet", null, now(), Duration.ZERO, List.of()));
    }

    /** Expects no more reports of anybody. */
    @Override
    public void close() {
        watched.keySet().forEach(this::unwatch);
    }

    /** One who is to report. */
    private final class Watched {
        private volatile Target target;
        private volatile long heardNanos = scheduler.nanoTime();
        private volatile @Nullable PollResult last;
        private Scheduler.@Nullable Cancellation planned;
        private boolean closed;

        Watched(Target target) {
            this.target = target;
        }

        synchronized void plan(long nanos) {
            if (planned != null) {
                planned.cancel();
            }
            if (!closed) {
                planned = scheduler.schedule(this::look, Duration.ofNanos(Math.max(0, nanos)));
            }
        }

        private void look() {
            Duration silent = Duration.ofNanos(scheduler.nanoTime() - heardNanos);
            Duration interval = target.interval();
            if (silent.compareTo(interval) < 0) {
                plan(interval.minus(silent).toNanos());
                return;
            }
            // Not the whole silence: what says the same again need not be stored again.
            String words = "no report for " + Text.seconds(interval);
            sink.accept(target, new PollResult(Outcome.Code.ERROR, words, null, now(), Duration.ZERO, List.of()));
            plan(interval.toNanos());
        }

        synchronized void close() {
            closed = true;
            if (planned != null) {
                planned.cancel();
            }
        }
    }
}
