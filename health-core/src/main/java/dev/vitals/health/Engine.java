package dev.vitals.health;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/** The parts of one {@link Health} that all of its checks share. */
record Engine(
        Scheduler scheduler,
        InstantSource clock,
        Executor workers,
        RunLimiter limiter,
        SnapshotPublisher publisher,
        double jitter) {
    static Engine of(HealthBuilder builder, Scheduler scheduler, Executor workers) {
        SnapshotPublisher publisher = new SnapshotPublisher(scheduler, builder.clock, workers);
        RunLimiter limiter = new RunLimiter(builder.maxConcurrentRuns);
        return new Engine(scheduler, builder.clock, workers, limiter, publisher, builder.jitter);
    }

    Instant now() {
        return clock.instant();
    }
}
