package dev.vitals.health.monitor.access;

/**
 * Who does something, for the audit log.
 *
 * @param name such as {@code token:registrar} or {@code user:alice}
 * @param address from where; empty if it is the monitor itself
 */
public record Actor(String name, String address) {
    /** The monitor itself. */
    public static final Actor MONITOR = new Actor("monitor", "");
}
