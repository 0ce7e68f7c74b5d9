package dev.vitals.health.monitor.web;

import dev.vitals.health.monitor.model.FieldError;
import dev.vitals.health.monitor.model.FieldErrors;
import dev.vitals.health.monitor.model.Rfc3339;
import dev.vitals.health.monitor.model.TimeRange;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads windows of time from the query: each end a date-time, or how long ago, such as {@code 24h}. */
final class Window {
    static final Duration LONGEST = Duration.ofDays(3_650);

    private static final String AGO = "a number with s, m, h or d, such as 24h, of up to 3650d";
    private static final String TIME = "an RFC 3339 date-time such as 2026-11-20T10:00:00Z, or " + AGO;
    private static final Duration DEFAULT = Duration.ofDays(1);
    private static final Pattern SPAN = Pattern.compile("([0-9]{1,9})([smhd])");
    private static final Map<String, ChronoUnit> UNITS =
            Map.of("s", ChronoUnit.SECONDS, "m", ChronoUnit.MINUTES, "h", ChronoUnit.HOURS, "d", ChronoUnit.DAYS);

    private Window() {}

    /** Returns the window from {@code from} to {@code to}: by default the last 24 hours. */
    static TimeRange of(Context context, Instant now) {
        String from = context.queryParam("from");
        String to = context.queryParam("to");
        FieldErrors refusals = new FieldErrors();
        Instant end = to == null ? now : time("to", to, now, refusals);
        Instant begin = from == null ? end.minus(DEFAULT) : time("from", from, now, refusals);
        if (!refusals.any() && begin.isAfter(end)) {
            refusals.refuse("from", from, "a time not after to, which is " + end);
        }
        refusals.check();
        return new TimeRange(begin, end);
    }

    /** Returns the window from the beginning to {@code to}. */
    static TimeRange everUntil(Context context, Instant now) {
        String to = context.queryParam("to");
        FieldErrors refusals = new FieldErrors();
        Instant end = to == null ? now : time("to", to, now, refusals);
        refusals.check();
        // What is noted in this millisecond belongs to it.
        return new TimeRange(Instant.EPOCH, to == null ? end.plusMillis(1) : end);
    }

    private static Instant time(String field, String text, Instant now, FieldErrors refusals) {
        Duration ago = span(text);
        Instant time = ago != null ? now.minus(ago) : Rfc3339.parse(text);
        if (time == null || time.isBefore(now.minus(LONGEST))) {
            refusals.refuse(field, text, TIME);
            return now;
        }
        if (time.isAfter(now)) {
            refusals.refuse(field, text, "a time not after now, which is " + now);
            return now;
        }
        return time;
    }

    /** Returns the spans of a list such as {@code 24h,7d}. */
    static List<String> spans(String field, String list) {
        List<String> spans = List.of(list.split(",", -1));
        if (spans.size() > 10 || spans.stream().anyMatch(span -> span(span) == null)) {
            throw Paths.refused(new FieldError(field, list, "up to 10 of " + AGO + ", with commas between"));
        }
        return spans;
    }

    /** Returns the last so many hours or days, up to now. */
    static TimeRange last(String span, Instant now) {
        return new TimeRange(now.minus(Objects.requireNonNull(span(span), "span")), now);
    }

    private static @Nullable Duration span(String text) {
        Matcher parts = SPAN.matcher(text);
        if (!parts.matches()) {
            return null;
        }
        ChronoUnit unit = Objects.requireNonNull(UNITS.get(parts.group(2)));
        Duration span = Duration.of(Long.parseLong(parts.group(1)), unit);
        return span.isZero() || span.compareTo(LONGEST) > 0 ? null : span;
    }
}
