package dev.vitals.health;

import dev.vitals.health.internal.AgeClock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/** The parts of one {@link Health} that all of its checks share. */
record Engine(
        Scheduler scheduler,
        AgeClock ages,
        InstantSource clock,
        Workers workers,
        RunLimiter limiter,
        SnapshotPublisher publisher,
        double jitter) {
    static Engine of(HealthBuilder builder, Scheduler scheduler, Executor executor) {
        Workers workers = new Workers(executor, scheduler, builder.scheduler != null);
        AgeClock ages = AgeClock.of(scheduler::nanoTime, builder.clock);
        SnapshotPublisher publisher = new SnapshotPublisher(ages, builder.clock, workers);
        RunLimiter limiter = new RunLimiter(builder.maxConcurrentRuns);
        return new Engine(scheduler, ages, builder.clock, workers, limiter, publisher, builder.jitter);
    }

    Instant now() {
        return clock.instant();
    }
}
