package dev.vitals.health;

import dev.vitals.health.internal.Require;
import java.time.Duration;

/** Looks at how long ago something last gave a sign of life. */
final class BeatCheck extends InMemoryCheck {
    private static final Duration MIN = Duration.ofSeconds(1);
    private static final Duration MAX = Duration.ofDays(31);

    private final Scheduler scheduler;
    private final Duration every;
    private volatile long lastNanos;

    BeatCheck(Scheduler scheduler, Duration every) {
        this.scheduler = scheduler;
        this.every = Require.range("every", every, MIN, MAX);
        this.lastNanos = scheduler.nanoTime();
    }

    /** Takes note of a sign of life, and returns whether it was late. */
    boolean beat() {
        long now = scheduler.nanoTime();
        boolean late = now - lastNanos > every.toNanos();
        lastNanos = now;
        return late;
    }

    @Override
    public Outcome run() {
        Duration silent = Duration.ofNanos(scheduler.nanoTime() - lastNanos);
        Outcome outcome = silent.compareTo(every) <= 0
                ? Outcome.ok()
                : Outcome.error("no beat for " + silent.toSeconds() + " s, expected every " + every.toSeconds() + " s");
        return outcome.measured("silence", silent.toSeconds(), "s");
    }
}
