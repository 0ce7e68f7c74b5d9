package dev.vitals.health.monitor.web;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.vitals.health.internal.Json;
import dev.vitals.health.monitor.model.HealthProbe;
import dev.vitals.health.monitor.model.ProbeSettings;
import dev.vitals.health.monitor.model.Target;
import io.javalin.http.Context;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How values are written in JSON. */
final class Shape {
    private static final DateTimeFormatter RFC3339 =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private Shape() {}

    static void answer(Context context, Json.Writer writer) {
        context.contentType("application/json").result(Json.write(writer));
    }

    /** Writes the registration in force, its defaults filled in. */
    static void registrationMembers(JsonGenerator json, Target target) throws IOException {
        ProbeSettings settings = target.settings();
        json.writeStringField("app", target.id().appOrHost());
        json.writeStringField("instance", target.id().name());
        // As in the request, where the kind health need not be named.
        if (!(settings.probe() instanceof HealthProbe)) {
            json.writeStringField("kind", settings.probe().kind());
        }
        for (Map.Entry<String, Object> field : settings.probe().fields().entrySet()) {
            json.writePOJOField(field.getKey(), field.getValue());
        }
        seconds(json, "interval", settings.interval());
        seconds(json, "timeout", settings.timeout());
        json.writeNumberField("unhealthy", settings.thresholds().failureThreshold());
        json.writeNumberField("healthy", settings.thresholds().successThreshold());
        json.writeArrayFieldStart("notify");
        for (String address : settings.notifyAddresses()) {
            json.writeString(address);
        }
        json.writeEndArray();
        labels(json, settings.labels());
        seconds(json, "lease", settings.lease());
    }

    static void labels(JsonGenerator json, Map<String, String> labels) throws IOException {
        json.writeObjectFieldStart("labels");
        for (Map.Entry<String, String> label : labels.entrySet()) {
            json.writeStringField(label.getKey(), label.getValue());
        }
        json.writeEndObject();
    }

    static void seconds(JsonGenerator json, String field, Duration duration) throws IOException {
        json.writeFieldName(field);
        decimal(json, BigDecimal.valueOf(duration.toMillis(), 3));
    }

    static void millis(JsonGenerator json, String field, Duration duration) throws IOException {
        json.writeFieldName(field);
        decimal(json, BigDecimal.valueOf(duration.toNanos() / 1_000, 3));
    }

    static void number(JsonGenerator json, String field, double number) throws IOException {
        json.writeFieldName(field);
        decimal(json, BigDecimal.valueOf(number));
    }

    // 30 rather than 30.000.
    private static void decimal(JsonGenerator json, BigDecimal number) throws IOException {
        json.writeNumber(new BigDecimal(number.stripTrailingZeros().toPlainString()));
    }

    static String time(long millis) {
        return RFC3339.format(Instant.ofEpochMilli(millis));
    }

    static void time(JsonGenerator json, String field, Instant time) throws IOException {
        json.writeStringField(field, RFC3339.format(time));
    }

    static void timeOrNothing(JsonGenerator json, String field, @Nullable Instant time) throws IOException {
        if (time != null) {
            time(json, field, time);
        }
    }

    static void texts(JsonGenerator json, String field, List<?> values) throws IOException {
        json.writeArrayFieldStart(field);
        for (Object value : values) {
            json.writeString(value.toString());
        }
        json.writeEndArray();
    }
}
