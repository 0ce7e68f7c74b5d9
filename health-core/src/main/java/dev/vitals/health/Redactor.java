package dev.vitals.health;

import dev.vitals.health.internal.TextLine;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Removes credentials and line breaks from texts that leave the process, and limits their size. Pure. */
final class Redactor {
    static final int MAX_TEXT = 1_000;
    static final int MAX_ENTRIES = 50;

    private static final String HIDDEN = "***";
    private static final String SECRET_WORD =
            "(?:pass(?:word|wd|phrase)?|pwd|secret|token|api[_-]?key|access[_-]?key|credentials?|authorization)";
    private static final Pattern URL_CREDENTIALS = Pattern.compile("(?<=://)[^/\\s@]+(?=@)");
    private static final Pattern SCHEME_TOKEN = Pattern.compile(
            "\\b(bearer|basic)\\s+(?=\\S*[0-9=]|\\S{16})[A-Za-z0-9+/._~=-]{4,}", Pattern.CASE_INSENSITIVE);
    private static final Pattern KEY_VALUE = Pattern.compile(
            "([A-Za-z0-9_.-]*" + SECRET_WORD + "[A-Za-z0-9_.-]*[\"']?\\s*[=:]\\s*)(\"[^\"]*\"|'[^']*'|[^\\s;&,\"')}]+)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern SECRET_KEY =
            Pattern.compile(".*" + SECRET_WORD + ".*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private Redactor() {}

    static String clean(String text) {
        // The final cut comes last: half a secret would not be recognized.
        String flat = TextLine.clean(text, 4 * MAX_TEXT);
        flat = URL_CREDENTIALS.matcher(flat).replaceAll(HIDDEN);
        flat = SCHEME_TOKEN.matcher(flat).replaceAll("$1 " + HIDDEN);
        return TextLine.cut(KEY_VALUE.matcher(flat).replaceAll("$1" + HIDDEN), MAX_TEXT);
    }

    static Map<String, Object> clean(Map<String, Object> data) {
        if (data.isEmpty()) {
            return data;
        }
        Map<String, Object> result = new LinkedHashMap<>();
        data.entrySet().stream()
                .limit(MAX_ENTRIES)
                .forEach(entry -> result.put(clean(entry.getKey()), cleanEntry(entry.getKey(), entry.getValue())));
        return Collections.unmodifiableMap(result);
    }

    private static Object cleanEntry(String key, Object value) {
        return value instanceof String && SECRET_KEY.matcher(key).matches() ? HIDDEN : cleanValue(value);
    }

    @SuppressWarnings("unchecked") // every map here comes from DataValues.copy, with String keys
    private static Object cleanValue(Object value) {
        if (value instanceof String text) {
            return clean(text);
        }
        if (value instanceof Map<?, ?> map) {
            return clean((Map<String, Object>) map);
        }
        if (value instanceof List<?> list) {
            return list.stream().limit(MAX_ENTRIES).map(Redactor::cleanValue).toList();
        }
        return value;
    }
}
