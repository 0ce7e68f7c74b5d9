package dev.vitals.health.http;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.vitals.health.CheckResult;
import dev.vitals.health.Outcome;
import dev.vitals.health.internal.Json;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** Writes one outcome with its code, and {@code ok} or {@code error}: the format of {@code /_system/check}. */
final class OutcomeFormat {
    private static final Set<String> MEMBERS = Set.of("status", "message", "code", "ok", "error");
    private static final String DETAIL = "detail";

    private OutcomeFormat() {}

    static byte[] system() {
        return write(Outcome.ok("API running"), false);
    }

    static byte[] of(CheckResult result, boolean details) {
        return write(result.outcome(), details);
    }

    private static byte[] write(Outcome outcome, boolean details) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("status", outcome.code().status().word());
            if (outcome.message().isPresent()) {
                json.writeStringField("message", outcome.message().get());
            }
            json.writeStringField("code", outcome.code().name());
            json.writeBooleanField(outcome.code() == Outcome.Code.OK ? "ok" : "error", true);
            writeData(json, outcome, MEMBERS, details);
            json.writeEndObject();
        });
    }

    /** Writes an outcome's data, and its detail if wanted, beside the members of a format, which data cannot overwrite. */
    static void writeData(JsonGenerator json, Outcome outcome, Set<String> members, boolean details)
            throws IOException {
        String detail = details ? outcome.detail().orElse(null) : null;
        if (detail != null) {
            json.writeStringField(DETAIL, detail);
        }
        for (Map.Entry<String, Object> entry : outcome.data().entrySet()) {
            boolean taken = members.contains(entry.getKey())
                    || (detail != null && entry.getKey().equals(DETAIL));
            if (!taken) {
                json.writeObjectField(entry.getKey(), entry.getValue());
            }
        }
    }
}
