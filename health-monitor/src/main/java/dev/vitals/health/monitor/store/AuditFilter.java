package dev.vitals.health.monitor.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of the audit log are asked for; null asks for all.
 *
 * @param before only those with a lower id
 * @param actor by whom
 * @param action what was done
 * @param object to what
 * @param since not before that time
 * @param until before that time
 * @param limit how many at most
 */
public record AuditFilter(
        long before,
        @Nullable String actor,
        @Nullable String action,
        @Nullable String object,
        @Nullable Instant since,
        @Nullable Instant until,
        int limit) {
    /** Returns the filter that lets the newest entries through. */
    public static AuditFilter newest(int limit) {
        return new AuditFilter(Long.MAX_VALUE, null, null, null, null, null, limit);
    }
}
