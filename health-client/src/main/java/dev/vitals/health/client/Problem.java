package dev.vitals.health.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.internal.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Puts an {@code application/problem+json} document into one line for people. */
final class Problem {
    private static final int MAX_TEXT = 500;
    private static final int MAX_ERRORS = 20;
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]+");

    private Problem() {}

    /** Returns the code and what the document says, at most about 500 characters; the code alone if it is no JSON. */
    static String text(int status, byte[] body) {
        List<String> parts = new ArrayList<>();
        parts.add("answered " + status);
        try {
            JsonNode document = Json.read(body);
            add(parts, document.path("title"));
            add(parts, document.path("detail"));
            for (JsonNode error : document.path("errors")) {
                if (parts.size() < MAX_ERRORS) {
                    parts.add(error(error));
                }
            }
        } catch (IOException noJson) {
            // A proxy's page, say: the code has to do.
            return parts.get(0);
        }
        return bounded(String.join("; ", parts));
    }

    /** Returns the text on one line, cut after 500 characters. */
    static String bounded(String text) {
        String cut = text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "...";
        return UNPRINTABLE.matcher(cut).replaceAll(" ");
    }

    private static String error(JsonNode error) {
        List<String> parts = new ArrayList<>();
        add(parts, error.path("field"));
        add(parts, error.path("message"));
        add(parts, error.path("bound"));
        if (error.has("value")) {
            parts.add("was " + shown(error.path("value")));
        }
        return String.join(" ", parts);
    }

    private static void add(List<String> parts, JsonNode node) {
        String text = shown(node);
        if (!text.isBlank()) {
            parts.add(text);
        }
    }

    private static String shown(JsonNode node) {
        return node.isContainerNode() ? node.toString() : node.asText();
    }
}
