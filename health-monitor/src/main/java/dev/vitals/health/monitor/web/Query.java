package dev.vitals.health.monitor.web;

import dev.vitals.health.internal.DurationText;
import dev.vitals.health.monitor.model.FieldError;
import dev.vitals.health.monitor.model.FieldErrors;
import dev.vitals.health.monitor.model.Secret;
import dev.vitals.health.monitor.model.TimeRange;
import dev.vitals.health.monitor.model.TimeText;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads parameters of the query. Refuses a bad one with its name, its value and what would be accepted.
 *
 * <p>Each end of a time range is a date-time, or how long ago it was, such as {@code 24h}.
 */
final class Query {
    private static final Duration LONGEST = Duration.ofDays(3_650);
    private static final Duration DEFAULT_RANGE = Duration.ofDays(1);
    private static final int MAX_RANGES = 10;
    private static final int MAX_OTHERS = 100;
    private static final String AGO = "a number with ms, s, m, h or d, such as 24h, of up to 3650d";

    private Query() {}

    /** Throws a problem that names each parameter which is none of these: an answer without it would be another one. */
    static void refuseOthers(Context context, Set<String> known) {
        String bound = known.isEmpty()
                ? "absent; there are no parameters here"
                : "absent; the parameters are " + String.join(", ", known);
        // Without the values: one of them may be a secret.
        List<FieldError> errors = context.queryParamMap().keySet().stream()
                .filter(name -> !known.contains(name))
                .limit(MAX_OTHERS)
                .map(name -> new FieldError(name, Secret.MASK, bound))
                .toList();
        if (!errors.isEmpty()) {
            throw Problem.badFields(errors).exception();
        }
    }

    /** Returns the choice whose word the parameter is, in any case; null if it is absent. */
    static <T> @Nullable T choice(Context context, String name, List<T> choices, Function<T, String> word) {
        String given = context.queryParam(name);
        if (given == null) {
            return null;
        }
        return choices.stream()
                .filter(choice -> word.apply(choice).equalsIgnoreCase(given))
                .findFirst()
                .orElseThrow(() ->
                        Problem.badField(name, given, choices.stream().map(word).collect(Collectors.joining(" or "))));
    }

    /** Returns a whole number from 1 to the maximum; the default if it is absent. */
    static long number(Context context, String name, long defaultNumber, long max) {
        String text = context.queryParam(name);
        if (text == null) {
            return defaultNumber;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= 1 && number <= max) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Refused below, like a number out of bounds.
        }
        throw Problem.badField(name, text, "a whole number from 1 to " + max);
    }

    /** Returns a time, as {@link TimeText#ago} reads it; null if it is absent. */
    static @Nullable Instant time(Context context, String name, Instant now) {
        String text = context.queryParam(name);
        Instant time = text == null ? null : TimeText.ago(text, now);
        if (text != null && time == null) {
            throw Problem.badField(name, text, TimeText.AGO);
        }
        return time;
    }

    /** Returns the range from {@code from} to {@code to}: by default the last 24 hours. */
    static TimeRange range(Context context, Instant now) {
        String from = context.queryParam("from");
        FieldErrors errors = new FieldErrors();
        Instant end = end(context, now, errors);
        Instant begin = from == null ? end.minus(DEFAULT_RANGE) : end("from", from, now, errors);
        if (!errors.any() && begin.isAfter(end)) {
            errors.refuse("from", from, "a time not after to, which is " + end);
        }
        errors.check();
        return new TimeRange(begin, end);
    }

    /** Returns the range of all time up to {@code to}. */
    static TimeRange everUntil(Context context, Instant now) {
        FieldErrors errors = new FieldErrors();
        Instant end = end(context, now, errors);
        errors.check();
        // The end of a range is exclusive: what happens in this millisecond belongs to it.
        return new TimeRange(Instant.EPOCH, context.queryParam("to") == null ? end.plusMillis(1) : end);
    }

    private static Instant end(Context context, Instant now, FieldErrors errors) {
        String to = context.queryParam("to");
        return to == null ? now : end("to", to, now, errors);
    }

    private static Instant end(String name, String text, Instant now, FieldErrors errors) {
        Instant time = TimeText.ago(text, now);
        if (time == null || time.isBefore(now.minus(LONGEST))) {
            errors.refuse(name, text, TimeText.AGO + ", of up to 3650d");
            return now;
        }
        if (time.isAfter(now)) {
            errors.refuse(name, text, "a time not after now, which is " + now);
            return now;
        }
        return time;
    }

    /**
     * A time range that ends now.
     *
     * @param name its length as the request names it, such as {@code 24h}
     */
    record LastRange(String name, TimeRange range) {}

    /** Returns the time ranges of a list such as {@code 24h,7d}. */
    static List<LastRange> lastRanges(String name, String list, Instant now) {
        List<LastRange> ranges = new ArrayList<>();
        for (String word : list.split(",", -1)) {
            Duration duration = duration(word);
            if (duration == null || ranges.size() == MAX_RANGES) {
                throw Problem.badField(name, list, "up to " + MAX_RANGES + " of " + AGO + ", with commas between");
            }
            ranges.add(new LastRange(word, new TimeRange(now.minus(duration), now)));
        }
        return ranges;
    }

    private static @Nullable Duration duration(String text) {
        Duration duration = DurationText.parse(text);
        return duration == null || duration.isZero() || duration.compareTo(LONGEST) > 0 ? null : duration;
    }
}
