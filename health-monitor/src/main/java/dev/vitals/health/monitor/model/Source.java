package dev.vitals.health.monitor.model;

import java.util.Locale;

/** Where a target comes from; only from there can it be changed or removed. */
public enum Source {
    /** The instance registered itself, and holds a lease. */
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
     * Returns the source of that word.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Source of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
