package dev.vitals.health.monitor.model;

import java.time.Instant;

/**
 * A check of a host, made through the API.
 *
 * @param id the name of the host, and that of the check
 * @param enabled whether it is watched
 * @param settings how
 * @param createdAt when it was made
 * @param updatedAt when it was changed last
 */
public record HostCheck(TargetId id, boolean enabled, ProbeSettings settings, Instant createdAt, Instant updatedAt) {
    /** The label that has the name of the host. */
    public static final String MACHINE = "machine";
}
