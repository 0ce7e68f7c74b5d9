package dev.vitals.health;

import java.util.concurrent.Executor;

/** What a runner works with: who decides when, who works, and where results go. */
record Engine(Scheduler scheduler, Executor workers, Board board, double jitter) {}
