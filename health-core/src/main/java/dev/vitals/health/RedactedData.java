package dev.vitals.health;

import dev.vitals.health.internal.Redactor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the data of one outcome fit to leave the process: without secrets, and bounded as a whole, however it is nested. For
 * one outcome and one thread.
 */
final class RedactedData {
    static final int MAX_TEXT = 1_000;
    static final int MAX_ENTRIES = 50;
    static final int MAX_BYTES = 16 * 1_024;
    static final String NOTE = "truncated";

    private static final String HIDDEN = "***";
    // Quotes, colon and comma.
    private static final int AROUND = 4;

    private int left = MAX_BYTES;
    private boolean cut;

    static String clean(String text) {
        return Redactor.clean(text, MAX_TEXT);
    }

    /** Returns the first 50. */
    List<Measurement> measurements(List<Measurement> all) {
        cut |= all.size() > MAX_ENTRIES;
        return all.size() > MAX_ENTRIES ? all.subList(0, MAX_ENTRIES) : all;
    }

    /** Returns what there is room for, and under {@link #NOTE} that there was more. */
    Map<String, Object> data(Map<String, Object> data) {
        if (data.isEmpty() && !cut) {
            return data;
        }
        Map<String, Object> result = map(data);
        if (cut) {
            result.putIfAbsent(
                    NOTE,
                    "more data was cut: " + MAX_ENTRIES + " values of each list or map and " + MAX_BYTES / 1_024
                            + " KiB in all are shown");
        }
        return Collections.unmodifiableMap(result);
    }

    private Map<String, Object> map(Map<String, Object> data) {
        Map<String, Object> result = new LinkedHashMap<>();
        for (Map.Entry<String, Object> entry : data.entrySet()) {
            if (isFull(result.size())) {
                break;
            }
            String key = clean(entry.getKey());
            if (take(key)) {
                Object value = Redactor.isSecret(entry.getKey(), entry.getValue()) ? HIDDEN : entry.getValue();
                result.put(key, value(value));
            }
        }
        return result;
    }

    @SuppressWarnings("unchecked") // every map here comes from DataValues.copy, with String keys
    private Object value(Object value) {
        if (value instanceof Map<?, ?> map) {
            return Collections.unmodifiableMap(map((Map<String, Object>) map));
        }
        if (value instanceof List<?> list) {
            List<Object> result = new ArrayList<>();
            for (Object element : list) {
                if (isFull(result.size())) {
                    break;
                }
                result.add(value(element));
            }
            return Collections.unmodifiableList(result);
        }
        String text = value instanceof String string ? clean(string) : value.toString();
        if (!take(text)) {
            return "...";
        }
        return value instanceof String ? text : value;
    }

    private boolean isFull(int entries) {
        boolean full = left <= 0 || entries >= MAX_ENTRIES;
        cut |= full;
        return full;
    }

    /** Returns whether there is room for the text in JSON; what does not fit ends the data. */
    private boolean take(String text) {
        left -= AROUND + bytes(text);
        cut |= left < 0;
        return left >= 0;
    }

    private static int bytes(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            bytes += character == '"' || character == '\\' ? 2 : character < 0x80 ? 1 : character < 0x800 ? 2 : 3;
        }
        return bytes;
    }
}
