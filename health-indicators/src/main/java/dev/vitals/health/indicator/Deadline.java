package dev.vitals.health.indicator;

import dev.vitals.health.internal.DurationText;
import dev.vitals.health.internal.Require;
import java.time.Duration;

/** The moment by which one run of an indicator must end. Counts elapsed time, not the wall clock. */
final class Deadline {
    /** The timeout of every indicator that has one, the same as the engine's. */
    static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(2);

    private static final Duration MIN_TIMEOUT = Duration.ofMillis(1);
    private static final Duration MAX_TIMEOUT = Duration.ofHours(1);

    private final Duration timeout;
    private final long end;

    private Deadline(Duration timeout) {
        this.timeout = timeout;
        this.end = System.nanoTime() + timeout.toNanos();
    }

    static Deadline in(Duration timeout) {
        return new Deadline(timeout);
    }

    static Duration requireTimeout(Duration timeout) {
        return Require.range("timeout", timeout, MIN_TIMEOUT, MAX_TIMEOUT);
    }

    long remainingNanos() {
        return Math.max(0, end - System.nanoTime());
    }

    /** Rounded up, so 0 means that no time is left. */
    int remainingMillis() {
        return (int) ((remainingNanos() + 999_999) / 1_000_000);
    }

    /** Rounded up and at least 1, since 0 means no limit in JDBC. */
    int remainingSeconds() {
        return Math.max(1, (remainingMillis() + 999) / 1_000);
    }

    boolean isOver() {
        return remainingNanos() == 0;
    }

    /** Returns the time limit for a message, such as {@code within 2 s}. */
    @Override
    public String toString() {
        return "within " + DurationText.inWords(timeout);
    }
}
