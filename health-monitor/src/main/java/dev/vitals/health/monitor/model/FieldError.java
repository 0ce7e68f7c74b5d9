package dev.vitals.health.monitor.model;

import dev.vitals.health.internal.Redactor;
import org.jspecify.annotations.Nullable;

/**
 * One invalid field of a document from outside.
 *
 * <p>A value that is refused may be a secret all the same, for example a password in a URL. So it is repeated without
 * secrets: nothing of a field whose name says that it is one, no user info, and no query of a URL.
 *
 * @param field the name of the field in the document; {@code labels.NAME} for one label
 * @param value the value that was sent: a number or a boolean as it is, everything else as one line of text of up to 200
 *     characters; null if the field was absent, or if the value must not be repeated
 * @param bound the values that are accepted, in words that follow "must be"
 */
public record FieldError(String field, @Nullable Object value, String bound) {
    private static final int MAX_LENGTH = 200;
    private static final int MAX_PATH = 500;

    /** Shortens the value and hides what is secret in it. */
    public FieldError {
        field = Redactor.clean(field, MAX_PATH);
        value = shown(field, value);
    }

    private static @Nullable Object shown(String field, @Nullable Object value) {
        if (value == null || value instanceof Boolean) {
            return value;
        }
        if (Redactor.isSecret(field.substring(field.lastIndexOf('.') + 1))) {
            return Secret.MASK;
        }
        String text = value.toString();
        boolean number = value instanceof Number known && Double.isFinite(known.doubleValue());
        return number && text.length() <= MAX_LENGTH ? value : Redactor.cleanValue(text, MAX_LENGTH);
    }
}
