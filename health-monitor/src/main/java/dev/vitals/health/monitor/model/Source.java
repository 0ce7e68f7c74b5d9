package dev.vitals.health.monitor.model;

import java.util.Locale;

/** The origin of a target. Only its origin can change or remove a target. */
public enum Source {
    /** The instance registered itself and holds a lease. */
    REGISTRATION,
    /** The operator's configuration file. */
    FILE,
    /** A check of a host, made through the API. */
    HOST;

    /** Returns the word on the wire and in the store. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the source with that word.
     *
     * @throws IllegalArgumentException if no source has it
     */
    public static Source of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
