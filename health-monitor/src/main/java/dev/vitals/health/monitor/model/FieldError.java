package dev.vitals.health.monitor.model;

import org.jspecify.annotations.Nullable;

/**
 * One invalid field of a document from outside.
 *
 * @param field the name of the field in the document; {@code labels.NAME} for one label
 * @param value the value that was sent: a number or a boolean as it is, everything else as text of up to 200 characters;
 *     null if the field was absent, or if the value must not be repeated
 * @param bound the values that are accepted, in words that follow "must be"
 */
public record FieldError(String field, @Nullable Object value, String bound) {
    private static final int MAX_LENGTH = 200;

    /** Shortens the value. */
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
