package dev.vitals.health;

import dev.vitals.health.internal.Require;
import dev.vitals.health.internal.engine.StateMachine;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The rules that decide the state of one check: by count always, by time and against flapping if chosen. */
record Thresholds(
        StateMachine machine,
        @Nullable Duration unhealthyAfter,
        @Nullable FlapRule flapRule) {
    /** A check flaps if its state changes that often within that time. */
    record FlapRule(int changes, Duration within) {
        private static final int MIN_CHANGES = 3;
        private static final int MAX_CHANGES = 100;

        FlapRule {
            Require.range("flapping changes", changes, MIN_CHANGES, MAX_CHANGES);
            Require.range("flapping within", within, Duration.ofSeconds(1), Duration.ofDays(1));
        }
    }
}
