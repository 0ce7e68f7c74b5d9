package dev.vitals.health.http;

import dev.vitals.health.CheckResult;
import dev.vitals.health.Outcome;
import dev.vitals.health.internal.Json;
import java.util.Set;

/** Writes one outcome with its code, and {@code ok} or {@code error}: the form of {@code /_system/check}. */
final class OutcomeShape {
    private static final Set<String> MEMBERS = Set.of("status", "message", "code", "ok", "error");

    private OutcomeShape() {}

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
            OutcomeData.write(json, outcome, MEMBERS, details);
            json.writeEndObject();
        });
    }
}
