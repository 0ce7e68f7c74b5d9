package dev.vitals.health.monitor.probe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds the JSON schema of a kind's settings. Not thread-safe. */
final class Schema {
    private final String description;
    private final List<String> required = new ArrayList<>();
    private final Map<String, Object> properties = new LinkedHashMap<>();

    private Schema(String description) {
        this.description = description;
    }

    static Schema of(String description) {
        return new Schema(description);
    }

    Schema required(String field, Map<String, Object> schema) {
        required.add(field);
        return optional(field, schema);
    }

    Schema optional(String field, Map<String, Object> schema) {
        properties.put(field, schema);
        return this;
    }

    Map<String, Object> toMap() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("description", description);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.put("properties", properties);
        return schema;
    }

    static Map<String, Object> text(String description) {
        return typed("string", description);
    }

    static Map<String, Object> text(String description, String standard) {
        return with(text(description), "default", standard);
    }

    static Map<String, Object> url(String description) {
        return with(text(description), "format", "uri");
    }

    /** Describes a text that answers never contain. */
    static Map<String, Object> secret(String description) {
        return with(text(description), "writeOnly", true);
    }

    static Map<String, Object> flag(String description, boolean standard) {
        return with(typed("boolean", description), "default", standard);
    }

    static Map<String, Object> whole(String description, int min, int max) {
        return with(with(typed("integer", description), "minimum", min), "maximum", max);
    }

    static Map<String, Object> whole(String description, int min, int max, int standard) {
        return with(whole(description, min, max), "default", standard);
    }

    static Map<String, Object> list(String description, int max, Map<String, Object> items) {
        return with(with(typed("array", description), "maxItems", max), "items", items);
    }

    static Map<String, Object> anyOf(String description, List<Map<String, Object>> choices) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("description", description);
        schema.put("anyOf", choices);
        return schema;
    }

    /** Describes an object whose member names are free. */
    static Map<String, Object> texts(String description, int max) {
        Map<String, Object> values = Map.of("type", "string");
        return with(with(typed("object", description), "maxProperties", max), "additionalProperties", values);
    }

    static Map<String, Object> typed(String type, String description) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", type);
        schema.put("description", description);
        return schema;
    }

    static Map<String, Object> with(Map<String, Object> schema, String keyword, Object value) {
        schema.put(keyword, value);
        return schema;
    }
}
