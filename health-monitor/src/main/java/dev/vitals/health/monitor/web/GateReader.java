package dev.vitals.health.monitor.web;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.monitor.gate.Gate;
import dev.vitals.health.monitor.gate.GateBuilder;
import dev.vitals.health.monitor.model.Note;
import dev.vitals.health.monitor.model.Rfc3339;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Reads the document by which a gate is asked for. */
final class GateReader {
    private GateReader() {}

    static Gate read(Fields fields, Instant now) {
        GateBuilder builder = new GateBuilder(fields.refusals()).selection(SelectionReader.read(fields));
        JsonNode deadline =
                fields.get("deadline", GateBuilder.DEADLINE, node -> node.isNumber() || isTime(node) ? node : null);
        if (deadline != null && deadline.isNumber()) {
            builder.deadlineIn(Fields.duration(deadline));
        } else if (deadline != null) {
            builder.deadline(Rfc3339.parse(deadline.textValue()));
        }
        builder.window(fields.text("window", "the id of a maintenance window"));
        Integer passes = fields.whole("passes", GateBuilder.PASSES);
        builder.passes(passes == null ? GateBuilder.DEFAULT_PASSES : passes);
        builder.after(fields.time("after", GateBuilder.AFTER));
        builder.release(fields.text("release", "text of 1 to " + GateBuilder.MAX_RELEASE + " characters"));
        Duration retry = fields.seconds("retry", GateBuilder.RETRY);
        builder.retry(retry == null ? GateBuilder.DEFAULT_RETRY : retry);
        builder.allowDegraded(fields.flag("allowDegraded"));
        builder.allowEmpty(fields.flag("allowEmpty"));
        builder.allowGone(fields.flag("allowGone"));
        builder.note(fields.text("by", Note.BY), fields.text("reason", Note.REASON));
        fields.refuseOthers();
        return builder.build(UUID.randomUUID().toString(), now);
    }

    private static boolean isTime(JsonNode node) {
        return node.isTextual() && Rfc3339.parse(node.textValue()) != null;
    }
}
