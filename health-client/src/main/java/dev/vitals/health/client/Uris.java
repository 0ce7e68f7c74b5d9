package dev.vitals.health.client;

import java.net.URI;

/** Parts of http and https URIs. */
final class Uris {
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private Uris() {}

    /** Returns the port, which follows from the scheme if it is not written. */
    static int port(URI uri) {
        if (uri.getPort() != -1) {
            return uri.getPort();
        }
        return "https".equalsIgnoreCase(uri.getScheme()) ? HTTPS_PORT : HTTP_PORT;
    }

    /** Returns a URI of the same scheme; the path is taken as it is, encoded; a port of -1 is left out. */
    static URI of(URI uri, String host, int port, String rawPath) {
        return URI.create(uri.getScheme() + "://" + host + (port == -1 ? "" : ":" + port) + rawPath);
    }
}
