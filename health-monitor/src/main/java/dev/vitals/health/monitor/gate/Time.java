package dev.vitals.health.monitor.gate;

import dev.vitals.health.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * Both kinds of time.
 *
 * @param scheduler elapsed time, and who decides when
 * @param clock the wall clock
 */
public record Time(Scheduler scheduler, InstantSource clock) {
    /** Returns the wall clock's time in milliseconds, as the store keeps it. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    Scheduler.Cancellation in(Duration delay, Runnable task) {
        return scheduler.schedule(task, delay);
    }
}
