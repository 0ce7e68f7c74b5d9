package dev.vitals.health.monitor.page;

import dev.vitals.health.monitor.text.Subjects;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Times as the pages show them: in UTC, which the script of the pages turns into the reader's zone if asked to. */
final class Times {
    private static final DateTimeFormatter TIME = format("HH:mm:ss");
    private static final DateTimeFormatter DAY = format("yyyy-MM-dd");
    private static final DateTimeFormatter DAY_AND_TIME = format("yyyy-MM-dd HH:mm:ss");

    private Times() {}

    private static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }

    /** Returns the time of day; with the day if that is another than today. */
    static String text(Instant time, Instant now) {
        boolean today = DAY.format(time).equals(DAY.format(now));
        return (today ? TIME : DAY_AND_TIME).format(time);
    }

    static String day(Instant time) {
        return DAY.format(time);
    }

    /** Returns the value of the attribute {@code datetime}. */
    static String machine(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Returns how long ago a time was, such as {@code 6 min}. */
    static String ago(Instant time, Instant now) {
        return Subjects.words(Duration.between(time, now));
    }

    /** Returns an end that lies ahead in words, such as {@code until tomorrow 22:00 UTC, in 14 h}. */
    static String until(Instant end, Instant now) {
        String day = DAY.format(end);
        String word = day.equals(DAY.format(now))
                ? "today"
                : day.equals(DAY.format(now.plus(Duration.ofDays(1)))) ? "tomorrow" : day;
        String time = TIME.format(end);
        return "until " + word + " " + (time.endsWith(":00") ? time.substring(0, 5) : time) + " UTC, in "
                + ago(now, end);
    }

    /** Returns a duration for people, such as {@code 30 s} or {@code 250 ms}. */
    static String words(Duration duration) {
        return duration.compareTo(Duration.ofSeconds(1)) < 0 && !duration.isZero()
                ? duration.toMillis() + " ms"
                : Subjects.words(duration);
    }
}
