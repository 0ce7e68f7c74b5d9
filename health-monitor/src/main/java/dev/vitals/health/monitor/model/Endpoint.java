package dev.vitals.health.monitor.model;

import dev.vitals.health.internal.Uris;
import java.net.URI;

/**
 * The host and port that a probe connects to.
 *
 * @param field the field of the probe that names the host
 * @param host a name or an address
 * @param port from 1 to 65535
 */
public record Endpoint(String field, String host, int port) {
    static Endpoint of(URI url) {
        return new Endpoint("url", url.getHost(), Uris.port(url));
    }
}
