package dev.vitals.health.monitor.web;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.internal.Json;
import dev.vitals.health.monitor.model.Fields;
import dev.vitals.health.monitor.model.Naming;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON object that a request carries; refused with a problem that says where it is none. */
final class JsonBody {
    private JsonBody() {}

    /** Returns the fields of an object of the usual size. */
    static Fields fields(Context context) throws IOException {
        return fields(context, Body.MAX_BYTES);
    }

    static Fields fields(Context context, int maxBytes) throws IOException {
        return Fields.of(object(Body.read(context, maxBytes)), Naming.CAMEL);
    }

    /** Returns the members of an object of the usual size, nulls included. */
    static Map<String, @Nullable Object> object(Context context) throws IOException {
        return object(Body.read(context, Body.MAX_BYTES));
    }

    private static Map<String, @Nullable Object> object(byte[] body) {
        JsonNode root = parse(body);
        if (!root.isObject()) {
            throw Problem.of(400, "the body must be a JSON object").exception();
        }
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        root.properties().forEach(field -> members.put(field.getKey(), Json.value(field.getValue())));
        return members;
    }

    private static JsonNode parse(byte[] body) {
        try {
            return Json.read(body);
        } catch (JsonProcessingException e) {
            // Without the parser's words: they quote what was sent, which may be a password.
            String why = e instanceof JsonEOFException ? "it ends too early" : "it is malformed";
            throw Problem.of(400, "the body is not JSON: " + why + place(e.getLocation()))
                    .exception();
        } catch (IOException e) {
            throw Problem.of(400, "the body is not JSON: it is not UTF-8").exception();
        }
    }

    private static String place(@Nullable JsonLocation location) {
        return location == null ? "" : ", line " + location.getLineNr() + ", column " + location.getColumnNr();
    }
}
