package dev.vitals.health;

import dev.vitals.health.internal.AgeClock;
import java.util.Objects;

/**
 * A check whose outcome your code sets; OK at first. Thread-safe; costs no thread.
 *
 * <pre>{@code
 * ManualStatus feature = ManualStatus.ok();
 * Health health = Health.builder().check("feature-x", feature).start();
 * feature.set(Outcome.warning("switched off by alice"));
 * }</pre>
 *
 * <p>One manual status serves one registration at a time. Its defaults: it is read every second, and an ERROR makes it
 * UNHEALTHY at once.
 */
public final class ManualStatus extends InMemoryCheck {
    private volatile Outcome outcome = Outcome.ok();

    private ManualStatus() {}

    /** Returns a status that is OK until it is set, and not registered yet. */
    public static ManualStatus ok() {
        return new ManualStatus();
    }

    @Override
    void begin(AgeClock clock) {}

    /** Sets the outcome from now on. Reports show it as soon as the scheduler has read it. */
    public void set(Outcome next) {
        outcome = Objects.requireNonNull(next, "next");
        readSoon();
    }

    /** Returns the outcome that was set last. */
    @Override
    public Outcome run() {
        return outcome;
    }
}
