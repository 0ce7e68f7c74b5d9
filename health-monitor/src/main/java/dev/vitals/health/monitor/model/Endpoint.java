package dev.vitals.health.monitor.model;

import java.net.URI;

/**
 * Where a connection is opened to.
 *
 * @param field the field that says so
 * @param host a name or an address
 * @param port from 1 to 65535
 */
public record Endpoint(String field, String host, int port) {
    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    static Endpoint of(URI url) {
        int standard = "https".equalsIgnoreCase(url.getScheme()) ? HTTPS : HTTP;
        return new Endpoint("url", url.getHost(), url.getPort() >= 0 ? url.getPort() : standard);
    }
}
