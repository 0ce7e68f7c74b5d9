package dev.vitals.health;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/** What a runner works with: who decides when, who works, how many at once, and where results go. */
record Engine(Scheduler scheduler, InstantSource clock, Executor workers, RunGate gate, Board board, double jitter) {
    static Engine of(HealthBuilder builder, Scheduler scheduler, Executor workers) {
        Board board = new Board(scheduler, builder.clock);
        RunGate gate = new RunGate(builder.maxConcurrentRuns);
        return new Engine(scheduler, builder.clock, workers, gate, board, builder.jitter);
    }

    Instant now() {
        return clock.instant();
    }
}
