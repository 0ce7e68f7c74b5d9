package dev.vitals.health.monitor.store;

import java.time.Instant;

/**
 * A session that was begun by a login.
 *
 * @param hash SHA-256 of what the cookie holds, hexadecimal
 * @param user the user as of now
 * @param created when it was begun
 * @param used when it was used last, to the minute
 */
public record SessionRow(String hash, UserRow user, Instant created, Instant used) {}
