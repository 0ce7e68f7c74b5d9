package dev.vitals.health;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Copies the data of outcomes into immutable values that JSON can express. */
final class DataValues {
    // One more than is shown, so that it is known that there was more.
    private static final int MAX_ENTRIES = RedactedData.MAX_ENTRIES + 1;
    // More than any report has room for.
    private static final int MAX_VALUES = 4_096;
    private static final int MAX_DEPTH = 5;
    private static final int MAX_DIGITS = 1_000;
    private static final int MAX_BITS = 3_322;
    private static final Set<Class<? extends Number>> PRIMITIVES =
            Set.of(Integer.class, Long.class, Short.class, Byte.class, Double.class, Float.class);

    private int left = MAX_VALUES;

    private DataValues() {}

    /** Returns a copy; of much data the begin. */
    static Object copy(@Nullable Object value) {
        return new DataValues().copy(value, 0);
    }

    private Object copy(@Nullable Object value, int depth) {
        if (value instanceof Boolean || value instanceof String) {
            return value;
        }
        if (value instanceof Number number) {
            Number copy = number(number);
            return isExpressible(copy) && (isCounter(number) || copy.equals(number)) ? copy : number.toString();
        }
        if (value instanceof Path) {
            // A path is an Iterable of paths without end.
            return value.toString();
        }
        if (depth < MAX_DEPTH && value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                if (copy.size() >= MAX_ENTRIES || left-- <= 0) {
                    break;
                }
                copy.put(String.valueOf(entry.getKey()), copy(entry.getValue(), depth + 1));
            }
            return Collections.unmodifiableMap(copy);
        }
        if (depth < MAX_DEPTH && value instanceof Iterable<?> elements) {
            List<Object> copy = new ArrayList<>();
            for (Object element : elements) {
                if (copy.size() >= MAX_ENTRIES || left-- <= 0) {
                    break;
                }
                copy.add(copy(element, depth + 1));
            }
            return Collections.unmodifiableList(copy);
        }
        return String.valueOf(value);
    }

    /**
     * Returns the value of a number as it is now, in a class of the JDK that is immutable and that JSON can express; NaN and
     * infinities stay as they are. Numbers of more than 1,000 digits, and those of unknown classes, become a double.
     */
    static Number number(Number number) {
        Class<?> type = number.getClass();
        if (PRIMITIVES.contains(type)) {
            return number;
        }
        if (number instanceof BigDecimal decimal && type == BigDecimal.class) {
            return decimal.precision() <= MAX_DIGITS && Math.abs((long) decimal.scale()) <= MAX_DIGITS
                    ? decimal
                    : (Number) decimal.doubleValue();
        }
        if (number instanceof BigInteger integer && type == BigInteger.class) {
            return integer.bitLength() <= MAX_BITS ? integer : (Number) integer.doubleValue();
        }
        return isCounter(number) ? (Number) number.longValue() : (Number) number.doubleValue();
    }

    private static boolean isCounter(Number number) {
        return number instanceof AtomicInteger
                || number instanceof AtomicLong
                || number instanceof LongAdder
                || number instanceof LongAccumulator;
    }

    // JSON has neither NaN nor infinities.
    private static boolean isExpressible(Number number) {
        return !(number instanceof Double || number instanceof Float) || Double.isFinite(number.doubleValue());
    }
}
