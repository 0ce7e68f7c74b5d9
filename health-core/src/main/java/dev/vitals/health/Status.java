package dev.vitals.health;

import java.util.Locale;

/** The status on the wire, from good to bad. Source: draft-inadarei-api-health-check-06, section 3.1. */
public enum Status {
    /** All is well. */
    PASS,
    /** Usable, but somebody should look at it. */
    WARN,
    /** Not usable. */
    FAIL;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** Returns {@code pass}, {@code warn} or {@code fail}. */
    public String word() {
        return word;
    }

    /** Returns the worse of the two. */
    public Status worst(Status other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
