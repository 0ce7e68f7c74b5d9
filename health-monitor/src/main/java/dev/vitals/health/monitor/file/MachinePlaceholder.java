package dev.vitals.health.monitor.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts the name of the machine where a check has a place for it. */
final class MachinePlaceholder {
    private static final String MACHINE = "{machine}";

    private MachinePlaceholder() {}

    /** Returns the fields with the name in all text, but for the names of fields. */
    static Map<String, @Nullable Object> fill(Map<String, @Nullable Object> fields, String machine) {
        Map<String, @Nullable Object> filled = new LinkedHashMap<>();
        fields.forEach((name, value) -> filled.put(name, fill(value, machine)));
        return filled;
    }

    private static @Nullable Object fill(@Nullable Object value, String machine) {
        if (value instanceof String text) {
            return text.replace(MACHINE, machine);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> filled = new ArrayList<>();
            list.forEach(member -> filled.add(fill(member, machine)));
            return filled;
        }
        return value;
    }
}
