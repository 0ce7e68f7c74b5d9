package dev.vitals.health.monitor.maintenance;

import java.time.Duration;

/** The two kinds of suppression. The monitor keeps polling during both. */
public enum SuppressionKind {
    /** A maintenance window: alerts are suppressed, and uptime counts the time as maintenance. */
    MAINTENANCE("maintenance", "maintenance", Duration.ofDays(7)),
    /** A silence: alerts are suppressed, and nothing else changes. */
    SILENCE("silence", "silenced", Duration.ofDays(90));

    private final String word;
    private final String adjective;
    private final Duration longest;

    SuppressionKind(String word, String adjective, Duration longest) {
        this.word = word;
        this.adjective = adjective;
        this.longest = longest;
    }

    /** Returns the word on the wire and in the store. */
    public String word() {
        return word;
    }

    /** Returns the word that describes a suppressed target in logs. */
    public String adjective() {
        return adjective;
    }

    /** Returns the longest time that one occurrence, or a weekly silence as a whole, may last. */
    public Duration longest() {
        return longest;
    }

    /**
     * Returns the kind with that word.
     *
     * @throws IllegalArgumentException if the word is neither {@code maintenance} nor {@code silence}
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
