package dev.vitals.health.monitor.model;

import dev.vitals.health.internal.DurationText;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Points in time as people name them: RFC 3339, a duration that is counted from now such as {@code 2h}, or a day and a local
 * time such as {@code tomorrow 22:00}. Local times are in the zone of the system.
 */
public final class TimeText {
    /** The form of a time that may lie ahead, in words that follow "must be". */
    public static final String AHEAD =
            "an RFC 3339 time such as 2027-01-31T00:00:00Z, the time from now, such as 2h, or such as tomorrow 22:00";

    /** The form of a time in the past, in words that follow "must be". */
    public static final String AGO =
            "an RFC 3339 time such as 2027-01-31T00:00:00Z, the time ago, such as 24h, or such as yesterday 22:00";

    private static final Pattern LOCAL =
            Pattern.compile("(?:(yesterday|today|tomorrow) )?([0-2]?[0-9]):([0-5][0-9])", Pattern.CASE_INSENSITIVE);

    private TimeText() {}

    /** Returns the time, a duration counted from now on; null if the text is malformed. */
    public static @Nullable Instant ahead(String text, Instant now) {
        return ahead(text, now, ZoneId.systemDefault());
    }

    /**
     * Returns the time, a duration counted from now on, and a day and time in that zone; null if the text is malformed. A
     * time without a day is the next one.
     */
    public static @Nullable Instant ahead(String text, Instant now, ZoneId zone) {
        Duration duration = DurationText.parse(text);
        return duration == null ? at(text, now, zone, 1) : now.plus(duration).truncatedTo(ChronoUnit.MILLIS);
    }

    /** Returns the time, a duration counted back from now; null if the text is malformed. */
    public static @Nullable Instant ago(String text, Instant now) {
        return ago(text, now, ZoneId.systemDefault());
    }

    /**
     * Returns the time, a duration counted back from now, and a day and time in that zone; null if the text is malformed. A
     * time without a day is the latest one.
     */
    public static @Nullable Instant ago(String text, Instant now, ZoneId zone) {
        Duration duration = DurationText.parse(text);
        return duration == null ? at(text, now, zone, -1) : now.minus(duration).truncatedTo(ChronoUnit.MILLIS);
    }

    private static @Nullable Instant at(String text, Instant now, ZoneId zone, int direction) {
        Matcher local = LOCAL.matcher(text.strip());
        if (!local.matches()) {
            return Rfc3339.parse(text);
        }
        try {
            LocalTime time = LocalTime.of(Integer.parseInt(local.group(2)), Integer.parseInt(local.group(3)));
            LocalDate today = LocalDate.ofInstant(now, zone);
            String day = local.group(1);
            if (day != null) {
                return today.plusDays(daysFromToday(day))
                        .atTime(time)
                        .atZone(zone)
                        .toInstant();
            }
            Instant sameDay = today.atTime(time).atZone(zone).toInstant();
            boolean wrongSide = direction > 0 ? !sameDay.isAfter(now) : sameDay.isAfter(now);
            return wrongSide
                    ? today.plusDays(direction).atTime(time).atZone(zone).toInstant()
                    : sameDay;
        } catch (DateTimeException hourTooHigh) {
            return null;
        }
    }

    private static int daysFromToday(String day) {
        return day.equalsIgnoreCase("tomorrow") ? 1 : day.equalsIgnoreCase("today") ? 0 : -1;
    }
}
