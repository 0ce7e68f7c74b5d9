package dev.vitals.health.monitor.store;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One version of a maintenance window or of a silence.
 *
 * @param id the same in all versions
 * @param kind {@code maintenance} or {@code silence}
 * @param validFrom from when on this version counts
 * @param validUntil from when on it does not; null if it is the one in force
 * @param fields its values
 */
public record SuppressionRow(
        String id, String kind, Instant validFrom, @Nullable Instant validUntil, Map<String, Object> fields) {}
