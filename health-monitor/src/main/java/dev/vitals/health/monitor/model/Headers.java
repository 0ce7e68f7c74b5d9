package dev.vitals.health.monitor.model;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The headers that a request has beside those that every request has. The values of some are secrets: those whose name
 * speaks of a token, key, password, secret, cookie or authorization.
 *
 * @param plain values for everybody to read
 * @param secret values for nobody
 */
public record Headers(Map<String, String> plain, Map<String, Secret> secret) {
    /** None. */
    public static final Headers NONE = new Headers(Map.of(), Map.of());

    static final String FIELD = "headers";
    static final String PREFIX = FIELD + ".";

    private static final String BOUND =
            "an object of up to 20 names of headers (not Host, Connection and the like) with 1 to 4000 characters from"
                    + " space to tilde";
    private static final int MAX = 20;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,80}");
    private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e]{1,4000}");
    private static final Pattern SECRET =
            Pattern.compile("authorization|cookie|token|key|secret|passw", Pattern.CASE_INSENSITIVE);
    private static final Set<String> OWN = Set.of(
            "connection",
            "content-length",
            "expect",
            "host",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    static Headers read(Fields fields) {
        Map<String, String> plain = new LinkedHashMap<>();
        Map<String, Secret> secret = new LinkedHashMap<>();
        Object given = fields.value(FIELD);
        if (given != null && !(given instanceof Map)) {
            // It may be a credential in the wrong place.
            fields.refuse(FIELD, Secret.MASK, BOUND);
            return NONE;
        }
        fields.map(FIELD, BOUND, MAX).forEach((name, value) -> {
            String text = value instanceof Secret kept ? kept.reveal() : value instanceof String sent ? sent : null;
            boolean named = NAME.matcher(name).matches() && !OWN.contains(name.toLowerCase(Locale.ROOT));
            if (!named || text == null || !VALUE.matcher(text).matches()) {
                fields.refuse(PREFIX + name, isSecret(name) ? Secret.MASK : value, BOUND);
            } else if (isSecret(name)) {
                secret.put(name, Secret.of(text));
            } else {
                plain.put(name, text);
            }
        });
        return new Headers(Map.copyOf(plain), Map.copyOf(secret));
    }

    private static boolean isSecret(String name) {
        return SECRET.matcher(name).find();
    }

    void putFields(Map<String, Object> fields) {
        if (!plain.isEmpty()) {
            fields.put(FIELD, plain);
        }
    }

    void putSecrets(Map<String, Secret> secrets) {
        secret.forEach((name, value) -> secrets.put(PREFIX + name, value));
    }
}
