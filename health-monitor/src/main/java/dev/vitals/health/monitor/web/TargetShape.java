package dev.vitals.health.monitor.web;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.vitals.health.StateMachine;
import dev.vitals.health.monitor.model.Change;
import dev.vitals.health.monitor.model.ComponentState;
import dev.vitals.health.monitor.model.HealthProbe;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetState;
import dev.vitals.health.monitor.model.WatchedTarget;
import java.io.IOException;
import java.util.List;

/** How a target is written in JSON: in a list, and with details. */
final class TargetShape {
    private TargetShape() {}

    /** Writes the target as a member of a list. */
    static void brief(JsonGenerator json, WatchedTarget watched, boolean leaseExpired, SuppressedShape suppressed)
            throws IOException {
        json.writeStartObject();
        members(json, watched, leaseExpired, suppressed);
        json.writeEndObject();
    }

    /** Writes the target with its components and these changes. */
    static void full(
            JsonGenerator json,
            WatchedTarget watched,
            boolean leaseExpired,
            SuppressedShape suppressed,
            List<Change> changes)
            throws IOException {
        json.writeStartObject();
        members(json, watched, leaseExpired, suppressed);
        PollResult last = watched.state().lastResult();
        json.writeArrayFieldStart("components");
        for (ComponentState component : last == null ? List.<ComponentState>of() : last.components()) {
            component(json, component);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("changes");
        for (Change change : changes) {
            change(json, change);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void members(
            JsonGenerator json, WatchedTarget watched, boolean leaseExpired, SuppressedShape suppressed)
            throws IOException {
        Target target = watched.target();
        TargetState state = watched.state();
        json.writeStringField("app", target.id().appOrHost());
        json.writeStringField("instance", target.id().name());
        json.writeStringField("source", target.source().word());
        json.writeStringField("kind", target.probe().kind());
        if (target.probe() instanceof HealthProbe probe) {
            json.writeStringField("url", probe.url().toString());
            json.writeStringField("healthUrl", probe.healthUrl().toString());
        }
        json.writeStringField("subject", target.probe().subject());
        json.writeStringField("state", state.state().name());
        json.writeStringField("status", state.state().status().word());
        Shape.time(json, "since", state.since());
        Shape.time(json, "registeredAt", target.registeredAt());
        if (target.leaseUntil() != null) {
            Shape.time(json, "leaseUntil", target.leaseUntil());
        }
        json.writeBooleanField("leaseExpired", leaseExpired);
        suppressed.write(json);
        Shape.labels(json, target.labels());
        thresholds(json, target.thresholds());
        Shape.seconds(json, "interval", target.interval());
        Shape.seconds(json, "timeout", target.timeout());
        if (state.lastResult() != null) {
            json.writeFieldName("lastResult");
            result(json, state.lastResult());
        }
    }

    private static void thresholds(JsonGenerator json, StateMachine thresholds) throws IOException {
        json.writeObjectFieldStart("thresholds");
        json.writeNumberField("unhealthy", thresholds.failureThreshold());
        json.writeNumberField("healthy", thresholds.successThreshold());
        json.writeEndObject();
    }

    static void result(JsonGenerator json, PollResult last) throws IOException {
        json.writeStartObject();
        resultMembers(json, last);
        json.writeEndObject();
    }

    static void resultMembers(JsonGenerator json, PollResult last) throws IOException {
        json.writeStringField("code", last.code().name());
        if (last.message() != null) {
            json.writeStringField("message", last.message());
        }
        if (last.httpStatus() != null) {
            json.writeNumberField("httpStatus", last.httpStatus());
        }
        if (last.releaseId() != null) {
            json.writeStringField("releaseId", last.releaseId());
        }
        Shape.time(json, "time", last.time());
        Shape.millis(json, "latencyMs", last.latency());
    }

    static void component(JsonGenerator json, ComponentState component) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", component.name());
        json.writeStringField("status", component.status().word());
        if (component.output() != null) {
            json.writeStringField("output", component.output());
        }
        if (component.observedValue() != null) {
            Shape.number(json, "observedValue", component.observedValue());
        }
        if (component.observedUnit() != null) {
            json.writeStringField("observedUnit", component.observedUnit());
        }
        json.writeEndObject();
    }

    static void change(JsonGenerator json, Change change) throws IOException {
        json.writeStartObject();
        json.writeStringField("from", change.from().name());
        json.writeStringField("to", change.to().name());
        Shape.time(json, "at", change.at());
        json.writeStringField("why", change.why());
        json.writeEndObject();
    }
}
