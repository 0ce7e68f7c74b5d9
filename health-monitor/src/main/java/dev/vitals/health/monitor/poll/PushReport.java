package dev.vitals.health.monitor.poll;

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
 * What an app reports of itself.
 *
 * @param code how it is
 * @param message what is wrong; null if it does not say
 * @param components how its components are
 */
public record PushReport(Outcome.Code code, @Nullable String message, List<ComponentState> components) {
    /** What a report looks like, in words that follow "must be". */
    public static final String BOUND = "a health document, or a JSON object with status (pass, warn, fail or the like),"
            + " and perhaps message and data";

    private static final int MAX_DATA = 50;
    private static final int MAX_NAME = 200;

    /** Returns the report in that body; empty if there is none. No body at all says that all is well. */
    public static Optional<PushReport> read(byte[] body) {
        if (body.length == 0) {
            return Optional.of(new PushReport(Outcome.Code.OK, null, List.of()));
        }
        Optional<HealthDocument> document = HealthDocument.parse(body);
        if (document.isEmpty()) {
            return Optional.empty();
        }
        Status status = document.get().status();
        List<ComponentState> components = new ArrayList<>(Components.of(document.get()));
        String message = document.get().output().orElse(null);
        try {
            JsonNode root = Json.read(body);
            message = root.path("message").isTextual() ? root.path("message").textValue() : message;
            addData(root.path("data"), status, components);
        } catch (IOException e) {
            return Optional.empty();
        }
        Outcome.Code code = switch (status) {
            case PASS -> Outcome.Code.OK;
            case WARN -> Outcome.Code.WARNING;
            case FAIL -> Outcome.Code.ERROR;
        };
        return Optional.of(new PushReport(code, code == Outcome.Code.OK ? null : message, components));
    }

    private static void addData(JsonNode data, Status status, List<ComponentState> components) {
        for (Map.Entry<String, JsonNode> entry : data.properties()) {
            if (components.size() < MAX_DATA && !entry.getValue().isNull()) {
                JsonNode value = entry.getValue();
                String text = value.isValueNode() ? value.asText() : value.toString();
                components.add(new ComponentState(Text.cut(entry.getKey(), MAX_NAME), status, Text.line(text)));
            }
        }
    }
}
