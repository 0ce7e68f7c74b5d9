package dev.vitals.health.monitor.access;

/** Where changes are written down, for ever. Thread-safe. */
@FunctionalInterface
public interface Audit {
    /**
     * Writes down that something was done; returns when it is stored. Blocks while it is: not for a polling thread.
     *
     * @param actor who did it
     * @param action what was done, such as {@code gate.open}
     * @param object to what, such as {@code host:db1}
     * @param detail further words; never a secret
     * @throws RuntimeException if it could not be stored
     */
    void record(Actor actor, String action, String object, String detail);
}
