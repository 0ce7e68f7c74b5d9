package dev.vitals.health.monitor.web;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.vitals.health.monitor.history.Uptime;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the ledger is written. */
final class UptimeShape {
    private UptimeShape() {}

    private static Map<String, Duration> parts(Uptime uptime) {
        Map<String, Duration> parts = new LinkedHashMap<>();
        parts.put("healthy", uptime.healthy());
        parts.put("degraded", uptime.degraded());
        parts.put("unhealthy", uptime.unhealthy());
        parts.put("unknown", uptime.unknown());
        parts.put("maintenance", uptime.maintenance());
        return parts;
    }

    static void json(JsonGenerator json, List<String> names, List<Uptime> uptimes) throws IOException {
        json.writeArrayFieldStart("windows");
        for (int i = 0; i < uptimes.size(); i++) {
            Uptime uptime = uptimes.get(i);
            json.writeStartObject();
            if (!names.get(i).isEmpty()) {
                json.writeStringField("window", names.get(i));
            }
            Shape.time(json, "from", uptime.range().from());
            Shape.time(json, "to", uptime.range().to());
            json.writeNumberField("lengthMs", uptime.range().length().toMillis());
            json.writeNumberField("notWatchedMs", uptime.notWatched().toMillis());
            json.writeNumberField("watchedMs", uptime.watched().toMillis());
            for (Map.Entry<String, Duration> part : parts(uptime).entrySet()) {
                json.writeNumberField(part.getKey() + "Ms", part.getValue().toMillis());
            }
            json.writeObjectFieldStart("share");
            for (Map.Entry<String, Duration> part : parts(uptime).entrySet()) {
                json.writeNumberField(part.getKey(), uptime.share(part.getValue()));
            }
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    static void csv(Csv csv, List<String> names, List<Uptime> uptimes) {
        csv.header(
                "window",
                "from",
                "to",
                "length_ms",
                "not_watched_ms",
                "watched_ms",
                "healthy_ms",
                "degraded_ms",
                "unhealthy_ms",
                "unknown_ms",
                "maintenance_ms");
        for (int i = 0; i < uptimes.size(); i++) {
            Uptime uptime = uptimes.get(i);
            csv.text(names.get(i))
                    .text(Shape.time(uptime.range().from().toEpochMilli()))
                    .text(Shape.time(uptime.range().to().toEpochMilli()))
                    .number(uptime.range().length().toMillis())
                    .number(uptime.notWatched().toMillis())
                    .number(uptime.watched().toMillis());
            parts(uptime).values().forEach(part -> csv.number(part.toMillis()));
            csv.end();
        }
    }
}
