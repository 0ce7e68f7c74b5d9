package dev.vitals.health.client;

import dev.vitals.health.internal.Require;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;

/** The limits of a registration's fields. Messages name the field, the value and the limit. */
final class RegistrationRules {
    static final Duration MIN_INTERVAL = Duration.ofSeconds(5);
    static final Duration MAX_INTERVAL = Duration.ofMinutes(5);
    static final Duration MIN_TIMEOUT = Duration.ofSeconds(2);
    static final Duration MAX_TIMEOUT = Duration.ofSeconds(60);
    static final Duration MAX_LEASE = Duration.ofDays(1);

    private static final int MAX_PORT = 65_535;
    private static final int MAX_EMAIL = 254;
    private static final int MAX_LABEL = 200;
    private static final Pattern EMAIL =
            Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\\.[A-Za-z0-9-]{1,63})*");
    private static final Pattern PATH = Pattern.compile("/|/[!-~&&[^/?#\\\\]][!-~&&[^?#\\\\]]{0,198}");
    private static final Pattern TOKEN = Pattern.compile("[!-~]{1,500}");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");

    private RegistrationRules() {}

    static URI httpUri(String field, URI value, int minPort) {
        Objects.requireNonNull(value, field);
        String scheme = value.getScheme();
        boolean http = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
        boolean bare = value.getRawUserInfo() == null && value.getRawQuery() == null && value.getRawFragment() == null;
        int port = value.getPort();
        if (!http || !bare || value.getHost() == null || port > MAX_PORT || (port != -1 && port < minPort)) {
            throw new IllegalArgumentException(field + " must be http or https with a host, a port up to " + MAX_PORT
                    + " and no user info, query or fragment, was " + Require.shown(value.toString()));
        }
        return value;
    }

    // A URL path with one or two dots would lead elsewhere.
    static String name(String field, String value) {
        Require.name(field, value);
        if (value.equals(".") || value.equals("..")) {
            throw new IllegalArgumentException(
                    field + " must match " + Require.NAME_PATTERN + " and not be one or two dots, was '" + value + "'");
        }
        return value;
    }

    static String dependency(String value) {
        Objects.requireNonNull(value, "dependsOn");
        int slash = value.indexOf('/');
        if (slash >= 0) {
            name("dependsOn", value.substring(0, slash));
        }
        name("dependsOn", value.substring(slash + 1));
        return value;
    }

    static int threshold(String field, int value) {
        return Require.range(field, value, 2, 10);
    }

    static String healthPath(String value) {
        return matching("healthPath", value, PATH, "be one slash and up to 199 visible characters without ?, # or \\");
    }

    static String email(String value) {
        String checked = matching("notify", value, EMAIL, "be an email address such as ops@example.org");
        return Require.text("notify", checked, MAX_EMAIL);
    }

    static String labelValue(String name, String value) {
        String field = "label " + name;
        Require.text(field, value, MAX_LABEL);
        if (CONTROL.matcher(value).find()) {
            throw new IllegalArgumentException(field + " must have no control characters, was " + Require.shown(value));
        }
        return value;
    }

    static Duration lease(Duration value, Duration min) {
        Objects.requireNonNull(value, "lease");
        if (!value.isZero() && (value.compareTo(min) < 0 || value.compareTo(MAX_LEASE) > 0)) {
            throw new IllegalArgumentException(
                    "lease must be " + Duration.ZERO + " or from " + min + " to " + MAX_LEASE + ", was " + value);
        }
        return value;
    }

    static String token(String value) {
        Objects.requireNonNull(value, "token");
        if (!TOKEN.matcher(value).matches()) {
            throw new IllegalArgumentException("token must have 1 to 500 visible ASCII characters, had "
                    + value.length() + " characters (not shown)");
        }
        return value;
    }

    static int port(int value) {
        return Require.range("port", value, 1, MAX_PORT);
    }

    /** Throws if one more would be too many. */
    static void room(String field, int size, int max, String value) {
        if (size >= max) {
            throw new IllegalArgumentException(
                    field + " must be set at most " + max + " times, was set again for " + Require.shown(value));
        }
    }

    private static String matching(String field, String value, Pattern pattern, String bound) {
        Objects.requireNonNull(value, field);
        if (!pattern.matcher(value).matches()) {
            throw new IllegalArgumentException(field + " must " + bound + ", was " + Require.shown(value));
        }
        return value;
    }
}
