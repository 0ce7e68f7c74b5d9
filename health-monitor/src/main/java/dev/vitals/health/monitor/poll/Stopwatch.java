package dev.vitals.health.monitor.poll;

import dev.vitals.health.Scheduler;
import dev.vitals.health.monitor.model.PollResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Knows when a poll began, and how long it has taken. */
final class Stopwatch {
    private final Scheduler scheduler;
    private final Instant begun;
    private final long nanos;

    Stopwatch(Scheduler scheduler, InstantSource clock) {
        this.scheduler = scheduler;
        this.begun = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        this.nanos = scheduler.nanoTime();
    }

    PollResult result(Judgement reading, @Nullable Integer httpStatus) {
        Duration latency = Duration.ofNanos(scheduler.nanoTime() - nanos).truncatedTo(ChronoUnit.MICROS);
        return new PollResult(reading.code(), reading.message(), httpStatus, begun, latency, reading.components());
    }
}
