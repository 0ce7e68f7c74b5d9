package dev.vitals.health.monitor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The OpenAPI document of a running monitor, by which a test validates real answers. A member that a schema does not name is
 * a fault here, so that the document misses none.
 */
final class ApiDocument {
    private static final Set<String> PARTS = Set.of("allOf", "oneOf");

    private final JsonNode document;
    private final ObjectNode components;
    private final SchemaRegistry registry;
    private final Set<String> answered = new TreeSet<>();
    private final List<String> faults = new ArrayList<>();

    ApiDocument(JsonNode document) {
        this.document = document;
        this.components = document.path("components").deepCopy();
        requireMembers(components.path("schemas"), "");
        components.path("schemas").forEach(schema -> close(schema, true));
        this.registry = SchemaRegistry.withDefaultDialect(
                Dialects.getDraft202012(),
                builder -> builder.schemaRegistryConfig(SchemaRegistryConfig.builder()
                        .formatAssertionsEnabled(true)
                        .build()));
    }

    /**
     * Allows no member that is not named, wherever a schema is used. A schema that is only a part of another does not know
     * the members of the other parts.
     */
    private void close(JsonNode schema, boolean isPart) {
        if (!isPart && schema instanceof ObjectNode whole && (schema.has("$ref") || schema.has("properties"))) {
            whole.put("unevaluatedProperties", false);
        }
        schema.properties().forEach(field -> close(field.getValue(), PARTS.contains(field.getKey())));
        if (schema.isArray()) {
            schema.forEach(element -> close(element, isPart));
        }
    }

    /** Notes objects that do not say which members they have. */
    private void requireMembers(JsonNode schema, String path) {
        boolean says = schema.has("properties") || schema.has("additionalProperties");
        if (schema.path("type").asText().equals("object") && !says) {
            faults.add(path + " does not say which members it has");
        }
        schema.properties().forEach(field -> requireMembers(field.getValue(), path + "/" + field.getKey()));
        if (schema.isArray()) {
            schema.forEach(element -> requireMembers(element, path));
        }
    }

    /** Validates an answer by what the document says of that method and path. */
    void check(String method, String path, HttpResponse<byte[]> answer) {
        String what = method + " " + path + " " + answer.statusCode();
        for (var template : document.path("paths").properties()) {
            String form = template.getKey().replaceAll("\\{[A-Za-z]+}", "[^/]+");
            JsonNode operation = template.getValue().path(method.toLowerCase(Locale.ROOT));
            if (path.replaceAll("\\?.*", "").matches(form) && !operation.isMissingNode()) {
                check(what, method + " " + template.getKey(), operation.path("responses"), answer);
                return;
            }
        }
        faults.add(what + " is not in the document");
    }

    private void check(String what, String operation, JsonNode responses, HttpResponse<byte[]> answer) {
        String code = Integer.toString(answer.statusCode());
        if (!responses.has(code) && answer.statusCode() < 400) {
            faults.add(what + ": the document does not name the code");
            return;
        }
        String key = responses.has(code) ? code : "default";
        answered.add(operation + " " + key);
        JsonNode content = responses.path(key).path("content");
        String type = answer.headers().firstValue("Content-Type").orElse("").replaceAll(";.*", "");
        if (answer.body().length == 0) {
            if (!content.isMissingNode()) {
                faults.add(what + ": no body, but the document has one");
            }
        } else if (!content.has(type)) {
            faults.add(what + ": the document does not name " + type);
        } else if (type.endsWith("json")) {
            validate(what, content.path(type).path("schema"), answer);
        }
    }

    private void validate(String what, JsonNode reference, HttpResponse<byte[]> answer) {
        ObjectNode schema = reference.deepCopy();
        close(schema, false);
        schema.set("components", components);
        Schema compiled = registry.getSchema(schema);
        compiled.validate(Api.json(answer))
                .forEach(error -> faults.add(what + ": " + error + " in " + Api.text(answer)));
    }

    /** Returns how the answers so far differ from the document. */
    List<String> faults() {
        return faults;
    }

    /** Returns the operations and codes of the document for which there was no answer, except for problems. */
    Set<String> missed() {
        Set<String> missed = new TreeSet<>();
        for (var path : document.path("paths").properties()) {
            for (var operation : path.getValue().properties()) {
                String name = operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey();
                operation.getValue().path("responses").fieldNames().forEachRemaining(code -> {
                    if (!code.equals("default")) {
                        missed.add(name + " " + code);
                    }
                });
            }
        }
        missed.removeAll(answered);
        return missed;
    }
}
