package dev.vitals.health.monitor.model;

import dev.vitals.health.internal.DurationText;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Durations as values of a document: a number of seconds, or text such as {@code 500ms}. */
public final class TimeValue {
    // Far beyond every bound, and far from overflow.
    private static final double MAX_SECONDS = 1e9;

    private TimeValue() {}

    /** Returns the duration; null if the value is neither a number nor such a text. */
    static @Nullable Duration of(Object value) {
        if (value instanceof Number number) {
            return ofSeconds(number);
        }
        return value instanceof String text ? DurationText.parse(text) : null;
    }

    /** Returns the duration in whole milliseconds; null for a number far beyond every bound. */
    static @Nullable Duration ofSeconds(Number seconds) {
        double value = seconds.doubleValue();
        return Math.abs(value) <= MAX_SECONDS
                ? Duration.ofMillis(BigDecimal.valueOf(value).movePointRight(3).longValue())
                : null;
    }

    /** Returns the number of seconds, with up to three decimals. */
    public static Number seconds(Duration time) {
        BigDecimal seconds = BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros();
        return seconds.scale() <= 0 ? (Number) seconds.longValueExact() : (Number) seconds.doubleValue();
    }
}
