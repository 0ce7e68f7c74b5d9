package dev.vitals.health.monitor.web;

import dev.vitals.health.monitor.gate.Gate;
import dev.vitals.health.monitor.gate.GateBuilder;
import dev.vitals.health.monitor.model.Attribution;
import dev.vitals.health.monitor.model.Fields;
import dev.vitals.health.monitor.model.Selection;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Reads the document by which a gate is asked for. */
final class GateReader {
    private GateReader() {}

    static Gate read(Fields fields, Instant now) {
        GateBuilder builder = new GateBuilder(fields.errors()).selection(Selection.read(fields));
        if (fields.value("deadline") instanceof Number) {
            builder.deadlineIn(fields.seconds("deadline", GateBuilder.DEADLINE));
        } else {
            builder.deadline(fields.instant("deadline", GateBuilder.DEADLINE));
        }
        builder.window(fields.text("window", "the id of a maintenance window"));
        Integer passes = fields.whole("passes", GateBuilder.PASSES);
        builder.passes(passes == null ? GateBuilder.DEFAULT_PASSES : passes);
        builder.after(fields.instant("after", GateBuilder.AFTER));
        builder.release(fields.text("release", GateBuilder.RELEASE));
        Duration retry = fields.seconds("retry", GateBuilder.RETRY);
        builder.retry(retry == null ? GateBuilder.DEFAULT_RETRY : retry);
        builder.allowDegraded(fields.flag("allowDegraded", false));
        builder.allowEmpty(fields.flag("allowEmpty", false));
        builder.allowGone(fields.flag("allowGone", false));
        builder.attribution(fields.text("by", Attribution.BY), fields.text("reason", Attribution.REASON));
        fields.refuseOthers();
        return builder.build(UUID.randomUUID().toString(), now);
    }
}
