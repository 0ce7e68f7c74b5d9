package dev.vitals.health.monitor.history;

import org.jspecify.annotations.Nullable;

/**
 * A number that a target shows again and again.
 *
 * @param number stands for it in the target
 * @param name the key in the target's document
 * @param unit the unit of the values; null if none was said
 */
public record Series(int number, String name, @Nullable String unit) {}
