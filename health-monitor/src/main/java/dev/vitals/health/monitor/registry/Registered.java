package dev.vitals.health.monitor.registry;

import dev.vitals.health.monitor.model.Target;

/**
 * The answer to a registration that is stored.
 *
 * @param target what is in force now
 * @param created whether the instance was not registered before
 * @param changed whether it is another registration than before, or the first
 */
public record Registered(Target target, boolean created, boolean changed) {}
