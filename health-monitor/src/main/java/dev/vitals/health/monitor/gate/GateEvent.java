package dev.vitals.health.monitor.gate;

import dev.vitals.health.monitor.model.Rfc3339;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An entry in the history of a gate.
 *
 * @param at the time
 * @param what created, waiting, tried, gone, appeared, resumed, open, closed or cancelled
 * @param text details for people
 */
public record GateEvent(Instant at, String what, String text) {
    /** Returns the values by field name. */
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("at", Rfc3339.text(at));
        fields.put("what", what);
        fields.put("text", text);
        return fields;
    }

    static GateEvent read(Map<String, Object> fields) {
        return new GateEvent(
                Instant.parse(String.valueOf(fields.get("at"))),
                String.valueOf(fields.get("what")),
                String.valueOf(fields.get("text")));
    }
}
