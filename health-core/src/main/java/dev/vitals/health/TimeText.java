package dev.vitals.health;

import dev.vitals.health.internal.Require;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a time as people write it: a whole number and a unit. */
final class TimeText {
    private static final Pattern TIME = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
    private static final Map<String, ChronoUnit> UNITS = Map.of(
            "ms", ChronoUnit.MILLIS,
            "s", ChronoUnit.SECONDS,
            "m", ChronoUnit.MINUTES,
            "h", ChronoUnit.HOURS,
            "d", ChronoUnit.DAYS);

    private TimeText() {}

    static Duration parse(String field, String text) {
        Matcher time = TIME.matcher(text);
        ChronoUnit unit = time.matches() ? UNITS.get(time.group(2)) : null;
        if (unit == null) {
            throw new IllegalArgumentException(
                    field + " must be a whole number with ms, s, m, h or d, such as 10s, was " + Require.shown(text));
        }
        return Duration.of(Long.parseLong(time.group(1)), unit);
    }
}
