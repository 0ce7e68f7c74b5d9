package dev.vitals.health.monitor.cli;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/**
 * Holds the surroundings of the commands: the environment and time.
 *
 * @param pause waits between two looks
 */
record ClientContext(Map<String, String> environment, InstantSource clock, Pause pause) {
    /** Waits. */
    @FunctionalInterface
    interface Pause {
        /** Waits for that long. */
        void of(Duration time) throws InterruptedException;
    }

    /** Returns the surroundings of this process, with that environment. */
    static ClientContext of(Map<String, String> environment) {
        return new ClientContext(environment, Clock.systemUTC(), time -> Thread.sleep(time.toMillis()));
    }

    Instant now() {
        return clock.instant();
    }
}
