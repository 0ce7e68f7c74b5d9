package dev.vitals.health.monitor.web;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.vitals.health.Status;
import dev.vitals.health.monitor.host.CheckDraft;
import dev.vitals.health.monitor.model.HostCheck;
import dev.vitals.health.monitor.model.SettingsReader;
import dev.vitals.health.monitor.model.TargetState;
import dev.vitals.health.monitor.registry.Registry;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How hosts and their checks are written in JSON; secrets by their names alone. */
final class HostShape {
    private HostShape() {}

    /** Writes a host with the worst status of its checks; those that are disabled do not count. */
    static void host(JsonGenerator json, String host, List<HostCheck> checks, Registry registry) throws IOException {
        Status worst = Status.PASS;
        int enabled = 0;
        for (HostCheck check : checks) {
            if (check.enabled()) {
                enabled++;
                worst = worst.worst(state(check, registry)
                        .map(state -> state.state().status())
                        .orElse(Status.FAIL));
            }
        }
        json.writeStartObject();
        json.writeStringField("host", host);
        json.writeNumberField("checks", checks.size());
        json.writeNumberField("enabled", enabled);
        if (enabled > 0) {
            json.writeStringField("status", worst.word());
        }
        json.writeEndObject();
    }

    /** Writes the document that makes this check, and in one member what it is now. */
    static void check(JsonGenerator json, HostCheck check, Registry registry) throws IOException {
        json.writeStartObject();
        json.writeStringField(CheckDraft.CHECK, check.name());
        json.writeStringField("kind", check.settings().probe().kind());
        json.writeBooleanField("enabled", check.enabled());
        for (Map.Entry<String, Object> field :
                SettingsReader.document(check.settings()).entrySet()) {
            json.writePOJOField(field.getKey(), field.getValue());
        }
        json.writeObjectFieldStart(CheckDraft.CURRENT);
        json.writeStringField("host", check.host());
        Shape.time(json, "createdAt", check.createdAt());
        Shape.time(json, "updatedAt", check.updatedAt());
        json.writeArrayFieldStart("secrets");
        for (String secret : check.settings().probe().secrets().keySet()) {
            json.writeString(secret);
        }
        json.writeEndArray();
        Optional<TargetState> state = state(check, registry);
        if (state.isPresent()) {
            json.writeStringField("state", state.get().state().name());
            json.writeStringField("status", state.get().state().status().word());
            Shape.time(json, "since", state.get().since());
            if (state.get().lastResult() != null) {
                json.writeFieldName("lastResult");
                TargetShape.result(json, state.get().lastResult());
            }
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static Optional<TargetState> state(HostCheck check, Registry registry) {
        return check.enabled() ? registry.target(check.id()).map(watched -> watched.state()) : Optional.empty();
    }
}
