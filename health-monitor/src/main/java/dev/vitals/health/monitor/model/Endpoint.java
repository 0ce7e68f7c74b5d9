package dev.vitals.health.monitor.model;

import dev.vitals.health.internal.Uris;
import java.net.URI;
import java.util.Objects;

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
        return new Endpoint("url", Objects.requireNonNullElse(Uris.host(url), ""), Uris.port(url));
    }

    /** Returns whether both lead to the same host and port. */
    public boolean isSamePlaceAs(Endpoint other) {
        return host.equalsIgnoreCase(other.host) && port == other.port;
    }

    /** Returns host and port as in a URL. */
    public String place() {
        return (host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host) + ":" + port;
    }
}
