package dev.vitals.health;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Copies the data of outcomes into immutable values that JSON can express. */
final class DataValues {
    private static final int MAX_DEPTH = 5;

    private DataValues() {}

    static Object copy(@Nullable Object value) {
        return copy(value, 0);
    }

    private static Object copy(@Nullable Object value, int depth) {
        if (value instanceof Boolean || value instanceof String) {
            return value;
        }
        if (value instanceof Number number) {
            return finite(number) ? number : number.toString();
        }
        if (depth < MAX_DEPTH && value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((key, entry) -> copy.put(String.valueOf(key), copy(entry, depth + 1)));
            return Collections.unmodifiableMap(copy);
        }
        if (depth < MAX_DEPTH && value instanceof Iterable<?> elements) {
            List<Object> copy = new ArrayList<>();
            elements.forEach(element -> copy.add(copy(element, depth + 1)));
            return Collections.unmodifiableList(copy);
        }
        return String.valueOf(value);
    }

    // JSON has neither NaN nor infinities, and the text of an unknown class of numbers may be anything.
    private static boolean finite(Number number) {
        return number instanceof Integer
                || number instanceof Long
                || number instanceof Short
                || number instanceof Byte
                || number instanceof BigDecimal
                || number instanceof BigInteger
                || (number instanceof Double && Double.isFinite(number.doubleValue()))
                || (number instanceof Float && Float.isFinite(number.floatValue()));
    }
}
