package dev.vitals.health.monitor.maintenance;

import java.time.Duration;

/** What is suppressed. Neither kind suppresses checking. */
public enum SuppressionKind {
    /** A maintenance window: alerts are suppressed, and the time counts as maintenance. */
    MAINTENANCE("maintenance", "maintenance", Duration.ofDays(7)),
    /** A silence: alerts are suppressed, nothing else. */
    SILENCE("silence", "silenced", Duration.ofDays(90));

    private final String word;
    private final String adjective;
    private final Duration longest;

    SuppressionKind(String word, String adjective, Duration longest) {
        this.word = word;
        this.adjective = adjective;
        this.longest = longest;
    }

    /** Returns the word in the store. */
    public String word() {
        return word;
    }

    /** Returns what a target is meanwhile. */
    public String adjective() {
        return adjective;
    }

    /** Returns how long it may last at most. */
    public Duration longest() {
        return longest;
    }

    /**
     * Returns the kind of that word.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static SuppressionKind of(String word) {
        for (SuppressionKind kind : values()) {
            if (kind.word.equals(word)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("kind must be maintenance or silence, was " + word);
    }
}
