package dev.vitals.health.monitor.access;

import dev.vitals.health.monitor.store.AccessStore.TokenRow;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token, as it may be shown.
 *
 * @param name its name
 * @param role what it may do
 * @param scope where it holds
 * @param created when it was made
 * @param used when it was used last, to the minute; null for never
 * @param expires from when on it does not count; null for never
 * @param revoked when it was revoked; null if it was not
 */
public record Token(
        String name,
        Role role,
        Scope scope,
        Instant created,
        @Nullable Instant used,
        @Nullable Instant expires,
        @Nullable Instant revoked) {
    static Token of(TokenRow row) {
        return new Token(
                row.name(),
                Role.valueOf(row.role()),
                Scope.kept(row.bounds()),
                row.created(),
                row.used(),
                row.expires(),
                row.revoked());
    }

    /** Returns whether it counts at that time. */
    public boolean inForce(Instant now) {
        return revoked == null && (expires == null || expires.isAfter(now));
    }
}
