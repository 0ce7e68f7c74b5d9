package dev.vitals.health.monitor.model;

import dev.vitals.health.State;
import java.time.Instant;

/**
 * A target came from one state into another. A target that is no longer watched goes to UNKNOWN.
 *
 * @param target whose state changed
 * @param from the state before
 * @param to the state after
 * @param at when
 * @param why the result, or the event, that made it change
 */
public record Change(TargetId target, State from, State to, Instant at, String why) {}
