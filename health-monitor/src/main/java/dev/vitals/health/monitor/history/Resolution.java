package dev.vitals.health.monitor.history;

import java.time.Duration;
import java.time.Instant;

/** The length of the time that one roll-up covers. Minutes and hours are numbered from 1970 on. */
public enum Resolution {
    /** Kept as long as results. */
    MINUTE(Duration.ofMinutes(1)),
    /** Kept longer. */
    HOUR(Duration.ofHours(1));

    private final Duration length;
    private final long millis;

    Resolution(Duration length) {
        this.length = length;
        this.millis = length.toMillis();
    }

    /** Returns the length of one roll-up. */
    public Duration length() {
        return length;
    }

    int minutes() {
        return (int) length.toMinutes();
    }

    /** Returns the number of the minute or hour that contains the time, given in milliseconds since 1970. */
    int numberAt(long time) {
        return (int) Math.floorDiv(time, millis);
    }

    /** Returns the number of the first minute or hour that begins at that time or later. */
    int numberFrom(Instant time) {
        return numberAt(time.toEpochMilli() + millis - 1);
    }

    /** Returns when the minute or hour of that number begins, in milliseconds since 1970. */
    long startMillis(int number) {
        return number * millis;
    }

    Instant start(int number) {
        return Instant.ofEpochMilli(startMillis(number));
    }
}
