package dev.vitals.health.http;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.vitals.health.CheckResult;
import dev.vitals.health.Outcome;
import dev.vitals.health.internal.Json;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** Writes one outcome with its code, and {@code ok} or {@code error}: the form of {@code /_system/check}. */
final class OutcomeShape {
    private static final Set<String> MEMBERS = Set.of("status", "message", "code", "ok", "error");

    private OutcomeShape() {}

    static byte[] system() {
        return write(Outcome.ok("API running"));
    }

    static byte[] of(CheckResult result) {
        return write(result.outcome());
    }

    private static byte[] write(Outcome outcome) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("status", outcome.code().status().word());
            if (outcome.message().isPresent()) {
                json.writeStringField("message", outcome.message().get());
            }
            json.writeStringField("code", outcome.code().name());
            json.writeBooleanField(outcome.code() == Outcome.Code.OK ? "ok" : "error", true);
            writeData(json, outcome.data());
            json.writeEndObject();
        });
    }

    private static void writeData(JsonGenerator json, Map<String, Object> data) throws IOException {
        for (Map.Entry<String, Object> entry : data.entrySet()) {
            if (!MEMBERS.contains(entry.getKey())) {
                json.writeObjectField(entry.getKey(), entry.getValue());
            }
        }
    }
}
