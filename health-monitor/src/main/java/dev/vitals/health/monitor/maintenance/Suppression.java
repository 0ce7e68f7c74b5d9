package dev.vitals.health.monitor.maintenance;

import dev.vitals.health.monitor.model.Attribution;
import dev.vitals.health.monitor.model.Selection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A maintenance window or a silence. Immutable.
 *
 * @param id unique
 * @param kind maintenance window or silence
 * @param name the name for people
 * @param selection the targets whose alerts are suppressed
 * @param schedule the times of suppression
 * @param attribution who made or last changed it, why, and when
 */
public record Suppression(
        String id, SuppressionKind kind, String name, Selection selection, Schedule schedule, Attribution attribution) {
    /** Returns the values by field name, without id and kind. */
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", name);
        fields.putAll(selection.fields());
        fields.putAll(schedule.fields());
        fields.putAll(attribution.fields());
        return fields;
    }

    static Suppression read(String id, SuppressionKind kind, Map<String, Object> fields) {
        return new Suppression(
                id,
                kind,
                String.valueOf(fields.get("name")),
                Selection.read(fields),
                Schedule.read(fields),
                Attribution.read(fields));
    }
}
