package dev.vitals.health.monitor.model;

import java.time.Instant;

/**
 * A check of a host, made through the API.
 *
 * @param id the names of the host and of the check
 * @param enabled whether the check is polled
 * @param settings how it is polled
 * @param createdAt when it was created
 * @param updatedAt when it was last changed
 */
public record HostCheck(TargetId id, boolean enabled, ProbeSettings settings, Instant createdAt, Instant updatedAt) {
    /** Returns the name of the host. */
    public String host() {
        return id.appOrHost();
    }

    /** Returns the name of the check, unique on its host. */
    public String name() {
        return id.name();
    }
}
