package dev.vitals.health.monitor.maintenance;

import dev.vitals.health.monitor.model.Fields;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads weekly schedules from requests and from the services file. Stateless, thread-safe. */
public final class WeeklyReader {
    /** The bound of a weekly schedule, in words that follow "must be". */
    public static final String BOUND = "an object with days, start, duration or end, and zone";

    private static final String DAYS = "an array of 1 to 7 names such as MONDAY";
    private static final String TIME = "a local time such as 02:30";
    private static final String ZONE = "the name of a time zone such as Europe/Berlin";
    private static final String DURATION =
            "from 60 s to 7 days: a number of seconds from 60 to 604800, or text such as 8h";

    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(7);
    private static final Duration DAY = Duration.ofDays(1);

    private WeeklyReader() {}

    /**
     * Returns the schedule. Adds an error for each field that is missing or out of its bounds; the caller refuses fields that
     * were not read.
     *
     * @param fields {@code days}, {@code start}, {@code zone}, and either {@code duration} or {@code end}, a local time: at or
     *     before the start, it is on the next day
     * @param until the end of the schedule; null for no end
     * @return null after an error
     */
    public static @Nullable WeeklySchedule read(Fields fields, @Nullable Instant until) {
        Set<DayOfWeek> days = required(fields, "days", DAYS, WeeklyReader::days);
        LocalTime start = required(fields, "start", TIME, value -> parse(value, LocalTime::parse));
        ZoneId zone = required(fields, "zone", ZONE, value -> parse(value, ZoneId::of));
        Duration duration = duration(fields, start);
        return days == null || start == null || zone == null || duration == null
                ? null
                : new WeeklySchedule(days, start, duration, zone, until);
    }

    private static <T> @Nullable T required(
            Fields fields, String field, String bound, Function<Object, @Nullable T> converter) {
        if (fields.value(field) == null) {
            fields.refuse(field, null, bound);
        }
        return fields.read(field, bound, converter);
    }

    private static @Nullable Duration duration(Fields fields, @Nullable LocalTime start) {
        if (fields.value("end") != null) {
            if (fields.value("duration") != null) {
                fields.refuse("end", fields.value("end"), "absent beside duration");
            }
            LocalTime end = fields.read("end", TIME, value -> parse(value, LocalTime::parse));
            return start == null || end == null ? null : between(start, end);
        }
        Duration duration = fields.time("duration", DURATION);
        if (duration == null || duration.compareTo(SHORTEST) < 0 || duration.compareTo(LONGEST) > 0) {
            fields.refuse("duration", fields.value("duration"), DURATION);
            return null;
        }
        return duration;
    }

    private static Duration between(LocalTime start, LocalTime end) {
        Duration sameDay = Duration.between(start, end);
        return sameDay.compareTo(Duration.ZERO) > 0 ? sameDay : sameDay.plus(DAY);
    }

    private static <T> @Nullable T parse(Object value, Function<String, T> parser) {
        try {
            return value instanceof String text ? parser.apply(text) : null;
        } catch (DateTimeException invalid) {
            return null;
        }
    }

    private static @Nullable Set<DayOfWeek> days(Object value) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        if (!(value instanceof List<?> names) || names.isEmpty()) {
            return null;
        }
        for (Object name : names) {
            Optional<DayOfWeek> day = Arrays.stream(DayOfWeek.values())
                    .filter(known -> known.name().equalsIgnoreCase(String.valueOf(name)))
                    .findFirst();
            if (day.isEmpty()) {
                return null;
            }
            days.add(day.get());
        }
        return days;
    }
}
