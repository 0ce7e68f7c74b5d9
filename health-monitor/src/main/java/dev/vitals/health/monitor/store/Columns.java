package dev.vitals.health.monitor.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.Status;
import dev.vitals.health.internal.Json;
import dev.vitals.health.monitor.model.ComponentState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Converts values to columns and back: times as milliseconds since 1970, lists and maps as JSON text. */
final class Columns {
    private Columns() {}

    static @Nullable Long millis(@Nullable Instant time) {
        return time == null ? null : time.toEpochMilli();
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return Instant.ofEpochMilli(row.getLong(column));
    }

    static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
        return row.getObject(column) == null ? null : instant(row, column);
    }

    static String list(List<String> values) {
        return text(json -> {
            json.writeStartArray();
            for (String value : values) {
                json.writeString(value);
            }
            json.writeEndArray();
        });
    }

    static List<String> readList(String column) {
        List<String> values = new ArrayList<>();
        read(column).forEach(node -> values.add(node.asText()));
        return values;
    }

    static String map(Map<String, String> values) {
        return text(json -> {
            json.writeStartObject();
            for (Map.Entry<String, String> entry : values.entrySet()) {
                json.writeStringField(entry.getKey(), entry.getValue());
            }
            json.writeEndObject();
        });
    }

    static Map<String, String> readMap(String column) {
        Map<String, String> values = new LinkedHashMap<>();
        read(column)
                .properties()
                .forEach(entry -> values.put(entry.getKey(), entry.getValue().asText()));
        return values;
    }

    /** Writes text, numbers, booleans, and lists and maps of these. */
    static String fields(Map<String, Object> fields) {
        return text(json -> json.writePOJO(fields));
    }

    static Map<String, Object> readFields(String column) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : read(column).properties()) {
            fields.put(entry.getKey(), Objects.requireNonNull(Json.value(entry.getValue()), entry.getKey()));
        }
        return fields;
    }

    static String components(List<ComponentState> components) {
        if (components.isEmpty()) {
            return "[]";
        }
        return text(json -> {
            json.writeStartArray();
            for (ComponentState component : components) {
                json.writeStartObject();
                json.writeStringField("name", component.name());
                json.writeStringField("status", component.status().name());
                if (component.output() != null) {
                    json.writeStringField("output", component.output());
                }
                if (component.observedValue() != null) {
                    json.writeNumberField("value", component.observedValue());
                }
                if (component.observedUnit() != null) {
                    json.writeStringField("unit", component.observedUnit());
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    static List<ComponentState> readComponents(String column) {
        List<ComponentState> components = new ArrayList<>();
        read(column)
                .forEach(node -> components.add(new ComponentState(
                        node.path("name").asText(),
                        Status.valueOf(node.path("status").asText()),
                        node.has("output") ? node.path("output").asText() : null,
                        node.has("value") ? (Double) node.path("value").asDouble() : null,
                        node.has("unit") ? node.path("unit").asText() : null)));
        return components;
    }

    private static String text(Json.Writer writer) {
        return new String(Json.write(writer), UTF_8);
    }

    private static JsonNode read(String column) {
        try {
            return Json.read(column.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("a JSON column of the store is damaged", e);
        }
    }
}
