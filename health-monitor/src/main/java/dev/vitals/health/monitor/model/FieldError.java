package dev.vitals.health.monitor.model;

import org.jspecify.annotations.Nullable;

/**
 * Why one field of a registration is refused.
 *
 * @param field the name of the field on the wire; {@code labels.NAME} for one label
 * @param value the value that was sent, as text; null if none was
 * @param bound what would have been accepted, in words that follow "must be"
 */
public record FieldError(String field, @Nullable String value, String bound) {}
