package dev.vitals.health.monitor.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitals.health.internal.Json;
import dev.vitals.health.monitor.access.Permission;
import dev.vitals.health.monitor.model.ProbeKind;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Shows the OpenAPI 3.1 document of all routes, which is made from the routes and so cannot miss one. */
public final class OpenApiRoutes implements Routes {
    // One file for each part of the API; a schema is in one of them.
    private static final List<String> SCHEMAS = List.of(
            "common",
            "targets",
            "groups",
            "hosts",
            "history",
            "backtest",
            "gates",
            "deployments",
            "rules",
            "incidents",
            "access",
            "monitor");
    private static final String DEFAULT_KIND = "health";
    private static final String JSON = "application/json";
    private static final Pattern PARAMETER = Pattern.compile("[{<]([A-Za-z]+)[}>]");

    private final List<Route> described;
    private final List<ProbeKind> kinds;
    private final String version;
    // Made at the first request; all others share it.
    private volatile byte @Nullable [] document;

    /** Describes these features, and itself; the kinds give the schemas of their settings. */
    public OpenApiRoutes(List<? extends Routes> features, List<ProbeKind> kinds, String version) {
        this.kinds = List.copyOf(kinds);
        this.version = version;
        List<Route> all = new ArrayList<>();
        features.forEach(feature -> all.addAll(feature.routes()));
        all.addAll(routes());
        described = List.copyOf(all);
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/openapi.json", Permission.PUBLIC, this::show, "Show this document")
                .answers(200, "Document"));
    }

    private void show(Context context) {
        byte[] bytes = document;
        if (bytes == null) {
            bytes = JsonResponse.bytes(new Document(described, kinds, version).root);
            document = bytes;
        }
        ChunkedResponse.write(context, JSON, ChunkedResponse.of(bytes));
    }

    /** The document while it is made. */
    private static final class Document {
        private final ObjectNode root = JsonNodeFactory.instance.objectNode();
        private final ObjectNode schemas = schemas();

        Document(List<Route> routes, List<ProbeKind> kinds, String version) {
            probes(kinds);
            root.put("openapi", "3.1.0");
            root.putObject("info")
                    .put("title", "Vitals monitor")
                    .put("version", version)
                    .put(
                            "description",
                            "Registers, watches and shows targets. The monitor's own health is at /_ping, /_system/check"
                                    + " and /_health. x-permission says what a request needs; where the monitor allows"
                                    + " anonymous reading, VIEW needs nothing.");
            root.putArray("servers").addObject().put("url", "/");
            ObjectNode paths = root.putObject("paths");
            for (Route route : routes) {
                ObjectNode path = paths.withObjectProperty(template(route.path()));
                describe(path.putObject(route.method().name().toLowerCase(Locale.ROOT)), route);
            }
            root.putObject("components").set("schemas", schemas);
            security();
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
            route.contract().answers().forEach((code, bodies) -> answer(responses, code, bodies));
            responses
                    .putObject("default")
                    .put("description", "What is wrong with the request; 401 and 403 if the permission is missing")
                    .putObject("content")
                    .putObject("application/problem+json")
                    .set("schema", reference(route.contract().problem()));
        }

        private static String operationId(Route route) {
            String words = route.path().replaceAll("^/api/v1/", "").replaceAll("[^A-Za-z0-9]+", "_");
            String trimmed = words.replaceAll("^_|_$", "");
            // The path of a page is that of the API without its first part.
            String kind = route.path().startsWith("/api/") || !route.isPage() ? "_" : "_page_";
            return route.method().name().toLowerCase(Locale.ROOT) + kind + trimmed;
        }

        private static void parameters(ObjectNode operation, Route route) {
            Matcher names = PARAMETER.matcher(route.path());
            while (names.find()) {
                parameter(operation, names.group(1), "path").put("required", true);
            }
            route.contract()
                    .query()
                    .forEach((name, meaning) ->
                            parameter(operation, name, "query").put("description", meaning));
        }

        private static ObjectNode parameter(ObjectNode operation, String name, String in) {
            ObjectNode parameter = operation.withArrayProperty("parameters").addObject();
            parameter.put("name", name).put("in", in).putObject("schema").put("type", "string");
            return parameter;
        }

        private void answer(ObjectNode responses, int code, List<String> bodies) {
            ObjectNode answer = responses.putObject(Integer.toString(code));
            answer.put("description", code < 400 ? "The answer" : "The answer, which says that something fails");
            for (String body : bodies) {
                if (Route.Contract.NOT_JSON.contains(body)) {
                    ObjectNode content = answer.withObjectProperty("content").putObject(body);
                    content.putObject("schema").put("type", "string");
                } else if (!body.equals(Route.Contract.NOTHING)) {
                    ObjectNode content = answer.withObjectProperty("content").putObject(JSON);
                    content.set("schema", reference(body));
                }
            }
        }

        private ObjectNode reference(String schema) {
            if (!schemas.has(schema)) {
                throw new IllegalArgumentException("there is no schema " + schema);
            }
            return JsonNodeFactory.instance.objectNode().put("$ref", "#/components/schemas/" + schema);
        }

        /** Adds a schema for each kind, and {@code Probe}, which is one of them: its member named kind decides which. */
        private void probes(List<ProbeKind> kinds) {
            ArrayNode choices = schemas.putObject("Probe")
                    .put("description", "The settings of a kind; without a kind, those of health")
                    .putArray("oneOf");
            for (ProbeKind kind : kinds) {
                String name = kind.name().substring(0, 1).toUpperCase(Locale.ROOT)
                        + kind.name().substring(1) + "Probe";
                schemas.set(name, JsonResponse.tree(kind.schema()));
                ObjectNode choice = choices.addObject();
                choice.putArray("allOf").add(reference(name));
                choice.putObject("properties").putObject("kind").put("const", kind.name());
                if (!kind.name().equals(DEFAULT_KIND)) {
                    choice.putArray("required").add("kind");
                }
            }
        }

        private void security() {
            ObjectNode schemes = root.withObjectProperty("components").putObject("securitySchemes");
            schemes.putObject("token").put("type", "http").put("scheme", "bearer");
            schemes.putObject("session")
                    .put("type", "apiKey")
                    .put("in", "cookie")
                    .put("name", SessionCookie.NAME);
            root.putArray("security").addObject().putArray("token");
            root.withArrayProperty("security").addObject().putArray("session");
        }

        private static ObjectNode schemas() {
            ObjectNode all = JsonNodeFactory.instance.objectNode();
            for (String name : SCHEMAS) {
                String file = "openapi/" + name + ".json";
                try (InputStream in = Objects.requireNonNull(OpenApiRoutes.class.getResourceAsStream(file), file)) {
                    all.setAll((ObjectNode) Json.read(in.readAllBytes()));
                } catch (IOException e) {
                    throw new UncheckedIOException(file + " cannot be read", e);
                }
            }
            return all;
        }
    }
}
