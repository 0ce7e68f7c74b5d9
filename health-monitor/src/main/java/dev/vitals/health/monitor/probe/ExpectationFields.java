package dev.vitals.health.monitor.probe;

import dev.vitals.health.http.internal.HttpExpectation;
import dev.vitals.health.http.internal.JsonExpectation;
import dev.vitals.health.http.internal.StatusCodes;
import dev.vitals.health.monitor.model.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The fields of an expected HTTP answer: {@code expectedStatus}, {@code contains} and {@code json}. */
final class ExpectationFields {
    static final String POINTER = "a JSON pointer that starts with a slash, of up to 500 characters";

    private static final String STATUS = "expectedStatus";
    private static final String STATUS_BOUND = "up to 20 codes from 100 to 599, or ranges of them such as 200-299";
    private static final Pattern RANGE = Pattern.compile("([1-5][0-9]{2})(?:-([1-5][0-9]{2}))?");
    private static final int MAX_RANGES = 20;
    private static final String CONTAINS = "contains";
    private static final String CONTAINS_BOUND = "text of 1 to 1000 characters";
    private static final String JSON = "json";
    private static final String JSON_BOUND = "a list of up to 10 objects of pointer and equals";
    private static final String EQUALS_BOUND = "text of up to 1000 characters, a number or a boolean";
    private static final int MAX_JSON = 10;
    private static final int MAX_TEXT = 1_000;

    private ExpectationFields() {}

    static HttpExpectation read(Fields fields, StatusCodes standard) {
        return new HttpExpectation(
                readStatus(fields, standard),
                fields.text(CONTAINS, CONTAINS_BOUND, text -> !text.isEmpty() && text.length() <= MAX_TEXT),
                readJson(fields),
                false);
    }

    private static StatusCodes readStatus(Fields fields, StatusCodes standard) {
        List<StatusCodes.Range> ranges = new ArrayList<>();
        List<Object> members = fields.list(STATUS, STATUS_BOUND, 1, MAX_RANGES);
        for (int i = 0; i < members.size(); i++) {
            Matcher range = RANGE.matcher(members.get(i).toString());
            int from = range.matches() ? Integer.parseInt(range.group(1)) : 1;
            int to = !range.matches() ? 0 : range.group(2) == null ? from : Integer.parseInt(range.group(2));
            if (from > to) {
                fields.refuse(members.size() == 1 ? STATUS : STATUS + "[" + i + "]", members.get(i), STATUS_BOUND);
            } else {
                ranges.add(new StatusCodes.Range(from, to));
            }
        }
        return ranges.isEmpty() ? standard : new StatusCodes(List.copyOf(ranges));
    }

    private static List<JsonExpectation> readJson(Fields fields) {
        List<JsonExpectation> expected = new ArrayList<>();
        List<Object> members = fields.list(JSON, JSON_BOUND, 0, MAX_JSON);
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i) instanceof Map<?, ?> map) {
                Map<String, Object> values = new LinkedHashMap<>();
                map.forEach((key, value) -> values.put(String.valueOf(key), value));
                expected.add(readOne(fields.inside(JSON + "[" + i + "]", values)));
            } else {
                fields.refuse(JSON + "[" + i + "]", members.get(i), "an object of pointer and equals");
            }
        }
        return List.copyOf(expected);
    }

    private static JsonExpectation readOne(Fields fields) {
        String pointer = fields.required("pointer", POINTER, ExpectationFields::isPointer);
        Object equals = fields.value("equals");
        boolean valid = equals instanceof Number
                || equals instanceof Boolean
                || (equals instanceof String text && text.length() <= MAX_TEXT);
        if (!valid) {
            fields.refuse("equals", equals, EQUALS_BOUND);
        }
        fields.refuseOthers();
        return new JsonExpectation(pointer, String.valueOf(equals));
    }

    static boolean isPointer(String text) {
        return text.startsWith("/") && text.length() <= 500 && text.matches("(?:[^~]|~[01])*");
    }

    static void put(Map<String, Object> fields, HttpExpectation expected) {
        fields.put(
                STATUS,
                expected.status().ranges().stream()
                        .map(range -> range.from() == range.to() ? (Object) range.from() : range.toString())
                        .toList());
        if (expected.contains() != null) {
            fields.put(CONTAINS, expected.contains());
        }
        if (!expected.json().isEmpty()) {
            fields.put(
                    JSON,
                    expected.json().stream().map(ExpectationFields::fields).toList());
        }
    }

    private static Map<String, Object> fields(JsonExpectation expected) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("pointer", expected.pointer());
        fields.put("equals", expected.value());
        return fields;
    }

    static void describe(Schema schema) {
        List<Map<String, Object>> code =
                List.of(Schema.whole("A code", 100, 599), Schema.text("A code or a range such as 200-299"));
        List<Map<String, Object>> codes = new ArrayList<>(code);
        codes.add(Schema.list("Several of them", MAX_RANGES, Schema.anyOf("A code or a range", code)));
        List<Map<String, Object>> scalar =
                List.of(Map.of("type", "string"), Map.of("type", "number"), Map.of("type", "boolean"));
        Map<String, Object> json = Schema.of("A value that must be in a JSON body")
                .required("pointer", Schema.text("The place, as in RFC 6901"))
                .required("equals", Schema.anyOf("The value; numbers are equal if their values are", scalar))
                .toMap();
        schema.optional(STATUS, Schema.anyOf("The expected codes; 200-299 if absent, 200 in a file", codes))
                .optional(CONTAINS, Schema.text("Text that must be in the body"))
                .optional(JSON, Schema.list("Values that must be in a JSON body", MAX_JSON, json));
    }
}
