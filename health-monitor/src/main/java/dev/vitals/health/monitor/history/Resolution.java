package dev.vitals.health.monitor.history;

import java.time.Duration;

/** How long the spans of roll-ups are. */
public enum Resolution {
    /** Kept as long as results. */
    MINUTE(Duration.ofMinutes(1)),
    /** Kept longer. */
    HOUR(Duration.ofHours(1));

    private final Duration length;

    Resolution(Duration length) {
        this.length = length;
    }

    /** Returns the length of one span. */
    public Duration length() {
        return length;
    }

    int minutes() {
        return (int) length.toMinutes();
    }
}
