package dev.vitals.health.monitor.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.http.HealthDocument;
import dev.vitals.health.internal.Json;
import java.io.IOException;
import java.util.List;

/** Names the form of a health document for people. The monitor reads them all in the same way. */
final class Dialect {
    private static final List<String> DRAFT_WORDS = List.of("pass", "warn", "fail");

    private Dialect() {}

    /** Returns the name of the form; says so if it is none that the monitor knows. */
    static String of(String contentType, byte[] body) {
        if (HealthDocument.parse(contentType, body).isEmpty()) {
            return "none: the HTTP code alone decides";
        }
        JsonNode root;
        try {
            root = Json.read(body);
        } catch (IOException notJson) {
            return "one word as text";
        }
        String status = root.path("status").asText("");
        if (root.path("checks").isArray()) {
            return "MicroProfile Health";
        }
        if (DRAFT_WORDS.contains(status)) {
            return root.has("code")
                    ? "an outcome of /_system/check"
                    : "health+json (draft-inadarei-api-health-check-06)";
        }
        if (status.equals("UP") || status.equals("DOWN") || status.equals("OUT_OF_SERVICE")) {
            return "Spring Boot Actuator";
        }
        if (root.has("totalDuration") || root.has("entries")) {
            return "ASP.NET health checks";
        }
        return root.has("status") ? "JSON with a status" : "a map of components";
    }
}
