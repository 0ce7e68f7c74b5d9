package dev.vitals.health.monitor.model;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who asked for something, why, and when.
 *
 * @param by the person or program, as it named itself; null if it did not
 * @param reason why; null if nothing was said
 * @param at when
 */
public record Attribution(@Nullable String by, @Nullable String reason, Instant at) {
    /** The longest name that is taken. */
    public static final int MAX_BY = 100;

    /** The longest reason that is taken. */
    public static final int MAX_REASON = 500;

    /** Who asks, in words that follow "must be". */
    public static final String BY = "text of 1 to " + MAX_BY + " characters";

    /** Why, in words that follow "must be". */
    public static final String REASON = "text of 1 to " + MAX_REASON + " characters";

    /** Notes what is out of its bounds. */
    public void judge(FieldErrors refusals) {
        refusals.unless(by == null || fits(by, MAX_BY), "by", by, BY);
        refusals.unless(reason == null || fits(reason, MAX_REASON), "reason", reason, REASON);
    }

    private static boolean fits(String text, int max) {
        return !text.isBlank() && text.length() <= max;
    }

    /** Returns the values by the names of their fields; {@link #read} does the reverse. */
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (by != null) {
            fields.put("by", by);
        }
        if (reason != null) {
            fields.put("reason", reason);
        }
        fields.put("createdAt", Rfc3339.text(at));
        return fields;
    }

    /** Returns the note with these fields. */
    public static Attribution read(Map<String, Object> fields) {
        return new Attribution(
                (String) fields.get("by"),
                (String) fields.get("reason"),
                Instant.parse(String.valueOf(fields.get("createdAt"))));
    }
}
