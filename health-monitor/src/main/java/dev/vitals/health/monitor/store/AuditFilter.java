package dev.vitals.health.monitor.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Selects entries of the audit log. A criterion that is null matches all entries.
 *
 * @param before only entries with a lower id
 * @param actor only entries of this actor
 * @param action only entries with this action
 * @param object only entries about this object
 * @param since only entries of this time or later
 * @param until only entries before this time
 * @param limit the most entries to return
 */
public record AuditFilter(
        long before,
        @Nullable String actor,
        @Nullable String action,
        @Nullable String object,
        @Nullable Instant since,
        @Nullable Instant until,
        int limit) {
    /** Returns a filter for the newest entries. */
    public static AuditFilter newest(int limit) {
        return new AuditFilter(Long.MAX_VALUE, null, null, null, null, null, limit);
    }
}
