package dev.vitals.health;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/** What a runner works with: who decides when, who works, how many at once, and where results go. */
record Engine(
        Scheduler scheduler,
        InstantSource clock,
        Executor workers,
        RunLimiter gate,
        SnapshotPublisher board,
        double jitter) {
    static Engine of(HealthBuilder builder, Scheduler scheduler, Executor workers) {
        SnapshotPublisher board = new SnapshotPublisher(scheduler, builder.clock);
        RunLimiter gate = new RunLimiter(builder.maxConcurrentRuns);
        return new Engine(scheduler, builder.clock, workers, gate, board, builder.jitter);
    }

    Instant now() {
        return clock.instant();
    }
}
