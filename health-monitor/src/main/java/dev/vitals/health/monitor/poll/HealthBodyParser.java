package dev.vitals.health.monitor.poll;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.Status;
import dev.vitals.health.http.HealthDocument;
import dev.vitals.health.internal.Json;
import dev.vitals.health.monitor.model.ComponentState;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bodies by which applications say how they are: the draft, the actuator's, MicroProfile's, the components
 * form and the form with {@code code}, {@code ok} and {@code error}. Pure.
 */
final class HealthBodyParser {
    // {"status":"UP"} and its like: there is nothing more to be found in it.
    private static final int STATUS_ALONE = 24;

    private HealthBodyParser() {}

    /** Returns what the body says; null if it is of none of these shapes. */
    static @Nullable ReportedHealth read(byte[] body) {
        HealthDocument document = HealthDocument.parse(body).orElse(null);
        if (document != null) {
            List<ComponentState> components = Components.of(document);
            ReportedHealth draft = ReportedHealth.of(document, components);
            return body.length <= STATUS_ALONE || !components.isEmpty() ? draft : richer(body, draft);
        }
        JsonNode root = parse(body);
        return root == null ? null : withoutStatus(root);
    }

    private static @Nullable JsonNode parse(byte[] body) {
        try {
            JsonNode root = Json.read(body);
            return root.isObject() ? root : null;
        } catch (IOException notJson) {
            return null;
        }
    }

    // The status is known; what remains are the components, and a code beside it.
    private static ReportedHealth richer(byte[] body, ReportedHealth draft) {
        JsonNode root = parse(body);
        if (root == null) {
            return draft;
        }
        Status code = statusOfCode(root);
        if (code != null) {
            return new ReportedHealth(
                    draft.status().worst(code), output(draft, root), List.of(), draft.releaseId(), true);
        }
        List<ComponentState> components = root.path("checks").isArray()
                ? ForeignComponents.microProfile(root.path("checks"))
                : ForeignComponents.actuator(root.path("components"));
        return new ReportedHealth(draft.status(), draft.output(), components, draft.releaseId(), false);
    }

    private static @Nullable String output(ReportedHealth draft, JsonNode root) {
        return draft.output() != null ? draft.output() : message(root);
    }

    private static @Nullable ReportedHealth withoutStatus(JsonNode root) {
        Status code = root.has("status") ? null : statusOfCode(root);
        if (code != null) {
            return new ReportedHealth(code, message(root), List.of(), true);
        }
        return ForeignComponents.areMap(root) ? ForeignComponents.map(root) : null;
    }

    private static @Nullable String message(JsonNode root) {
        JsonNode message = root.path("message");
        return message.isTextual() ? message.asText() : null;
    }

    // Of code, ok and error the worst counts; null if none of them says anything.
    private static @Nullable Status statusOfCode(JsonNode root) {
        Status found = null;
        if (root.path("code").isTextual()) {
            found = switch (root.path("code").asText().toUpperCase(Locale.ROOT)) {
                case "OK" -> Status.PASS;
                case "WARNING" -> Status.WARN;
                case "ERROR" -> Status.FAIL;
                default -> null;
            };
        }
        if (found == null && (root.path("ok").isBoolean() || root.path("error").isBoolean())) {
            boolean well =
                    root.path("ok").asBoolean(true) && !root.path("error").asBoolean(false);
            found = well ? Status.PASS : Status.FAIL;
        }
        return found == Status.PASS && root.path("error").asBoolean(false) ? Status.FAIL : found;
    }
}
