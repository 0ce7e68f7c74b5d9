package dev.vitals.health.internal;

import java.net.URI;

/** Makes http and https URIs out of parts. The parts are taken as they are: what needs escapes has them already. */
public final class Uris {
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private Uris() {}

    /**
     * Returns the URI of a path below another URI, with one slash between the two.
     *
     * @param base without query and fragment
     * @param path with or without a slash at its start; may end in a query
     * @throws IllegalArgumentException if the result is not a URI
     */
    public static URI join(String base, String path) {
        String start = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        return URI.create(path.startsWith("/") ? start + path : start + "/" + path);
    }

    /** Returns the port, which follows from the scheme if the URI does not name one. */
    public static int port(URI uri) {
        if (uri.getPort() != -1) {
            return uri.getPort();
        }
        return "https".equalsIgnoreCase(uri.getScheme()) ? HTTPS_PORT : HTTP_PORT;
    }

    /**
     * Returns a URI of that scheme.
     *
     * @param port is left out if it is -1
     * @param path begins with a slash, or is empty
     * @throws IllegalArgumentException if the result is not a URI
     */
    public static URI of(String scheme, String host, int port, String path) {
        return URI.create(scheme + "://" + host + (port == -1 ? "" : ":" + port) + path);
    }
}
