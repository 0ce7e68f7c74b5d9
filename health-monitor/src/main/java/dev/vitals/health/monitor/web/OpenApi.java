package dev.vitals.health.monitor.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitals.health.internal.Json;
import dev.vitals.health.monitor.access.Permission;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The OpenAPI 3.1 document of a table of routes: made from the table, so that it cannot say anything else. */
final class OpenApi {
    private static final String SCHEMAS = "openapi-schemas.json";
    private static final String JSON = "application/json";
    private static final Pattern PARAMETER = Pattern.compile("[{<]([A-Za-z]+)[}>]");
    private static final int FIRST_FAILURE = 400;

    private final ObjectNode root = JsonNodeFactory.instance.objectNode();
    private final ObjectNode schemas;

    private OpenApi(String version) {
        schemas = schemas();
        root.put("openapi", "3.1.0");
        root.putObject("info")
                .put("title", "Vitals monitor")
                .put("version", version)
                .put(
                        "description",
                        "Registers, watches and shows targets. The monitor's own health is at /_ping, /_system/check and"
                                + " /_health. x-permission says what a request needs; where the monitor allows anonymous"
                                + " reading, VIEW needs nothing.");
        root.putArray("servers").addObject().put("url", "/");
    }

    /** Returns the document of these routes. */
    static byte[] document(List<Route> routes, String version) {
        OpenApi document = new OpenApi(version);
        ObjectNode paths = document.root.putObject("paths");
        for (Route route : routes) {
            ObjectNode path = paths.withObjectProperty(template(route.path()));
            document.describe(path.putObject(route.method().name().toLowerCase(Locale.ROOT)), route);
        }
        document.components();
        return Json.write(json -> json.writeTree(document.root));
    }

    /** Returns the path with all its parameters in braces, those with slashes too. */
    private static String template(String path) {
        return PARAMETER.matcher(path).replaceAll("{$1}");
    }

    private void describe(ObjectNode operation, Route route) {
        operation.put("operationId", operationId(route));
        operation.put("summary", route.description());
        operation.put("x-permission", route.permission().name());
        if (route.permission() == Permission.PUBLIC) {
            operation.putArray("security");
        }
        parameters(operation, route);
        String body = route.contract().body();
        if (body != null) {
            ObjectNode request = operation.putObject("requestBody").put("required", true);
            request.putObject("content").putObject(JSON).set("schema", reference(body));
        }
        ObjectNode responses = operation.putObject("responses");
        route.contract().answers().forEach((code, schema) -> answer(responses, code, schema));
        responses
                .putObject("default")
                .put("description", "What was wrong; 401 and 403 if the permission is missing")
                .putObject("content")
                .putObject("application/problem+json")
                .set("schema", reference("Problem"));
    }

    private static String operationId(Route route) {
        String words = route.path().replaceAll("^/api/v1/", "").replaceAll("[^A-Za-z0-9]+", "_");
        String trimmed = words.replaceAll("^_|_$", "");
        return route.method().name().toLowerCase(Locale.ROOT) + "_" + trimmed;
    }

    private static void parameters(ObjectNode operation, Route route) {
        Matcher names = PARAMETER.matcher(route.path());
        while (names.find()) {
            operation
                    .withArrayProperty("parameters")
                    .addObject()
                    .put("name", names.group(1))
                    .put("in", "path")
                    .put("required", true)
                    .putObject("schema")
                    .put("type", "string");
        }
        for (Map.Entry<String, String> parameter : route.contract().query().entrySet()) {
            operation
                    .withArrayProperty("parameters")
                    .addObject()
                    .put("name", parameter.getKey())
                    .put("in", "query")
                    .put("description", parameter.getValue())
                    .putObject("schema")
                    .put("type", "string");
        }
    }

    private void answer(ObjectNode responses, int code, String schema) {
        ObjectNode answer = responses.putObject(Integer.toString(code));
        answer.put("description", code < FIRST_FAILURE ? "As asked for" : "As asked for; something is not well");
        if (schema.equals(RouteContract.TEXT)) {
            answer.putObject("content")
                    .putObject("text/plain")
                    .putObject("schema")
                    .put("type", "string");
        } else if (!schema.equals(RouteContract.NOTHING)) {
            answer.putObject("content").putObject(JSON).set("schema", reference(schema));
        }
    }

    private ObjectNode reference(String schema) {
        if (!schemas.has(schema)) {
            throw new IllegalArgumentException("there is no schema " + schema);
        }
        return JsonNodeFactory.instance.objectNode().put("$ref", "#/components/schemas/" + schema);
    }

    private void components() {
        ObjectNode components = root.putObject("components");
        components.set("schemas", schemas);
        ObjectNode ways = components.putObject("securitySchemes");
        ways.putObject("token").put("type", "http").put("scheme", "bearer");
        ways.putObject("session").put("type", "apiKey").put("in", "cookie").put("name", SessionCookie.NAME);
        root.putArray("security").addObject().putArray("token");
        root.withArrayProperty("security").addObject().putArray("session");
    }

    private static ObjectNode schemas() {
        try (InputStream in = Objects.requireNonNull(OpenApi.class.getResourceAsStream(SCHEMAS), SCHEMAS)) {
            JsonNode read = Json.read(in.readAllBytes());
            return (ObjectNode) read;
        } catch (IOException e) {
            throw new UncheckedIOException(SCHEMAS + " cannot be read", e);
        }
    }
}
