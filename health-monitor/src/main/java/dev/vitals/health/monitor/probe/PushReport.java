package dev.vitals.health.monitor.probe;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.Outcome;
import dev.vitals.health.Status;
import dev.vitals.health.http.HealthDocument;
import dev.vitals.health.internal.Json;
import dev.vitals.health.monitor.model.ComponentState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The report that an app sends about itself.
 *
 * @param code the state of the app, before thresholds
 * @param message what is wrong; null if the app does not say it
 * @param components the states of its components
 */
public record PushReport(Outcome.Code code, @Nullable String message, List<ComponentState> components) {
    /** The form of a report, as text that follows "must be". */
    public static final String BOUND = "a health document, or a JSON object with status (pass, warn, fail or the like),"
            + " and optionally message and data";

    private static final int MAX_DATA = 50;
    private static final int MAX_NAME = 200;

    /** Returns the report in the body; empty if it contains none. An empty body means that the app is healthy. */
    public static Optional<PushReport> read(byte[] body) {
        if (body.length == 0) {
            return Optional.of(new PushReport(Outcome.Code.OK, null, List.of()));
        }
        Optional<HealthDocument> document = HealthDocument.parse(body);
        if (document.isEmpty()) {
            return Optional.empty();
        }
        Status status = document.get().status();
        List<ComponentState> components = new ArrayList<>(ComponentStates.of(document.get()));
        String message = document.get().output().orElse(null);
        try {
            JsonNode root = Json.read(body);
            message = root.path("message").isTextual() ? root.path("message").textValue() : message;
            addData(root.path("data"), status, components);
        } catch (IOException e) {
            return Optional.empty();
        }
        Outcome.Code code = Judgement.code(status);
        return Optional.of(new PushReport(code, code == Outcome.Code.OK ? null : message, components));
    }

    /**
     * Returns the report of a status word and a message, as they are in a query; empty if the word is unknown.
     *
     * @param message null for none
     */
    public static Optional<PushReport> of(String status, @Nullable String message) {
        return HealthDocument.parse("text/plain", status.getBytes(UTF_8)).map(document -> {
            Outcome.Code code = Judgement.code(document.status());
            boolean silent = code == Outcome.Code.OK || message == null || message.isBlank();
            return new PushReport(code, silent ? null : message, List.of());
        });
    }

    private static void addData(JsonNode data, Status status, List<ComponentState> components) {
        for (Map.Entry<String, JsonNode> entry : data.properties()) {
            if (components.size() < MAX_DATA && !entry.getValue().isNull()) {
                JsonNode value = entry.getValue();
                String text = value.isValueNode() ? value.asText() : value.toString();
                components.add(
                        new ComponentState(Judgement.line(entry.getKey(), MAX_NAME), status, Judgement.line(text)));
            }
        }
    }
}
