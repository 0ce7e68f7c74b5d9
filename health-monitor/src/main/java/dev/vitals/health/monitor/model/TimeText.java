package dev.vitals.health.monitor.model;

import dev.vitals.health.internal.DurationText;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Points in time as requests name them: RFC 3339, or a duration that is counted from now, such as {@code 2h}. */
public final class TimeText {
    /** The form of a time that may lie ahead, in words that follow "must be". */
    public static final String AHEAD =
            "an RFC 3339 time such as 2027-01-31T00:00:00Z, or the time from now, such as 2h";

    /** The form of a time in the past, in words that follow "must be". */
    public static final String AGO = "an RFC 3339 time such as 2027-01-31T00:00:00Z, or the time ago, such as 24h";

    private TimeText() {}

    /** Returns the time, a duration counted from now on; null if the text is malformed. */
    public static @Nullable Instant ahead(String text, Instant now) {
        Duration duration = DurationText.parse(text);
        return duration == null ? Rfc3339.parse(text) : now.plus(duration).truncatedTo(ChronoUnit.MILLIS);
    }

    /** Returns the time, a duration counted back from now; null if the text is malformed. */
    public static @Nullable Instant ago(String text, Instant now) {
        Duration duration = DurationText.parse(text);
        return duration == null ? Rfc3339.parse(text) : now.minus(duration).truncatedTo(ChronoUnit.MILLIS);
    }
}
