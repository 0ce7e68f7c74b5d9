package dev.vitals.health.monitor.web;

import io.javalin.http.HandlerType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a route is sent and what it answers when all is well. A schema is named; {@link #NOTHING} is no body, and
 * {@link #TEXT} plain text. Immutable.
 *
 * @param query the parameters of the query, and what each means
 * @param body the schema of the body; null for none
 * @param answers the schemas of the answers by code
 */
record RouteContract(Map<String, String> query, @Nullable String body, SortedMap<Integer, String> answers) {
    static final String NOTHING = "";
    static final String TEXT = "text";

    RouteContract {
        query = Collections.unmodifiableMap(new LinkedHashMap<>(query));
        answers = Collections.unmodifiableSortedMap(new TreeMap<>(answers));
    }

    /** Returns what is usual for that method. */
    static RouteContract of(HandlerType method) {
        boolean deletes = method.equals(HandlerType.DELETE);
        return new RouteContract(
                Map.of(), null, new TreeMap<>(Map.of(deletes ? 204 : 200, deletes ? NOTHING : "Object")));
    }

    RouteContract query(String name, String meaning) {
        Map<String, String> more = new LinkedHashMap<>(query);
        more.put(name, meaning);
        return new RouteContract(more, body, answers);
    }

    RouteContract takes(String schema) {
        return new RouteContract(query, schema, answers);
    }

    RouteContract answers(int code, String schema) {
        return new RouteContract(query, body, new TreeMap<>(Map.of(code, schema)));
    }

    RouteContract alsoAnswers(int code, String schema) {
        SortedMap<Integer, String> more = new TreeMap<>(answers);
        more.put(code, schema);
        return new RouteContract(query, body, more);
    }
}
