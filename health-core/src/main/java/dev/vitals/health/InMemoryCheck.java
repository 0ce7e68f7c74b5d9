package dev.vitals.health;

import java.time.Duration;
import java.util.function.Consumer;

/** A check that looks at nothing but memory of ours: evaluated where it is due, without a thread of its own. */
abstract sealed class InMemoryCheck implements HealthCheck permits CallWindow, BeatCheck, ManualCheck {
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    /** Returns the options of such a check: what it says holds at once, and is looked at every second. */
    static Consumer<CheckOptions> options(Consumer<CheckOptions> settings) {
        return options -> settings.accept(options.interval(INTERVAL).failureThreshold(1));
    }

    @Override
    public abstract Outcome run();
}
