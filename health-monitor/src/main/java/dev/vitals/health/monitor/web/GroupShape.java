package dev.vitals.health.monitor.web;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.vitals.health.State;
import dev.vitals.health.monitor.group.Grouping;
import dev.vitals.health.monitor.group.Summary;
import dev.vitals.health.monitor.model.WatchedTarget;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** How groups of targets are written in JSON. */
final class GroupShape {
    private GroupShape() {}

    /** Writes a member with an array of all groups by that label. */
    static void groups(JsonGenerator json, String member, String label, Collection<WatchedTarget> targets)
            throws IOException {
        json.writeArrayFieldStart(member);
        for (Map.Entry<String, List<WatchedTarget>> group :
                Grouping.by(label, targets).entrySet()) {
            json.writeStartObject();
            group(json, label, group.getKey(), group.getValue());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Writes the members that describe one group. */
    static void group(JsonGenerator json, String label, String name, Collection<WatchedTarget> members)
            throws IOException {
        json.writeStringField("name", name);
        summary(json, Grouping.summary(members));
        if (label.equals(Grouping.CLUSTER)) {
            json.writeObjectFieldStart("machines");
            summary(json, Grouping.machines(members));
            json.writeEndObject();
        }
    }

    /** Writes status, worst state (absent if there is no target) and counts. */
    static void summary(JsonGenerator json, Summary summary) throws IOException {
        json.writeStringField("status", summary.status().word());
        if (summary.worst().isPresent()) {
            json.writeStringField("state", summary.worst().get().name());
        }
        json.writeNumberField("total", summary.total());
        json.writeObjectFieldStart("counts");
        for (Map.Entry<State, Integer> count : summary.counts().entrySet()) {
            json.writeNumberField(count.getKey().name(), count.getValue());
        }
        json.writeEndObject();
    }
}
