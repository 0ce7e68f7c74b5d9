package dev.vitals.health.http;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.vitals.health.CheckResult;
import dev.vitals.health.HealthReport;
import dev.vitals.health.Status;
import dev.vitals.health.internal.Json;
import java.io.IOException;
import java.util.Map;

/** Writes the forms that readers of other systems expect. Those that know two words only get UP for a warning. */
final class ForeignShape {
    private ForeignShape() {}

    /** Writes {@code {"NAME":{"msg":"...","success":true}}}. */
    static byte[] components(HealthReport report) {
        return Json.write(json -> {
            json.writeStartObject();
            for (CheckResult result : report.checks()) {
                json.writeObjectFieldStart(result.name());
                json.writeStringField("msg", message(result));
                json.writeBooleanField("success", result.status() != Status.FAIL);
                json.writeEndObject();
            }
            json.writeEndObject();
        });
    }

    /** Writes the form of MicroProfile Health 4.0. */
    static byte[] microprofile(HealthReport report) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("status", upOrDown(report.status()));
            json.writeArrayFieldStart("checks");
            for (CheckResult result : report.checks()) {
                json.writeStartObject();
                json.writeStringField("name", result.name());
                json.writeStringField("status", upOrDown(result.status()));
                writeDetails(json, "data", result);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    /** Writes the form of the actuator's health endpoint, version 3. */
    static byte[] actuator(HealthReport report) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("status", upOrDown(report.status()));
            json.writeObjectFieldStart("components");
            for (CheckResult result : report.checks()) {
                json.writeObjectFieldStart(result.name());
                json.writeStringField("status", upOrDown(result.status()));
                writeDetails(json, "details", result);
                json.writeEndObject();
            }
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    static byte[] actuator(Status status) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("status", upOrDown(status));
            json.writeEndObject();
        });
    }

    private static void writeDetails(JsonGenerator json, String member, CheckResult result) throws IOException {
        Map<String, Object> data = result.outcome().data();
        json.writeObjectFieldStart(member);
        if (!data.containsKey("message")) {
            json.writeStringField("message", message(result));
        }
        for (Map.Entry<String, Object> entry : data.entrySet()) {
            json.writeObjectField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
    }

    private static String message(CheckResult result) {
        return result.output()
                .or(() -> result.outcome().message())
                .orElse(result.status().word());
    }

    private static String upOrDown(Status status) {
        return status == Status.FAIL ? "DOWN" : "UP";
    }
}
