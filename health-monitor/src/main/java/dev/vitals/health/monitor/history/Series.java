package dev.vitals.health.monitor.history;

import dev.vitals.health.monitor.model.TargetId;
import org.jspecify.annotations.Nullable;

/**
 * A number that a target reports again and again.
 *
 * @param target the target
 * @param number the number of the series in its target
 * @param name the key in the target's health document
 * @param unit the unit of the values; null if the target reports none
 */
public record Series(
        TargetId target, int number, String name, @Nullable String unit) {}
