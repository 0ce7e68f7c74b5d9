package dev.vitals.health.monitor.store;

import java.time.Instant;

/**
 * Who did what, and what came of it.
 *
 * @param id its place in the log; 0 before it is there
 * @param at when
 * @param actor who
 * @param address from where
 * @param action what was done
 * @param object to what
 * @param detail further words; never a secret
 * @param outcome what came of it, {@code ok} or {@code refused}
 */
public record AuditEntry(
        long id,
        Instant at,
        String actor,
        String address,
        String action,
        String object,
        String detail,
        String outcome) {}
