package dev.vitals.health.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the JSON formats of {@link HealthDocument}. Pure. */
final class HealthDocumentReader {
    private static final int MAX_DEPTH = 3;
    private static final int MIN_FAILURE = 400;
    private static final int MAX_FAILURE = 599;

    private static final Map<String, Status> STATUSES = Map.ofEntries(
            Map.entry("pass", Status.PASS),
            Map.entry("passing", Status.PASS),
            Map.entry("ok", Status.PASS),
            Map.entry("up", Status.PASS),
            Map.entry("healthy", Status.PASS),
            Map.entry("success", Status.PASS),
            Map.entry("alive", Status.PASS),
            Map.entry("live", Status.PASS),
            Map.entry("ready", Status.PASS),
            Map.entry("running", Status.PASS),
            Map.entry("active", Status.PASS),
            Map.entry("available", Status.PASS),
            Map.entry("online", Status.PASS),
            Map.entry("operational", Status.PASS),
            Map.entry("serving", Status.PASS),
            Map.entry("green", Status.PASS),
            Map.entry("yellow", Status.WARN),
            Map.entry("warn", Status.WARN),
            Map.entry("warning", Status.WARN),
            Map.entry("degraded", Status.WARN),
            Map.entry("fail", Status.FAIL),
            Map.entry("failed", Status.FAIL),
            Map.entry("failing", Status.FAIL),
            Map.entry("error", Status.FAIL),
            Map.entry("down", Status.FAIL),
            Map.entry("critical", Status.FAIL),
            Map.entry("unhealthy", Status.FAIL),
            Map.entry("out_of_service", Status.FAIL),
            Map.entry("unknown", Status.FAIL));

    private HealthDocumentReader() {}

    /** Returns the status that a word of any system stands for, in any case; null if the word is unknown. */
    static @Nullable Status status(@Nullable String word) {
        return word == null ? null : STATUSES.get(word.strip().toLowerCase(Locale.ROOT));
    }

    /** Returns a status that is not a known word, and does not say that all is well; null if there is none. */
    static @Nullable String unknownStatus(JsonNode root) {
        JsonNode status = root.path("status");
        boolean telling = status.isTextual()
                || (status.isBoolean() && !status.booleanValue())
                || (status.isInt() && status.intValue() >= MIN_FAILURE && status.intValue() <= MAX_FAILURE);
        return root.isObject() && telling && status(status.asText()) == null ? status.asText() : null;
    }

    /** Returns the document; null if it is in none of the formats. */
    static @Nullable HealthDocument read(JsonNode root) {
        if (!root.isObject()) {
            return null;
        }
        Status status = status(text(root, "status"));
        if (status != null) {
            return withStatus(root, status);
        }
        Status code = root.has("status") ? null : codeStatus(root);
        if (code != null) {
            return outcome(root, code);
        }
        return isComponentMap(root) ? componentMap(root) : null;
    }

    private static HealthDocument withStatus(JsonNode root, Status status) {
        List<HealthComponent> components = draft(first(root, "checks", "details"));
        if (components.stream().noneMatch(component -> component.status().isPresent())) {
            Status code = codeStatus(root);
            if (code != null) {
                return outcome(root, status.worst(code));
            }
            components = other(root, components);
        }
        return document(root, status, text(root, "output"), components, false);
    }

    private static HealthDocument outcome(JsonNode root, Status status) {
        JsonNode message = root.path("message");
        String output = text(root, "output");
        return document(
                root, status, output == null && message.isTextual() ? message.asText() : output, List.of(), true);
    }

    private static HealthDocument document(
            JsonNode root, Status status, @Nullable String output, List<HealthComponent> components, boolean outcome) {
        String serviceId = text(root, "serviceId", "serviceID");
        String releaseId = text(root, "releaseId", "releaseID");
        return new HealthDocument(status, output, serviceId, releaseId, components, outcome);
    }

