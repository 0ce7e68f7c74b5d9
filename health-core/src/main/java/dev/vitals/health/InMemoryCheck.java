package dev.vitals.health;

import dev.vitals.health.internal.AgeClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A check that the application feeds instead of one that looks. It only reads memory, so it runs where it is due, without
 * a thread. Belongs to one registration at a time; the application may feed it before and after, without effect.
 */
abstract sealed class InMemoryCheck implements HealthCheck permits CallRecorder, Heartbeat, ManualStatus {
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final AtomicReference<@Nullable CheckRunner> owner = new AtomicReference<>();

    /** Sets the defaults of such a check: it is read every second, and an ERROR counts at once. */
    static void defaults(CheckOptions options) {
        options.interval(INTERVAL).failureThreshold(1);
    }

    /** Binds the check to that runner. Returns false if it is bound to another one. */
    boolean attach(CheckRunner runner, AgeClock clock) {
        if (!owner.compareAndSet(null, runner)) {
            return false;
        }
        begin(clock);
        return true;
    }

    void detach() {
        owner.set(null);
    }

    /** Runs the check as soon as possible, if it is registered. */
    void readSoon() {
        CheckRunner current = owner.get();
        if (current != null) {
            current.soon();
        }
    }

    /** Starts to measure time by that clock. */
    abstract void begin(AgeClock clock);
}
