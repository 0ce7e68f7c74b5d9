package dev.vitals.health.monitor.page;

import dev.vitals.health.internal.Json;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where a program begins: what it can ask, and where. */
final class Index {
    private static final Map<String, String> LINKS = new LinkedHashMap<>();

    static {
        LINKS.put("dashboard", "/api/health/dashboard");
        LINKS.put("targets", "/api/v1/targets");
        LINKS.put("incidents", "/api/v1/incidents");
        LINKS.put("messages", "/api/v1/messages");
        LINKS.put("gates", "/api/v1/gates");
        LINKS.put("silences", "/api/v1/silences");
        LINKS.put("maintenance", "/api/v1/maintenance");
        LINKS.put("hosts", "/api/v1/hosts");
        LINKS.put("openapi", "/openapi.json");
        LINKS.put("metrics", "/metrics");
        LINKS.put("health", "/_health");
        LINKS.put("pages", "/ (with Accept: text/html)");
        LINKS.put("table", "/ (with Accept: text/plain or text/markdown)");
    }

    private Index() {}

    static void write(Context context) {
        context.contentType("application/json").result(Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("name", "vitals monitor");
            json.writeObjectFieldStart("links");
            for (Map.Entry<String, String> link : LINKS.entrySet()) {
                json.writeStringField(link.getKey(), link.getValue());
            }
            json.writeEndObject();
            json.writeEndObject();
        }));
    }
}
