package dev.vitals.health.monitor.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A gate as it is kept.
 *
 * @param id unique
 * @param state {@code waiting}, {@code open} or {@code closed}
 * @param createdAt since when it is there
 * @param decidedAt since when it is final; null while it waits
 * @param gate what was asked for
 * @param answer the latest answer that was kept
 * @param gone the names of targets that vanished while it waited
 * @param events what happened to it, the oldest first; not read for lists
 */
public record GateRow(
        String id,
        String state,
        Instant createdAt,
        @Nullable Instant decidedAt,
        Map<String, Object> gate,
        Map<String, Object> answer,
        List<String> gone,
        List<Map<String, Object>> events) {}
