package dev.vitals.health.monitor.model;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An instance that is registered now.
 *
 * @param id its name
 * @param registration what it asked for
 * @param registeredAt when it was registered first; a renewal does not change it
 * @param leaseUntil when the registration ends without renewal; null for never
 */
public record Target(
        TargetId id,
        Registration registration,
        Instant registeredAt,
        @Nullable Instant leaseUntil) {
    /** Returns a target that is registered for the first time. */
    public static Target registered(TargetId id, Registration registration, Instant now) {
        return new Target(id, registration, now, leaseEnd(registration, now));
    }

    /** Returns this target registered again, with a fresh lease. */
    public Target renewed(Registration again, Instant now) {
        return new Target(id, again, registeredAt, leaseEnd(again, now));
    }

    /** Returns whether the lease has ended. */
    public boolean leaseExpired(Instant now) {
        return leaseUntil != null && !leaseUntil.isAfter(now);
    }

    /** Returns whether a result for the other target still counts for this one: same registration life, same URL. */
    public boolean samePolling(Target other) {
        return registeredAt.equals(other.registeredAt)
                && registration.healthUrl().equals(other.registration.healthUrl());
    }

    private static @Nullable Instant leaseEnd(Registration registration, Instant now) {
        Duration lease = registration.lease();
        return lease.isZero() ? null : now.plus(lease);
    }
}
