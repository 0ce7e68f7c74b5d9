package dev.vitals.health.monitor.poll;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.Status;
import dev.vitals.health.monitor.model.ComponentState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The states of components in shapes other than the draft's. Pure. */
final class ForeignComponents {
    private static final int MAX_DEPTH = 3;

    private ForeignComponents() {}

    /** {@code {"database":{"status":"UP","details":{}}}}, with components in components named by both. */
    static List<ComponentState> actuator(JsonNode components) {
        List<ComponentState> found = new ArrayList<>();
        actuator("", components, 1, found);
        return found;
    }

    private static void actuator(String prefix, JsonNode components, int depth, List<ComponentState> found) {
        for (Map.Entry<String, JsonNode> entry : components.properties()) {
            JsonNode node = entry.getValue();
            String name = prefix + entry.getKey();
            add(found, name, status(node.path("status")), text(node.path("details"), "error", "message"));
            if (depth < MAX_DEPTH) {
                actuator(name + "/", node.path("components"), depth + 1, found);
            }
        }
    }

    /** {@code [{"name":"database","status":"UP","data":{}}]}. */
    static List<ComponentState> microProfile(JsonNode checks) {
        List<ComponentState> found = new ArrayList<>();
        for (JsonNode check : checks) {
            String name = check.path("name").asText();
            add(found, name, status(check.path("status")), text(check.path("data"), "error", "message"));
        }
        return found;
    }

    /** Returns whether it is a map of components that each say whether they are well. */
    static boolean areMap(JsonNode root) {
        for (JsonNode component : root) {
            if (!component.path("success").isBoolean()) {
                return false;
            }
        }
        return !root.isEmpty();
    }

    /** {@code {"database":{"msg":"...","success":true}}}: all must be well. */
    static ReportedHealth map(JsonNode root) {
        List<ComponentState> found = new ArrayList<>();
        Status worst = Status.PASS;
        for (Map.Entry<String, JsonNode> entry : root.properties()) {
            boolean success = entry.getValue().path("success").asBoolean();
            Status status = success ? Status.PASS : Status.FAIL;
            worst = worst.worst(status);
            add(found, entry.getKey(), status, text(entry.getValue(), "msg", "message"));
        }
        return new ReportedHealth(worst, null, found, false);
    }

    private static void add(List<ComponentState> found, String name, @Nullable Status status, @Nullable String output) {
        if (status != null && found.size() < Components.MAX_COMPONENTS) {
            String shown = status == Status.PASS || output == null ? null : Text.line(output);
            found.add(new ComponentState(Text.cut(name, Components.MAX_NAME), status, shown));
        }
    }

    private static @Nullable String text(JsonNode node, String first, String second) {
        JsonNode found = node.has(first) ? node.path(first) : node.path(second);
        return found.isValueNode() && !found.isNull() ? found.asText() : null;
    }

    // The words of these shapes; a custom one says nothing.
    private static @Nullable Status status(JsonNode word) {
        return switch (word.asText().toUpperCase(Locale.ROOT)) {
            case "UP" -> Status.PASS;
            case "DOWN", "OUT_OF_SERVICE", "UNKNOWN" -> Status.FAIL;
            case "WARN", "WARNING", "DEGRADED" -> Status.WARN;
            default -> null;
        };
    }
}
