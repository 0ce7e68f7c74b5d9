package dev.vitals.health.monitor.registry;

import dev.vitals.health.monitor.model.Target;

/**
 * The result of a registration.
 *
 * @param target the target as it is stored now
 * @param created whether the instance was not registered before
 * @param changed whether the settings differ from those before, or are the first
 */
public record Registered(Target target, boolean created, boolean changed) {}
