package dev.vitals.health.monitor.gate;

import dev.vitals.health.monitor.model.Attribution;
import dev.vitals.health.monitor.model.Rfc3339;
import dev.vitals.health.monitor.model.Selection;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The question whether something may go ahead. Immutable.
 *
 * @param id unique
 * @param selection which targets must have passed
 * @param rule what passing means
 * @param limits until when it waits
 * @param attribution who asks, why, and since when
 */
public record Gate(String id, Selection selection, Rule rule, Limits limits, Attribution attribution) {
    /**
     * Until when a gate waits; deadline, window or both are there.
     *
     * @param deadline when it closes at the latest; null for the end of the window
     * @param window the id of the maintenance window outside of which it cannot open; null for none
     * @param retry how often what does not pass is polled anew, besides the ordinary polls
     */
    public record Limits(
            @Nullable Instant deadline, @Nullable String window, Duration retry) {}

    /** Returns what was asked for, by the names of the fields on the wire, without the id. */
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>(selection.fields());
        fields.putAll(rule.fields());
        if (limits.deadline() != null) {
            fields.put("deadline", Rfc3339.text(limits.deadline()));
        }
        if (limits.window() != null) {
            fields.put("window", limits.window());
        }
        fields.put("retry", limits.retry().toSeconds());
        fields.putAll(attribution.fields());
        return fields;
    }

    static Gate read(String id, Map<String, Object> fields) {
        Object deadline = fields.get("deadline");
        Number retry = (Number) Objects.requireNonNull(fields.get("retry"), "retry");
        Limits limits = new Limits(
                deadline == null ? null : Instant.parse(deadline.toString()),
                (String) fields.get("window"),
                Duration.ofSeconds(retry.longValue()));
        return new Gate(id, Selection.read(fields), Rule.read(fields), limits, Attribution.read(fields));
    }
}
