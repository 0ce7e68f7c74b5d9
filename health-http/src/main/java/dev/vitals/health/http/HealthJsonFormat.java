package dev.vitals.health.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.vitals.health.CheckDefinition;
import dev.vitals.health.CheckResult;
import dev.vitals.health.HealthReport;
import dev.vitals.health.Measurement;
import dev.vitals.health.Outcome;
import dev.vitals.health.ServiceInfo;
import dev.vitals.health.Status;
import dev.vitals.health.internal.Json;
import dev.vitals.health.internal.Memo;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes {@code application/health+json}. Source: draft-inadarei-api-health-check-06, sections 3 and 4. */
final class HealthJsonFormat {
    private static final String COMPONENT = "component";

    // The data of an outcome is written beside these members and must not replace one.
    private static final Set<String> MEMBERS = Set.of(
            "componentId",
            "componentType",
            "observedValue",
            "observedUnit",
            "status",
            "affectedEndpoints",
            "time",
            "output",
            "links");

    // Kept with each result for the next report, since most results have not changed by then.
    private static final Memo<CheckResult, SerializedString> PLAIN_MEMBERS =
            Memo.madeBy(result -> members(result, false));
    private static final Memo<CheckResult, SerializedString> DETAILED_MEMBERS =
            Memo.madeBy(result -> members(result, true));

    private HealthJsonFormat() {}

    static byte[] system(ServiceInfo service) {
        return Json.write(json -> {
            json.writeStartObject();
            writeHead(json, service, Status.PASS, null);
            writeLinks(json, service.links());
            json.writeEndObject();
        });
    }

    static byte[] report(ServiceInfo service, HealthReport report, boolean details) {
        Memo<CheckResult, SerializedString> members = details ? DETAILED_MEMBERS : PLAIN_MEMBERS;
        return Json.write(json -> {
            json.writeStartObject();
            writeHead(json, service, report.status(), report.output().orElse(null));
            json.writeObjectFieldStart("checks");
            boolean first = true;
            for (CheckResult result : report.checks()) {
                if (!first) {
                    json.writeRaw(',');
                }
                first = false;
                json.writeRaw(members.of(result));
            }
            json.writeEndObject();
            writeLinks(json, service.links());
            json.writeEndObject();
        });
    }

    /** Returns the members of {@code checks} for one check, with the status of its state. */
    private static SerializedString members(CheckResult result, boolean details) {
        Shown shown = new Shown(result.status(), result.output().orElse(null), details);
        byte[] object = Json.write(json -> {
            json.writeStartObject();
            writeCheck(json, result, shown);
            json.writeEndObject();
        });
        return new SerializedString(new String(object, 1, object.length - 2, StandardCharsets.UTF_8));
    }

    /** Writes one check with the status of its latest outcome, before thresholds. */
    static byte[] outcome(ServiceInfo service, CheckResult result, boolean details) {
        Outcome outcome = result.outcome();
        Status status = outcome.code().status();
        String output = status == Status.PASS ? null : outcome.message().orElse(null);
        return Json.write(json -> {
            json.writeStartObject();
            writeHead(json, service, status, output);
            json.writeObjectFieldStart("checks");
            writeCheck(json, result, new Shown(status, output, details));
            json.writeEndObject();
            writeLinks(json, service.links());
            json.writeEndObject();
        });
    }

    private static void writeHead(JsonGenerator json, ServiceInfo service, Status status, @Nullable String output)
            throws IOException {
        json.writeStringField("status", status.word());
        writeText(json, "version", service.version().orElse(null));
        writeText(json, "releaseId", service.releaseId().orElse(null));
        writeText(json, "serviceId", service.serviceId().orElse(null));
        writeText(json, "description", service.description().orElse(null));
        writeTexts(json, "notes", service.notes());
        writeText(json, "output", output);
    }

    /** The status and output to show: those of the check's state, or of its latest outcome. */
    private record Shown(Status status, @Nullable String output, boolean details) {}

    private static void writeCheck(JsonGenerator json, CheckResult result, Shown shown) throws IOException {
        Status status = shown.status();
        Duration duration = result.duration().orElse(null);
        String name = result.name();
        json.writeArrayFieldStart(duration == null ? name : key(name, Measurement.RESPONSE_TIME));
        json.writeStartObject();
        writeComponent(json, result);
        if (duration != null) {
            json.writeNumberField("observedValue", millis(duration));
            json.writeStringField("observedUnit", "ms");
        }
        json.writeStringField("status", status.word());
        if (status != Status.PASS) {
            writeTexts(json, "affectedEndpoints", affected(result.definition()));
        }
        writeTime(json, result);
        writeText(json, "output", shown.output());
        writeLinks(json, result.definition().links());
        OutcomeFormat.writeData(json, result.outcome(), MEMBERS, shown.details());
        json.writeEndObject();
        json.writeEndArray();
        for (Measurement measurement : result.outcome().measurements()) {
            writeMeasurement(json, result, status, measurement);
        }
    }

    private static void writeMeasurement(JsonGenerator json, CheckResult result, Status status, Measurement measurement)
            throws IOException {
        json.writeArrayFieldStart(key(result.name(), measurement.name()));
        json.writeStartObject();
        writeComponent(json, result);
        json.writeObjectField("observedValue", measurement.value());
        json.writeStringField("observedUnit", measurement.unit());
        json.writeStringField("status", status.word());
        writeTime(json, result);
        json.writeEndObject();
        json.writeEndArray();
    }

    /** Returns the bare name if check and measurement have the same, as the draft's own example {@code uptime}. */
    private static String key(String check, String measurement) {
        return check.equals(measurement) ? check : check + ':' + measurement;
    }

    private static void writeComponent(JsonGenerator json, CheckResult result) throws IOException {
        json.writeStringField("componentId", result.name());
        json.writeStringField(
                "componentType", result.definition().componentType().orElse(COMPONENT));
    }

    // Whole milliseconds: RFC 3339 sets no limit, but parsers in other languages do.
    private static void writeTime(JsonGenerator json, CheckResult result) throws IOException {
        writeText(
                json,
                "time",
                result.time()
                        .map(time -> time.truncatedTo(ChronoUnit.MILLIS).toString())
                        .orElse(null));
    }

    private static void writeLinks(JsonGenerator json, Map<String, URI> links) throws IOException {
        if (!links.isEmpty()) {
            json.writeObjectFieldStart("links");
            for (Map.Entry<String, URI> link : links.entrySet()) {
                json.writeStringField(link.getKey(), link.getValue().toString());
            }
            json.writeEndObject();
        }
    }

    private static void writeText(JsonGenerator json, String name, @Nullable String value) throws IOException {
        if (value != null && !value.isEmpty()) {
            json.writeStringField(name, value);
        }
    }

    private static void writeTexts(JsonGenerator json, String name, List<String> values) throws IOException {
        if (!values.isEmpty()) {
            json.writeArrayFieldStart(name);
            for (String value : values) {
                json.writeString(value);
            }
            json.writeEndArray();
        }
    }

    private static List<String> affected(CheckDefinition definition) {
        return definition.affectedEndpoints().stream().map(URI::toString).toList();
    }

    static BigDecimal millis(Duration duration) {
        return BigDecimal.valueOf(duration.toNanos() / 1_000, 3);
    }
}
