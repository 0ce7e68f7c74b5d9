package dev.vitals.health.monitor.probe;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.vitals.health.monitor.model.Fields;
import dev.vitals.health.monitor.model.Secret;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a request beyond the usual ones, and its basic authentication. The value of a header is a secret if
 * its name contains authorization, cookie, token, key, secret or passw.
 *
 * @param plain the headers with public values
 * @param secret the headers with secret values
 * @param login the user and password; null for none
 */
record RequestHeaders(
        Map<String, String> plain,
        Map<String, Secret> secret,
        @Nullable Login login) {
    private static final String FIELD = "headers";
    private static final String PREFIX = FIELD + ".";
    private static final String BOUND =
            "an object of up to 20 names of headers (hostHeader for Host; not Connection and the like) with 1 to 4000 characters from"
                    + " space to tilde";
    private static final int MAX = 20;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,80}");
    private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e]{1,4000}");
    private static final Pattern SECRET =
            Pattern.compile("authorization|cookie|token|key|secret|passw", Pattern.CASE_INSENSITIVE);
    private static final Set<String> RESERVED = Set.of(
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

    /** User and password of basic authentication. */
    record Login(String user, Secret password) {
        private static final String USER = "user";
        private static final String PASSWORD = "password";
        private static final String USER_BOUND =
                "up to 100 characters without colon and control characters, beside password";
        private static final String PASSWORD_BOUND = "1 to 1000 characters without control characters, beside user";

        static @Nullable Login read(Fields fields) {
            String user = fields.text(USER, USER_BOUND, text -> Fields.isLine(text, 100) && text.indexOf(':') < 0);
            Secret password = fields.secret(
                    PASSWORD,
                    PASSWORD_BOUND,
                    text -> !text.isEmpty()
                            && text.length() <= 1_000
                            && text.chars().noneMatch(Character::isISOControl));
            if (fields.value(USER) == null && password != null) {
                fields.refuse(USER, null, USER_BOUND);
            } else if (user != null && fields.value(PASSWORD) == null) {
                fields.refuse(PASSWORD, null, PASSWORD_BOUND);
            }
            return user == null || password == null ? null : new Login(user, password);
        }

        String header() {
            String both = user + ":" + password.reveal();
            return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(UTF_8));
        }
    }

    static RequestHeaders read(Fields fields) {
        Map<String, String> plain = new LinkedHashMap<>();
        Map<String, Secret> secret = new LinkedHashMap<>();
        Object given = fields.value(FIELD);
        if (given == null || given instanceof Map) {
            fields.map(FIELD, BOUND, MAX).forEach((name, value) -> {
                String text = value instanceof Secret kept ? kept.reveal() : value instanceof String sent ? sent : null;
                boolean allowed = NAME.matcher(name).matches() && !RESERVED.contains(name.toLowerCase(Locale.ROOT));
                if (!allowed || text == null || !VALUE.matcher(text).matches()) {
                    fields.refuse(PREFIX + name, isSecret(name) ? Secret.MASK : value, BOUND);
                } else if (isSecret(name)) {
                    secret.put(name, Secret.of(text));
                } else {
                    plain.put(name, text);
                }
            });
        } else {
            // Masked: it may be a credential in the wrong place.
            fields.refuse(FIELD, Secret.MASK, BOUND);
        }
        return new RequestHeaders(Map.copyOf(plain), Map.copyOf(secret), Login.read(fields));
    }

    private static boolean isSecret(String name) {
        return SECRET.matcher(name).find();
    }

    static void describe(Schema schema) {
        schema.optional(FIELD, Schema.texts("Further headers of the request, by name", MAX))
                .optional(Login.USER, Schema.text("The user of basic authentication, with password"))
                .optional(Login.PASSWORD, Schema.secret("The password of basic authentication, with user"));
    }

    /** Calls the action for each header, with revealed values. */
    void forEach(BiConsumer<String, String> action) {
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.putAll(plain);
        secret.forEach((name, value) -> all.put(name, value.reveal()));
        if (login != null) {
            all.put("Authorization", login.header());
        }
        all.forEach(action);
    }

    void putFields(Map<String, Object> fields) {
        if (!plain.isEmpty()) {
            fields.put(FIELD, plain);
        }
        if (login != null) {
            fields.put(Login.USER, login.user());
        }
    }

    void putSecrets(Map<String, Secret> secrets) {
        secret.forEach((name, value) -> secrets.put(PREFIX + name, value));
        if (login != null) {
            secrets.put(Login.PASSWORD, login.password());
        }
    }
}
