package dev.vitals.health.monitor.poll;

import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.Tls;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * A GET request, and how it is to be made.
 *
 * @param target for whom; its connection may be kept for the next request for it
 * @param url an http or https URL
 * @param headers beside those of every request
 * @param tls whom to trust, and who to be
 * @param timeout for the whole, body included
 */
public record Ask(TargetId target, URI url, Map<String, String> headers, Tls tls, Duration timeout) {
    /** Without the headers, which may hold secrets. */
    @Override
    public String toString() {
        return "GET for " + target;
    }
}
