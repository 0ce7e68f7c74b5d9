package dev.vitals.health.monitor.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.internal.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;

/** What a running monitor is asked, and what it answers. */
final class Answers {
    private Answers() {}

    /** Returns where that path is of a monitor, which may itself be below a path. */
    static URI url(URI monitor, String path) {
        String base = monitor.toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
    }

    /** Returns the document of an answer; fails with its words if it says that something was wrong. */
    static JsonNode read(HttpResponse<byte[]> answer) throws IOException {
        if (answer.statusCode() < 200 || answer.statusCode() > 299) {
            throw new IOException("the monitor answers " + answer.statusCode() + ": " + detail(answer.body()));
        }
        return Json.read(answer.body());
    }

    /** Returns what a problem says, with all its fields. */
    static String detail(byte[] body) {
        try {
            JsonNode problem = Json.read(body);
            StringBuilder said = new StringBuilder(problem.path("detail").asText("no reason given"));
            for (JsonNode error : problem.path("errors")) {
                said.append("; ").append(error.path("field").asText());
                said.append(" must be ").append(error.path("bound").asText());
                said.append(", was ")
                        .append(error.hasNonNull("value") ? error.path("value").asText() : "absent");
            }
            return said.toString();
        } catch (IOException notJson) {
            return "a body that is not understood";
        }
    }
}
