package dev.vitals.health.testing;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** An answer as a client received it; names of headers are in lower case. */
public record Exchange(int code, Map<String, String> headers, String body) {
    public Exchange {
        Map<String, String> lower = new TreeMap<>();
        headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
        headers = lower;
    }

    /** Returns a header's value, or the empty string. */
    public String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }
}
