package dev.vitals.health.monitor.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token as it is kept: never in plain.
 *
 * @param name unique among those that are not revoked
 * @param role what it may do
 * @param hash SHA-256 of the token, hexadecimal
 * @param bounds where it holds
 * @param created when it was made
 * @param used when it was used last, to the minute; null for never
 * @param expires from when on it does not count; null for never
 * @param revoked when it was revoked; null if it was not
 */
public record TokenRow(
        String name,
        String role,
        String hash,
        BoundsRow bounds,
        Instant created,
        @Nullable Instant used,
        @Nullable Instant expires,
        @Nullable Instant revoked) {}
