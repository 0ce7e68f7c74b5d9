package dev.vitals.health.internal;

import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;

/** Checks of arguments; their messages name the field, the value and the bounds. */
public final class Require {
    /** The pattern of all names: of checks, groups, apps and instances. */
    public static final String NAME_PATTERN = "[A-Za-z0-9._-]{1,100}";

    private static final int MAX_SHOWN = 120;
    private static final Pattern NAME = Pattern.compile(NAME_PATTERN);

    private Require() {}

    /** Returns the name, or throws if it does not match {@link #NAME_PATTERN}. */
    public static String name(String field, String value) {
        Objects.requireNonNull(value, field);
        if (!NAME.matcher(value).matches()) {
            throw new IllegalArgumentException(field + " must match " + NAME_PATTERN + ", was " + shown(value));
        }
        return value;
    }

    /** Returns the number, or throws if it is out of the bounds; both bounds are allowed. */
    public static int range(String field, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(field + " must be from " + min + " to " + max + ", was " + value);
        }
        return value;
    }

    /** Returns the number, or throws if it is NaN or out of the bounds; both bounds are allowed. */
    public static double range(String field, double value, double min, double max) {
        if (!(value >= min && value <= max)) {
            throw new IllegalArgumentException(field + " must be from " + min + " to " + max + ", was " + value);
        }
        return value;
    }

    /** Returns the duration, or throws if it is out of the bounds; both bounds are allowed. */
    public static Duration range(String field, Duration value, Duration min, Duration max) {
        Objects.requireNonNull(value, field);
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new IllegalArgumentException(field + " must be from " + DurationText.print(min) + " to "
                    + DurationText.print(max) + ", was " + DurationText.print(value));
        }
        return value;
    }

    /** Returns the text, or throws if it is blank or longer than the limit. */
    public static String text(String field, String value, int maxLength) {
        Objects.requireNonNull(value, field);
        if (value.isBlank() || value.length() > maxLength) {
            throw new IllegalArgumentException(
                    field + " must have 1 to " + maxLength + " characters, was " + shown(value));
        }
        return value;
    }

    /** Returns the value in quotes, on one line, without secrets, cut after 120 characters. */
    public static String shown(String value) {
        return "'" + Redactor.clean(Uris.withoutQuery(value), MAX_SHOWN) + "'";
    }
}
