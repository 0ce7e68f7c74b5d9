package dev.vitals.health.monitor.registry;

import dev.vitals.health.monitor.model.Target;

/**
 * The answer to a registration that is stored.
 *
 * @param target what is in force now
 * @param created whether the instance was not registered before
 */
public record Registered(Target target, boolean created) {}
