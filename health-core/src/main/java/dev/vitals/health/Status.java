package dev.vitals.health;

import java.util.Locale;

/** What goes on the wire; in ascending order of trouble. Source: draft-inadarei-api-health-check-06, section 3.1. */
public enum Status {
    /** All is well. */
    PASS,
    /** Usable, but somebody should look. */
    WARN,
    /** Not usable. */
    FAIL;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** Returns {@code pass}, {@code warn} or {@code fail}. */
    public String word() {
        return word;
    }

    /** Returns the more troubled of the two. */
    public Status worst(Status other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
