package dev.vitals.health.internal;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations as people write them: {@code 500ms}, {@code 30s}, {@code 5m}, {@code 2h}, {@code 1d}. */
public final class DurationText {
    /** The form that {@link #parse} reads, in words, for messages. */
    public static final String FORM = "a whole number with ms, s, m, h or d, such as 10s";

    private static final Pattern PATTERN = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
    private static final Map<String, ChronoUnit> UNITS = Map.of(
            "ms", ChronoUnit.MILLIS,
            "s", ChronoUnit.SECONDS,
            "m", ChronoUnit.MINUTES,
            "h", ChronoUnit.HOURS,
            "d", ChronoUnit.DAYS);
    private static final int MAX_DAYS = 1_000_000;
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private DurationText() {}

    /** Returns the duration, or null if the text does not have the form: up to nine digits and a unit. */
    public static @Nullable Duration parse(String text) {
        Matcher parts = PATTERN.matcher(text);
        ChronoUnit unit = parts.matches() ? UNITS.get(parts.group(2)) : null;
        return unit == null ? null : Duration.of(Long.parseLong(parts.group(1)), unit);
    }

    /** Returns the duration, or throws if the text does not have the form. */
    public static Duration parse(String field, String text) {
        Duration duration = parse(text);
        if (duration == null) {
            throw new IllegalArgumentException(field + " must be " + FORM + ", was " + Require.shown(text));
        }
        return duration;
    }

    /**
     * Returns the text that {@link #parse} reads, with the largest unit of which it is a whole number and more than one:
     * {@code 24h} and not {@code 1d}. A duration with parts of a millisecond, or beyond a million days, has no such text:
     * then it is the ISO form, such as {@code PT0.0005S}.
     */
    public static String print(Duration duration) {
        if (!duration.truncatedTo(ChronoUnit.MILLIS).equals(duration) || Math.abs(duration.toDays()) > MAX_DAYS) {
            return duration.toString();
        }
        long millis = duration.toMillis();
        if (isSeveral(millis, DAY)) {
            return millis / DAY + "d";
        }
        if (isSeveral(millis, HOUR)) {
            return millis / HOUR + "h";
        }
        if (isSeveral(millis, MINUTE)) {
            return millis / MINUTE + "m";
        }
        return millis % SECOND == 0 ? millis / SECOND + "s" : millis + "ms";
    }

    private static boolean isSeveral(long millis, long unit) {
        return millis % unit == 0 && Math.abs(millis) > unit;
    }

    /**
     * Returns the duration for a sentence: {@code 200 ms}, and from one second on {@code 5 s} or {@code 2.5 s}. Parts of a
     * millisecond are dropped.
     */
    public static String inWords(Duration duration) {
        long millis = duration.toMillis();
        if (Math.abs(millis) < SECOND && millis != 0) {
            return millis + " ms";
        }
        return millis % SECOND == 0
                ? millis / SECOND + " s"
                : BigDecimal.valueOf(millis, 3).stripTrailingZeros().toPlainString() + " s";
    }

    /**
     * Returns how long something lasts for people, in its two largest units: {@code 4 s}, {@code 6 min}, {@code 5 h 12 min},
     * {@code 3 d 4 h}. The rest is dropped; a negative duration is {@code 0 s}.
     */
    public static String roughly(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        long days = seconds / 86_400;
        long hours = seconds / 3_600 % 24;
        long minutes = seconds / 60 % 60;
        if (days > 0) {
            return days + " d" + (hours > 0 ? " " + hours + " h" : "");
        }
        if (hours > 0) {
            return hours + " h" + (minutes > 0 ? " " + minutes + " min" : "");
        }
        return minutes > 0 ? minutes + " min" : seconds + " s";
    }
}
