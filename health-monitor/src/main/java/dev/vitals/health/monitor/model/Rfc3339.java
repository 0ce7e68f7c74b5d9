package dev.vitals.health.monitor.model;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Times as RFC 3339 text: written in UTC with milliseconds, read with any offset. */
public final class Rfc3339 {
    private static final DateTimeFormatter FORM =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private Rfc3339() {}

    /** Returns the text. */
    public static String text(Instant time) {
        return FORM.format(time);
    }

    /** Returns the time in whole milliseconds; null if the text is malformed. */
    public static @Nullable Instant parse(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MILLIS);
        } catch (DateTimeParseException malformed) {
            return null;
        }
    }
}
