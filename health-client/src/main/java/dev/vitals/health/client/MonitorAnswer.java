package dev.vitals.health.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.internal.Json;
import dev.vitals.health.internal.Redactor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a monitor.
 *
 * @param text the code and the problem in one line for people, at most about 500 characters
 * @param unreachable why the monitor could not reach the app at its first poll; null if it could, or did not say
 */
record MonitorAnswer(int status, String text, @Nullable String unreachable) {
    private static final int MAX_TEXT = 500;
    private static final int MAX_ERRORS = 20;
    private static final String HIDDEN = "***";

    /** Reads an answer; the text does not show the token. */
    static MonitorAnswer of(int status, byte[] body, @Nullable String token) {
        String text = problem(status, body);
        return new MonitorAnswer(status, token == null ? text : text.replace(token, HIDDEN), firstPollProblem(body));
    }

    boolean accepted() {
        return status >= 200 && status < 300;
    }

    /** Returns whether the same request would be refused again; 408, 425 and 429 ask for another try. */
    boolean refused() {
        return status >= 400 && status < 500 && status != 408 && status != 425 && status != 429;
    }

    /** Returns what to do about the answer, to append to the text; empty if the answer says that itself. */
    String advice() {
        if (status == 401) {
            return "; set token(...) or tokenFile(...) to a token of this monitor";
        }
        if (status == 404 || status == 405) {
            return "; check the URL of the monitor: this server has no such API below it";
        }
        return status >= 300 && status < 400 ? "; redirects are not followed: set the monitor's final URL" : "";
    }

    /** Returns the code and the text of an {@code application/problem+json} document; the code alone if it is not JSON. */
    static String problem(int status, byte[] body) {
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
        } catch (IOException notJson) {
            // For example the page of a proxy.
            return parts.get(0);
        }
        return line(String.join("; ", parts));
    }

    /** Returns what stopped the monitor's first poll; null if nothing did, or the answer does not say. */
    static @Nullable String firstPollProblem(byte[] body) {
        try {
            JsonNode poll = Json.read(body).path("firstPoll");
            if (!poll.path("code").asText().equals("ERROR")) {
                return null;
            }
            String address = poll.path("address").asText();
            String message = poll.path("message").asText("no message");
            return line(address.isEmpty() ? message : message + " (" + address + ")");
        } catch (IOException notJson) {
            return null; // an older monitor, or another server
        }
    }

    /** Returns the text on one line, without secrets, cut after 500 characters. */
    static String line(String text) {
        return Redactor.clean(text, MAX_TEXT);
    }

    private static String error(JsonNode error) {
        List<String> parts = new ArrayList<>();
        add(parts, error.path("field"));
        add(parts, error.path("message"));
        add(parts, error.path("bound"));
        if (error.has("value")) {
            parts.add("was " + text(error.path("value")));
        }
        return String.join(" ", parts);
    }

    private static void add(List<String> parts, JsonNode node) {
        String text = text(node);
        if (!text.isBlank()) {
            parts.add(text);
        }
    }

    private static String text(JsonNode node) {
        return node.isContainerNode() ? node.toString() : node.asText();
    }
}
