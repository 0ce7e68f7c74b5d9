package dev.vitals.health.monitor.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What must be at a place of a JSON body.
 *
 * @param pointer the place, as in RFC 6901
 * @param equals what must be there; numbers, booleans and null as text
 */
public record JsonCondition(String pointer, String equals) {
    static final String POINTER = "a JSON pointer that starts with a slash, of up to 500 characters";

    private static final String FIELD = "json";
    private static final String BOUND = "a list of up to 10 objects of pointer and equals";
    private static final String EQUALS = "text of up to 1000 characters, a number or a boolean";
    private static final int MAX = 10;

    static List<JsonCondition> read(Fields fields) {
        List<JsonCondition> conditions = new ArrayList<>();
        List<Object> members = fields.list(FIELD, BOUND, 0, MAX);
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i) instanceof Map<?, ?> map) {
                Map<String, Object> values = new LinkedHashMap<>();
                map.forEach((key, value) -> values.put(String.valueOf(key), value));
                conditions.add(one(fields.inside(FIELD + "[" + i + "]", values)));
            } else {
                fields.refuse(FIELD + "[" + i + "]", members.get(i), "an object of pointer and equals");
            }
        }
        return List.copyOf(conditions);
    }

    private static JsonCondition one(Fields fields) {
        String pointer = fields.required("pointer", POINTER, JsonCondition::isPointer);
        Object equals = fields.value("equals");
        boolean good = equals instanceof Number
                || equals instanceof Boolean
                || (equals instanceof String text && text.length() <= 1_000);
        if (!good) {
            fields.refuse("equals", equals, EQUALS);
        }
        fields.refuseOthers();
        return new JsonCondition(pointer, String.valueOf(equals));
    }

    static boolean isPointer(String text) {
        return text.startsWith("/") && text.length() <= 500 && text.matches("(?:[^~]|~[01])*");
    }

    Map<String, Object> field() {
        Map<String, Object> field = new LinkedHashMap<>();
        field.put("pointer", pointer);
        field.put("equals", equals);
        return field;
    }
}
