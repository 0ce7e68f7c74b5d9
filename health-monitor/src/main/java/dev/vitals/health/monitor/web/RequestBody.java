package dev.vitals.health.monitor.web;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.internal.DurationText;
import dev.vitals.health.internal.Json;
import dev.vitals.health.monitor.model.Fields;
import dev.vitals.health.monitor.model.Naming;
import dev.vitals.health.monitor.model.TimeValue;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the body of a request. Refuses one that is too long, or that is not a JSON object where one is required. */
final class RequestBody {
    private static final int MAX_BYTES = 64 * 1024;

    private static final Set<String> LISTS = Set.of("targets");
    private static final Set<String> SECONDS = Set.of("interval", "timeout");
    private static final Set<String> NUMBERS = Set.of("port");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,6}");

    private RequestBody() {}

    /** Returns a body of up to 64 KiB. */
    static byte[] bytes(Context context) throws IOException {
        return bytes(context, MAX_BYTES);
    }

    private static byte[] bytes(Context context, int maxBytes) throws IOException {
        byte[] body = context.req().getInputStream().readNBytes(maxBytes + 1);
        if (body.length > maxBytes) {
            throw Problem.of(413, "the body is longer than " + maxBytes / 1024 + " KiB")
                    .exception();
        }
        return body;
    }

    /** Returns the fields of a JSON object of up to 64 KiB. */
    static Fields fields(Context context) throws IOException {
        return fields(context, MAX_BYTES);
    }

    /** Returns the fields of a JSON object. Throws a problem if the bytes are not one. */
    static Fields fields(byte[] body) {
        return Fields.of(object(body), Naming.CAMEL);
    }

    /** Returns the fields of a JSON object. */
    static Fields fields(Context context, int maxBytes) throws IOException {
        if (PageAnswers.isForm(context)) {
            return Fields.of(form(context), Naming.CAMEL);
        }
        return fields(bytes(context, maxBytes));
    }

    /**
     * Returns the fields of a form as those of an object: {@code labels.env} is a member of {@code labels}, {@code targets} is
     * a list, {@code interval} and {@code timeout} may have a unit, {@code port} is a number, and what is empty is absent.
     */
    private static Map<String, Object> form(Context context) {
        Map<String, Object> fields = new LinkedHashMap<>();
        context.formParamMap().forEach((name, all) -> {
            List<String> values = all.stream().filter(value -> !value.isBlank()).toList();
            if (values.isEmpty() || PageAnswers.OWN_FIELDS.contains(name)) {
                return;
            }
            int dot = name.indexOf('.');
            if (dot > 0) {
                inner(fields, name.substring(0, dot)).put(name.substring(dot + 1), values.get(0));
            } else if (LISTS.contains(name)) {
                fields.put(
                        name,
                        values.stream()
                                .flatMap(value -> Stream.of(value.split("[\\s,]+")))
                                .toList());
            } else if (SECONDS.contains(name)) {
                fields.put(name, seconds(values.get(0)));
            } else if (NUMBERS.contains(name) && NUMBER.matcher(values.get(0)).matches()) {
                fields.put(name, Integer.valueOf(values.get(0)));
            } else {
                fields.put(name, values.get(0));
            }
        });
        return fields;
    }

    /** Returns the seconds of {@code 30s} or {@code 30}; any other text as it is, which is refused later. */
    private static Object seconds(String text) {
        Duration duration = DurationText.parse(NUMBER.matcher(text).matches() ? text + "s" : text);
        return duration == null ? text : TimeValue.seconds(duration);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> inner(Map<String, Object> fields, String name) {
        Object known = fields.computeIfAbsent(name, missing -> new LinkedHashMap<String, Object>());
        return known instanceof Map ? (Map<String, Object>) known : new LinkedHashMap<>();
    }

    /** Returns the fields of a form, or the members of a JSON object of up to 64 KiB, nulls included. */
    static Map<String, @Nullable Object> document(Context context) throws IOException {
        return PageAnswers.isForm(context) ? new LinkedHashMap<>(form(context)) : object(context);
    }

    /** Returns the members of a JSON object of up to 64 KiB, nulls included. */
    static Map<String, @Nullable Object> object(Context context) throws IOException {
        return object(bytes(context));
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
            // The parser's message is left out: it quotes the body, which may contain a password.
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
