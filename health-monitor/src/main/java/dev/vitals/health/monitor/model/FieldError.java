package dev.vitals.health.monitor.model;

import org.jspecify.annotations.Nullable;

/**
 * Why one field from outside is refused.
 *
 * @param field the name of the field as it was sent; {@code labels.NAME} for one label
 * @param value what was sent: a number or a boolean as it is, all else as text of up to 200 characters; null if nothing
 *     was, or if it must not be repeated
 * @param bound what would have been accepted, in words that follow "must be"
 */
public record FieldError(String field, @Nullable Object value, String bound) {
    private static final int MAX_LENGTH = 200;

    /** Brings the value into its form. */
    public FieldError {
        value = shown(value);
    }

    private static @Nullable Object shown(@Nullable Object value) {
        if (value == null || value instanceof Boolean) {
            return value;
        }
        String text = value.toString();
        boolean number = value instanceof Number known && Double.isFinite(known.doubleValue());
        if (text.length() > MAX_LENGTH) {
            return text.substring(0, MAX_LENGTH);
        }
        return number ? value : text;
    }
}
