package dev.vitals.health.monitor.model;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A time as people write it: a plain number of seconds, or a whole number with its unit. */
public final class TimeValue {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
    private static final Map<String, Duration> UNITS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));
    // Far beyond every bound, and far from overflow.
    private static final double MAX_SECONDS = 1e9;

    private TimeValue() {}

    /** Returns null if it is no time. */
    static @Nullable Duration of(Object value) {
        if (value instanceof Number number) {
            return ofSeconds(number);
        }
        if (value instanceof String text) {
            Matcher parts = FORM.matcher(text);
            Duration unit = parts.matches() ? UNITS.get(parts.group(2)) : null;
            return unit == null ? null : unit.multipliedBy(Long.parseLong(parts.group(1)));
        }
        return null;
    }

    /** Returns null for a number far beyond every bound. */
    static @Nullable Duration ofSeconds(Number seconds) {
        double value = seconds.doubleValue();
        return Math.abs(value) <= MAX_SECONDS
                ? Duration.ofMillis(BigDecimal.valueOf(value).movePointRight(3).longValue())
                : null;
    }

    /** Returns the time as it is written in a document: a number of seconds. */
    public static Number seconds(Duration time) {
        BigDecimal seconds = BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros();
        return seconds.scale() <= 0 ? (Number) seconds.longValueExact() : (Number) seconds.doubleValue();
    }
}