    /** Returns the worst of the members code, ok, healthy and error; null if none of them reports anything. */
    private static @Nullable Status codeStatus(JsonNode root) {
        Status found = null;
        if (root.path("code").isTextual()) {
            found = switch (root.path("code").asText().toUpperCase(Locale.ROOT)) {
                case "OK" -> Status.PASS;
                case "WARNING" -> Status.WARN;
                case "ERROR" -> Status.FAIL;
                default -> null;
            };
        }
        boolean error = root.path("error").asBoolean(false);
        boolean tells = root.path("ok").isBoolean()
                || root.path("healthy").isBoolean()
                || root.path("error").isBoolean();
        if (found == null && tells) {
            boolean well =
                    root.path("ok").asBoolean(true) && root.path("healthy").asBoolean(true);
            found = well && !error ? Status.PASS : Status.FAIL;
        }
        return found == Status.PASS && error ? Status.FAIL : found;
    }

    /** Reads {@code {"database:responseTime":[{"status":"pass"}]}}. */
    private static List<HealthComponent> draft(@Nullable JsonNode checks) {
        List<HealthComponent> found = new ArrayList<>();
        if (checks != null && checks.isObject()) {
            for (Map.Entry<String, JsonNode> entry : checks.properties()) {
                String key = entry.getKey();
                int colon = key.indexOf(':');
                String name = colon < 0 ? key : key.substring(0, colon);
                Iterable<JsonNode> nodes = entry.getValue().isArray() ? entry.getValue() : List.of(entry.getValue());
                nodes.forEach(node -> add(found, key, name, node));
            }
        }
        return found;
    }

    private static List<HealthComponent> other(JsonNode root, List<HealthComponent> draft) {
        List<HealthComponent> found = new ArrayList<>();
        if (root.path("checks").isArray()) {
            // MicroProfile: [{"name":"database","status":"UP","data":{}}]
            for (JsonNode check : root.path("checks")) {
                String name = check.path("name").asText();
                add(found, name, name, check);
            }
        } else {
            addNested("", root.path("components"), 1, found);
            addNested("", root.path("entries"), MAX_DEPTH, found);
        }
        return found.isEmpty() ? draft : found;
    }

    /** Reads {@code {"database":{"status":"UP","details":{}}}}, with components inside of components. */
    private static void addNested(String prefix, JsonNode components, int depth, List<HealthComponent> found) {
        for (Map.Entry<String, JsonNode> entry : components.properties()) {
            String name = prefix + entry.getKey();
            add(found, name, name, entry.getValue());
            if (depth < MAX_DEPTH) {
                addNested(name + "/", entry.getValue().path("components"), depth + 1, found);
            }
        }
    }

    private static boolean isComponentMap(JsonNode root) {
        for (JsonNode component : root) {
            if (!component.path("success").isBoolean()) {
                return false;
            }
        }
        return !root.isEmpty();
    }

    /** Reads {@code {"database":{"msg":"...","success":true}}}: the application passes if all components do. */
    private static HealthDocument componentMap(JsonNode root) {
        List<HealthComponent> found = new ArrayList<>();
        Status worst = Status.PASS;
        for (Map.Entry<String, JsonNode> entry : root.properties()) {
            JsonNode node = entry.getValue();
            Status status = node.path("success").asBoolean() ? Status.PASS : Status.FAIL;
            String output = status == Status.PASS ? null : text(node, "msg", "message");
            worst = worst.worst(status);
            found.add(new HealthComponent(entry.getKey(), entry.getKey(), status, output, node));
        }
        return new HealthDocument(worst, null, null, null, found, false);
    }

    private static void add(List<HealthComponent> found, String key, String name, JsonNode node) {
        if (node.isObject()) {
            Status status = status(text(node, "status"));
            found.add(new HealthComponent(key, name, status, output(node, status), node));
        }
    }

    /** Other formats than the draft give the reason inside of the details, and also write there while all is well. */
    private static @Nullable String output(JsonNode node, @Nullable Status status) {
        String output = text(node, "output");
        if (output != null || status == null || status == Status.PASS) {
            return output;
        }
        for (String member : List.of("details", "data")) {
            String reason = text(node.path(member), "error", "message");
            if (reason != null) {
                return reason;
            }
        }
        return text(node, "description");
    }

    private static @Nullable JsonNode first(JsonNode object, String... names) {
        for (String name : names) {
            JsonNode node = object.get(name);
            if (node != null && !node.isNull()) {
                return node;
            }
        }
        return null;
    }

    /** Returns the text of the first of these members that is there; null if none is, or if it is not a plain value. */
    static @Nullable String text(JsonNode object, String... names) {
        JsonNode node = first(object, names);
        return node != null && node.isValueNode() ? node.asText() : null;
    }
}
