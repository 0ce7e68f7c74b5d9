package dev.vitals.health.monitor.web;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.monitor.model.Refusals;
import dev.vitals.health.monitor.model.Rfc3339;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of a JSON object, each of its type. A null counts as absent; what is wrong is refused by name. */
final class Fields {
    // Far beyond every bound, and far from overflow.
    private static final double MAX_SECONDS = 1e9;

    private final Set<String> asked = new HashSet<>();
    private final JsonNode root;
    private final String prefix;
    private final Refusals refusals;

    /** Reads one value of a type; null if the node is none. */
    interface Reader<T> {
        @Nullable
        T read(JsonNode node);
    }

    private Fields(JsonNode root, String prefix, Refusals refusals) {
        this.root = root;
        this.prefix = prefix;
        this.refusals = refusals;
    }

    static Fields of(JsonNode root, Refusals refusals) {
        return new Fields(root, "", refusals);
    }

    Refusals refusals() {
        return refusals;
    }

    boolean has(String field) {
        return root.hasNonNull(field);
    }

    <T> @Nullable T get(String field, String bound, Reader<T> reader) {
        asked.add(field);
        JsonNode node = root.get(field);
        if (node == null || node.isNull()) {
            return null;
        }
        T value = reader.read(node);
        if (value == null) {
            refusals.refuse(prefix + field, node.isTextual() ? node.textValue() : node.toString(), bound);
        }
        return value;
    }

    @Nullable
    String text(String field, String bound) {
        return get(field, bound, node -> node.isTextual() ? node.textValue() : null);
    }

    @Nullable
    Instant time(String field, String bound) {
        return get(field, bound, node -> node.isTextual() ? Rfc3339.parse(node.textValue()) : null);
    }

    @Nullable
    Duration seconds(String field, String bound) {
        return get(field, bound, Fields::duration);
    }

    static @Nullable Duration duration(JsonNode node) {
        if (!node.isNumber()) {
            return null;
        }
        double seconds = Math.max(-MAX_SECONDS, Math.min(MAX_SECONDS, node.doubleValue()));
        return Duration.ofMillis(BigDecimal.valueOf(seconds).movePointRight(3).longValue());
    }

    @Nullable
    Integer whole(String field, String bound) {
        return get(
                field,
                bound,
                node -> node.isNumber() && node.canConvertToExactIntegral() && node.canConvertToInt()
                        ? (Integer) node.intValue()
                        : null);
    }

    boolean flag(String field) {
        Boolean value = get(field, "true or false", node -> node.isBoolean() ? (Boolean) node.booleanValue() : null);
        return value != null && value;
    }

    Map<String, String> texts(String field, String bound) {
        Map<String, String> read = get(field, bound, Fields::texts);
        return read == null ? Map.of() : read;
    }

    private static @Nullable Map<String, String> texts(JsonNode node) {
        Map<String, String> texts = new HashMap<>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            if (entry.getValue().isTextual()) {
                texts.put(entry.getKey(), entry.getValue().textValue());
            }
        }
        return node.isObject() && texts.size() == node.size() ? texts : null;
    }

    @Nullable
    Fields object(String field, String bound) {
        JsonNode node = get(field, bound, found -> found.isObject() ? found : null);
        return node == null ? null : new Fields(node, prefix + field + ".", refusals);
    }

    /** Refuses the fields that nobody asked for. */
    void refuseOthers() {
        for (Map.Entry<String, JsonNode> entry : root.properties()) {
            if (!asked.contains(entry.getKey())) {
                String known = asked.stream()
                        .sorted()
                        .reduce((one, other) -> one + ", " + other)
                        .orElse("none");
                // Its value is not shown: whatever it is, it was not meant for us.
                refusals.refuse(prefix + entry.getKey(), null, "absent; the fields are " + known);
            }
        }
    }
}
