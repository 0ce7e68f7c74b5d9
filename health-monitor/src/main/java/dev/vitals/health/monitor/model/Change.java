package dev.vitals.health.monitor.model;

import dev.vitals.health.State;
import java.time.Instant;

/**
 * A change of a target's state. The state of a target that is no longer watched becomes UNKNOWN.
 *
 * @param target the target
 * @param from the state before
 * @param to the state after
 * @param at the time
 * @param why the result or the event that caused the change
 */
public record Change(TargetId target, State from, State to, Instant at, String why) {}
