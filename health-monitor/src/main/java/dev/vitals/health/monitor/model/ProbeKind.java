package dev.vitals.health.monitor.model;

import java.util.Map;

/** The kinds of probes, and how each is made from its fields. */
public final class ProbeKind {
    private ProbeKind() {}

    /**
     * Returns the probe of that kind with these fields, as {@link Probe#fields()} gave them.
     *
     * @throws IllegalArgumentException if there is no such kind
     */
    public static Probe read(String kind, Map<String, Object> fields) {
        return switch (kind) {
            case HealthProbe.KIND -> HealthProbe.read(fields);
            default -> throw new IllegalArgumentException("kind must be " + HealthProbe.KIND + ", was " + kind);
        };
    }
}
