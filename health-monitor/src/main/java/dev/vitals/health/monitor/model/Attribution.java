package dev.vitals.health.monitor.model;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The person who asked for a gate or a suppression, the reason, and the time.
 *
 * @param by the person or program; null if unknown
 * @param reason the reason; null if none was given
 * @param at the time
 */
public record Attribution(@Nullable String by, @Nullable String reason, Instant at) {
    /** The maximum length of {@code by}. */
    public static final int MAX_BY = 100;

    /** The maximum length of a reason. */
    public static final int MAX_REASON = 500;

    /** The bound of {@code by}, in words that follow "must be". */
    public static final String BY = "text of 1 to " + MAX_BY + " characters";

    /** The bound of a reason, in words that follow "must be". */
    public static final String REASON = "text of 1 to " + MAX_REASON + " characters";

    /** Adds an error for each field that is out of its bounds. */
    public void check(FieldErrors errors) {
        errors.unless(by == null || fits(by, MAX_BY), "by", by, BY);
        errors.unless(reason == null || fits(reason, MAX_REASON), "reason", reason, REASON);
    }

    private static boolean fits(String text, int max) {
        return !text.isBlank() && text.length() <= max;
    }

    /** Returns the values by their field names; {@link #read} is the inverse. */
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

    /** Returns the attribution with the fields that {@link #fields()} returned. */
    public static Attribution read(Map<String, Object> fields) {
        return new Attribution(
                (String) fields.get("by"),
                (String) fields.get("reason"),
                Instant.parse(String.valueOf(fields.get("createdAt"))));
    }
}
