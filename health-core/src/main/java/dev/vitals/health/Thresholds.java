package dev.vitals.health;

import dev.vitals.health.internal.engine.StateMachine;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What decides the state of one check: thresholds by count always, by time and against flapping where chosen. */
record Thresholds(
        StateMachine machine,
        @Nullable Duration unhealthyAfter,
        @Nullable FlapRule flapRule) {}
