package dev.vitals.health.monitor.model;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * One moment by two clocks. Elapsed time decides how old something is; the wall clock, which people may set, only dates it.
 *
 * @param wall the time of the wall clock, in milliseconds, as the store keeps it
 * @param nanos the elapsed time in nanoseconds since an arbitrary origin
 */
public record Moment(Instant wall, long nanos) {
    /** Cuts the wall clock's time to milliseconds. */
    public Moment {
        wall = wall.truncatedTo(ChronoUnit.MILLIS);
    }

    /** Returns a supplier of the present moment; as thread-safe as both clocks are. */
    public static Supplier<Moment> source(InstantSource clock, LongSupplier nanoTime) {
        return () -> new Moment(clock.instant(), nanoTime.getAsLong());
    }

    /** Returns the moment that was that long before this one. */
    public Moment minus(Duration duration) {
        return new Moment(wall.minus(duration), nanos - duration.toNanos());
    }

    /** Returns the elapsed time from an earlier moment to this one. */
    public Duration since(Moment earlier) {
        return Duration.ofNanos(nanos - earlier.nanos);
    }
}
