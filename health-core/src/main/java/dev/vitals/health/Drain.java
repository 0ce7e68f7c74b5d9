package dev.vitals.health;

import dev.vitals.health.internal.Require;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A planned absence: until it ends, the group {@code ready} fails and shows the reason. Immutable.
 *
 * <p>Lasts from 1 s to 1 day and ends by itself; see {@link Draining}.
 */
public final class Drain {
    private static final int MAX_TEXT = 200;
    private static final Duration MIN_TIME = Duration.ofSeconds(1);
    private static final Duration MAX_TIME = Duration.ofDays(1);

    private final String reason;
    private final String by;
    private final Instant until;
    private final long untilNanos;

    private Drain(String reason, String by, Instant until, long untilNanos) {
        this.reason = reason;
        this.by = by;
        this.until = until;
        this.untilNanos = untilNanos;
    }

    static Drain of(String reason, String by, Duration time, Instant now, long nanoTime) {
        Require.text("reason", reason, MAX_TEXT);
        Require.text("by", by, MAX_TEXT);
        Require.range("time", time, MIN_TIME, MAX_TIME);
        Instant until = now.plus(time).truncatedTo(ChronoUnit.MILLIS);
        return new Drain(RedactedData.clean(reason), RedactedData.clean(by), until, nanoTime + time.toNanos());
    }

    /** Returns the reason, for people. */
    public String reason() {
        return reason;
    }

    /** Returns who asked for it. */
    public String by() {
        return by;
    }

    /** Returns the time at which it ends by itself, to the millisecond. */
    public Instant until() {
        return until;
    }

    long untilNanos() {
        return untilNanos;
    }

    @Override
    public String toString() {
        return "draining: " + reason + ", by " + by + ", until " + until;
    }
}
