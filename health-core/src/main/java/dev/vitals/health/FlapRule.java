package dev.vitals.health;

import dev.vitals.health.internal.Require;
import java.time.Duration;

/** When a check counts as flapping: that many changes of state within that time. */
record FlapRule(int changes, Duration within) {
    private static final int MIN_CHANGES = 3;
    private static final int MAX_CHANGES = 100;

    FlapRule {
        Require.range("flapping changes", changes, MIN_CHANGES, MAX_CHANGES);
        Require.range("flapping within", within, Duration.ofSeconds(1), Duration.ofDays(1));
    }
}
