package dev.vitals.health.monitor.web;

import dev.vitals.health.monitor.access.Permission;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One method of one path: who may call it, what handles it, and what the OpenAPI document says about it. Immutable.
 *
 * @param method the method; a GET answers HEAD too
 * @param path the path, its parameters in braces
 * @param permission what a request needs to be admitted
 * @param handler what answers
 * @param description what it is for, one sentence without a full stop
 * @param contract what is sent and answered
 */
public record Route(
        HandlerType method,
        String path,
        Permission permission,
        Handler handler,
        String description,
        Contract contract) {

    /**
     * The bodies of a request and of its answers. A body is named by its schema, which is one of those in
     * {@code openapi/*.json}.
     *
     * @param query the parameters of the query with their meanings
     * @param body the schema of the request's body; null if it has none
     * @param answers the bodies of the answers by code
     * @param problem the schema of a refusal
     */
    public record Contract(
            Map<String, String> query,
            @Nullable String body,
            SortedMap<Integer, List<String>> answers,
            String problem) {
        /** An answer without a body. */
        public static final String NOTHING = "";

        /** An answer in plain text. */
        public static final String TEXT = "text/plain";

        /** An answer for people, or a form that they send. */
        public static final String HTML = "text/html";

        /** An answer in comma-separated values. */
        public static final String CSV = "text/csv";

        /** A document to be pasted elsewhere. */
        public static final String MARKDOWN = "text/markdown";

        /** The look of an answer for people. */
        public static final String CSS = "text/css";

        /** Events for a page that is open. */
        public static final String EVENTS = "text/event-stream";

        /** A feed of entries. */
        public static final String ATOM = "application/atom+xml";

        /** A drawing. */
        public static final String SVG = "image/svg+xml";

        /** All that are not JSON. */
        static final Set<String> NOT_JSON = Set.of(TEXT, HTML, CSV, CSS, MARKDOWN, EVENTS, ATOM, SVG);

        /** Copies query and answers. */
        public Contract {
            query = Collections.unmodifiableMap(new LinkedHashMap<>(query));
            answers = Collections.unmodifiableSortedMap(new TreeMap<>(answers));
        }
    }

    private static final Contract NONE = new Contract(Map.of(), null, new TreeMap<>(), "Problem");

    /** Returns a route for GET, which answers HEAD too. */
    public static Route get(String path, Permission permission, Handler handler, String description) {
        return new Route(HandlerType.GET, path, permission, handler, description, NONE);
    }

    /** Returns a route for PUT. */
    public static Route put(String path, Permission permission, Handler handler, String description) {
        return new Route(HandlerType.PUT, path, permission, handler, description, NONE);
    }

    /** Returns a route for POST. */
    public static Route post(String path, Permission permission, Handler handler, String description) {
        return new Route(HandlerType.POST, path, permission, handler, description, NONE);
    }

    /** Returns a route for DELETE. */
    public static Route delete(String path, Permission permission, Handler handler, String description) {
        return new Route(HandlerType.DELETE, path, permission, handler, description, NONE);
    }

    /** Returns this route with a parameter of the query. */
    public Route query(String name, String meaning) {
        Map<String, String> more = new LinkedHashMap<>(contract.query());
        more.put(name, meaning);
        return with(new Contract(more, contract.body(), contract.answers(), contract.problem()));
    }

    /** Returns this route with a request body of that schema. */
    public Route takes(String schema) {
        return with(new Contract(contract.query(), schema, contract.answers(), contract.problem()));
    }

    /** Returns this route with an answer of that code; a second one of a code is in another media type. */
    public Route answers(int code, String body) {
        SortedMap<Integer, List<String>> more = new TreeMap<>(contract.answers());
        more.merge(
                code,
                List.of(body),
                (some, other) -> Stream.concat(some.stream(), other.stream()).toList());
        return with(new Contract(contract.query(), contract.body(), more, contract.problem()));
    }

    /** Returns this route with refusals of that schema, which has all members of a problem. */
    public Route refuses(String schema) {
        return with(new Contract(contract.query(), contract.body(), contract.answers(), schema));
    }

    /** Returns whether it answers with a page for people. */
    public boolean isPage() {
        return contract.answers().values().stream().anyMatch(bodies -> bodies.contains(Contract.HTML));
    }

    /** Returns whether its answer goes on until the caller leaves. */
    public boolean isStream() {
        return contract.answers().values().stream().anyMatch(bodies -> bodies.contains(Contract.EVENTS));
    }

    private Route with(Contract other) {
        return new Route(method, path, permission, handler, description, other);
    }
}
