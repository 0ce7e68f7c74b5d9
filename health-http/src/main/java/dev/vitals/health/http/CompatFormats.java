package dev.vitals.health.http;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.vitals.health.CheckResult;
import dev.vitals.health.HealthReport;
import dev.vitals.health.Status;
import dev.vitals.health.internal.Json;
import java.io.IOException;
import java.util.Set;

/** Writes the formats of other systems. Those that know only UP and DOWN get UP for a warning. */
final class CompatFormats {
    private static final String STATUS = "status";

    private CompatFormats() {}

    /** Writes {@code {"NAME":{"msg":"...","success":true}}}. */
    static byte[] components(HealthReport report, boolean details) {
        return Json.write(json -> {
            json.writeStartObject();
            for (CheckResult result : report.checks()) {
                json.writeObjectFieldStart(result.name());
                json.writeStringField("msg", message(result) + detail(result, details));
                json.writeBooleanField("success", result.status() != Status.FAIL);
                json.writeEndObject();
            }
            json.writeEndObject();
        });
    }

    /** Writes the format of MicroProfile Health 4.0. */
    static byte[] microprofile(HealthReport report, boolean details) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField(STATUS, upOrDown(report.status()));
            json.writeArrayFieldStart("checks");
            for (CheckResult result : report.checks()) {
                json.writeStartObject();
                json.writeStringField("name", result.name());
                json.writeStringField(STATUS, upOrDown(result.status()));
                writeDetails(json, "data", result, details);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    /** Writes the format of the actuator's health endpoint, version 3; that of version 2 has another name for the member. */
    static byte[] actuator(HealthReport report, String member, boolean details) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField(STATUS, upOrDown(report.status()));
            json.writeObjectFieldStart(member);
            for (CheckResult result : report.checks()) {
                json.writeObjectFieldStart(result.name());
                json.writeStringField(STATUS, upOrDown(result.status()));
                writeDetails(json, "details", result, details);
                json.writeEndObject();
            }
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    /** Writes the format of the actuator's health endpoint, version 1: everything is a member of the root, details of a check. */
    static byte[] actuatorV1(HealthReport report, boolean details) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField(STATUS, upOrDown(report.status()));
            for (CheckResult result : report.checks()) {
                if (!result.name().equals(STATUS)) {
                    json.writeObjectFieldStart(result.name());
                    json.writeStringField(STATUS, upOrDown(result.status()));
                    writeData(json, result, Set.of(STATUS), details);
                    json.writeEndObject();
                }
            }
            json.writeEndObject();
        });
    }

    static byte[] actuator(Status status) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField(STATUS, upOrDown(status));
            json.writeEndObject();
        });
    }

    private static void writeDetails(JsonGenerator json, String member, CheckResult result, boolean details)
            throws IOException {
        json.writeObjectFieldStart(member);
        writeData(json, result, Set.of(), details);
        json.writeEndObject();
    }

    private static void writeData(JsonGenerator json, CheckResult result, Set<String> members, boolean details)
            throws IOException {
        if (!result.outcome().data().containsKey("message")) {
            json.writeStringField("message", message(result));
        }
        OutcomeFormat.writeData(json, result.outcome(), members, details);
    }

    private static String detail(CheckResult result, boolean details) {
        return details
                ? result.outcome().detail().map(text -> " (" + text + ")").orElse("")
                : "";
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
