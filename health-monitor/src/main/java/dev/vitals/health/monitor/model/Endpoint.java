package dev.vitals.health.monitor.model;

import dev.vitals.health.internal.Uris;
import java.net.URI;

/**
 * The host and port of a connection.
 *
 * @param field the field of the settings that names them
 * @param host a name or an address
 * @param port from 1 to 65535
 */
public record Endpoint(String field, String host, int port) {
    /** Returns the endpoint of the field {@code url}. */
    public static Endpoint of(URI url) {
        return new Endpoint("url", url.getHost(), Uris.port(url));
    }
}
