package dev.vitals.health.indicator;

import dev.vitals.health.internal.Require;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.regex.Pattern;

/** Makes requests from checked parts. Messages show neither credentials nor header values. */
final class HttpRequests {
    private static final int MAX_URI_LENGTH = 2_000;
    private static final int MAX_PORT = 65_535;
    private static final int MAX_VALUE_LENGTH = 4_000;
    private static final int MAX_CREDENTIAL_LENGTH = 1_000;
    private static final String ACCEPT_ENCODING = "Accept-Encoding";
    private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");
    private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");
    private static final Pattern HEADER_VALUE = Pattern.compile("[ -~]{1," + MAX_VALUE_LENGTH + "}");

    private HttpRequests() {}

    static HttpRequest get(URI uri) {
        requireHttp(uri);
        if (uri.toString().length() > MAX_URI_LENGTH) {
            throw new IllegalArgumentException("uri must have at most " + MAX_URI_LENGTH + " characters, has "
                    + uri.toString().length());
        }
        // Without this header a server may choose any coding of the body (RFC 9110, section 12.5.3).
        return HttpRequest.newBuilder(uri)
                .GET()
                .header(ACCEPT_ENCODING, "identity")
                .build();
    }

    private static void requireHttp(URI uri) {
        String scheme = uri.getScheme();
        if (!"http".equalsIgnoreCase(scheme) && !"https".equalsIgnoreCase(scheme)) {
            throw new IllegalArgumentException(
                    "uri must start with http:// or https://, had scheme " + Require.shown(String.valueOf(scheme)));
        }
        String authority = String.valueOf(uri.getRawAuthority());
        if (authority.indexOf('@') >= 0) {
            throw new IllegalArgumentException("uri must not have user info, was " + Require.shown(uri.toString()));
        }
        if (uri.getHost() == null) {
            throw new IllegalArgumentException(
                    "uri must have a host of letters, digits, dots and hyphens, was " + Require.shown(uri.toString()));
        }
        if (uri.getPort() != -1) {
            Require.range("uri's port", uri.getPort(), 1, MAX_PORT);
        }
    }

    static HttpRequest withHeader(HttpRequest request, String name, String value) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(value, "value");
        if (!HEADER_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "header name must match " + HEADER_NAME.pattern() + ", was " + Require.shown(name));
        }
        if (!HEADER_VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException("value of header " + name + " must have 1 to " + MAX_VALUE_LENGTH
                    + " characters from space to tilde, had " + value.length() + " characters (not shown)");
        }
        try {
            boolean replaces = name.equalsIgnoreCase(ACCEPT_ENCODING);
            return HttpRequest.newBuilder(request, (had, hadValue) -> !(replaces && had.equalsIgnoreCase(name)))
                    .header(name, value)
                    .build();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "header name must not be one that the client sets, was '" + name + "'", e);
        }
    }

    /** Sets the header of RFC 7617, in UTF-8; replaces an earlier one. */
    static HttpRequest withBasicAuth(HttpRequest request, String user, String password) {
        Require.text("user", user, MAX_CREDENTIAL_LENGTH);
        if (user.indexOf(':') >= 0 || CONTROL.matcher(user).find()) {
            throw new IllegalArgumentException(
                    "user must not have a colon or control characters, was " + Require.shown(user));
        }
        Objects.requireNonNull(password, "password");
        if (password.length() > MAX_CREDENTIAL_LENGTH
                || CONTROL.matcher(password).find()) {
            throw new IllegalArgumentException("password must have at most " + MAX_CREDENTIAL_LENGTH
                    + " characters and no control characters, had " + password.length() + " (not shown)");
        }
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return HttpRequest.newBuilder(request, (name, value) -> true)
                .setHeader("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair))
                .build();
    }

    /** Returns the URI without its query and fragment, which may contain a key. */
    static String shown(URI uri) {
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        return uri.getScheme() + "://" + uri.getRawAuthority() + path + (uri.getRawQuery() == null ? "" : "?...");
    }
}
