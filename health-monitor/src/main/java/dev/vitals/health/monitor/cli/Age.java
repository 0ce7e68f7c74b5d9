package dev.vitals.health.monitor.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.monitor.model.Rfc3339;
import java.time.Duration;
import java.time.Instant;

/** Prints how long ago something was, in one or two units: {@code 45s}, {@code 6m10s}, {@code 3h5m}, {@code 12d}. */
final class Age {
    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final long MANY = 10;

    private Age() {}

    /** Returns the age of a time in a document; {@code -} if it is absent, {@code in 2h} if it is ahead. */
    static String of(JsonNode time, Instant now) {
        Instant at = time.isTextual() ? Rfc3339.parse(time.asText()) : null;
        if (at == null) {
            return "-";
        }
        long seconds = Duration.between(at, now).toSeconds();
        return seconds < 0 ? "in " + text(-seconds) : text(seconds);
    }

    static String text(long seconds) {
        if (seconds < MINUTE) {
            return seconds + "s";
        }
        if (seconds < HOUR) {
            return two(seconds / MINUTE, "m", seconds % MINUTE, "s");
        }
        if (seconds < DAY) {
            return two(seconds / HOUR, "h", seconds % HOUR / MINUTE, "m");
        }
        return two(seconds / DAY, "d", seconds % DAY / HOUR, "h");
    }

    private static String two(long large, String unit, long small, String smaller) {
        return small == 0 || large >= MANY ? large + unit : large + unit + small + smaller;
    }
}
