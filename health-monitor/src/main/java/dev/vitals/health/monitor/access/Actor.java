package dev.vitals.health.monitor.access;

/**
 * The author of a change, for the audit log.
 *
 * @param name such as {@code token:registrar} or {@code user:alice}
 * @param address the client address; empty for the monitor itself
 */
public record Actor(String name, String address) {
    /** The monitor itself. */
    public static final Actor MONITOR = new Actor("monitor", "");
}
