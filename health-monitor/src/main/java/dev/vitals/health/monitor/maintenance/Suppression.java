package dev.vitals.health.monitor.maintenance;

import dev.vitals.health.monitor.model.Attribution;
import dev.vitals.health.monitor.model.Selection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A maintenance window or a silence. Immutable.
 *
 * @param id unique
 * @param kind which of both
 * @param name what people call it
 * @param selection for which targets
 * @param when when
 * @param attribution who made it as it is now, why, and when
 */
public record Suppression(
        String id, SuppressionKind kind, String name, Selection selection, Schedule when, Attribution attribution) {
    /** Returns the values by the names of their fields, without id and kind. */
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", name);
        fields.putAll(selection.fields());
        fields.putAll(when.fields());
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
