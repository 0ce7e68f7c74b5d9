package dev.vitals.health.monitor.store;

import java.time.Instant;

/**
 * One entry of the audit log.
 *
 * @param id its place in the log; 0 before it is stored
 * @param at when it happened
 * @param actor who did it
 * @param address the network address of the actor
 * @param action what was done, such as {@code check.create}
 * @param object what it was done to
 * @param detail more text; never a secret
 * @param outcome {@code ok} or {@code refused}
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
