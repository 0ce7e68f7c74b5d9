package dev.vitals.health.monitor.model;

import dev.vitals.health.internal.engine.StateMachine;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is watched now.
 *
 * @param id its name
 * @param source where it comes from
 * @param settings how it is watched
 * @param registeredAt since when it is watched; a renewal does not change it
 * @param leaseUntil when the registration ends without renewal; null for never
 * @param renewedAt when the instance itself was heard of last; null if it is not the instance that registers
 */
public record Target(
        TargetId id,
        Source source,
        ProbeSettings settings,
        Instant registeredAt,
        @Nullable Instant leaseUntil,
        @Nullable Instant renewedAt) {
    /** Returns an instance that registers itself for the first time. */
    public static Target registered(TargetId id, ProbeSettings settings, Instant now) {
        return new Target(id, Source.REGISTRATION, settings, now, leaseEnd(settings, now), now);
    }

    /** Returns a target that the operator has configured, without a lease. */
    public static Target configured(TargetId id, Source source, ProbeSettings settings, Instant now) {
        return new Target(id, source, settings, now, null, null);
    }

    /** Returns this target registered again, with a fresh lease. */
    public Target renewed(ProbeSettings again, Instant now) {
        return new Target(id, source, again, registeredAt, leaseEnd(again, now), now);
    }

    /** Returns this target configured otherwise. */
    public Target reconfigured(ProbeSettings other) {
        return new Target(id, source, other, registeredAt, leaseUntil, renewedAt);
    }

    /** Returns what is looked at, and how. */
    public Probe probe() {
        return settings.probe();
    }

    /** Returns the time between the starts of two polls. */
    public Duration interval() {
        return settings.interval();
    }

    /** Returns the time allowed for one poll. */
    public Duration timeout() {
        return settings.timeout();
    }

    /** Returns the machine that turns results into a state. */
    public StateMachine thresholds() {
        return settings.thresholds();
    }

    /** Returns what the target is grouped by. */
    public Map<String, String> labels() {
        return settings.labels();
    }

    /** Returns whether the lease has ended. */
    public boolean leaseExpired(Instant now) {
        return leaseUntil != null && !leaseUntil.isAfter(now);
    }

    /**
     * Returns whether the instance itself was heard of lately: within half of its lease, which it renews at each third.
     */
    public boolean heardOf(Instant now) {
        Duration half = settings.lease().dividedBy(2);
        return renewedAt != null && !half.isZero() && renewedAt.plus(half).isAfter(now);
    }

    /** Returns whether a result for the other target still counts for this one: same life, same probe. */
    public boolean samePolling(Target other) {
        return registeredAt.equals(other.registeredAt) && probe().equals(other.probe());
    }

    private static @Nullable Instant leaseEnd(ProbeSettings settings, Instant now) {
        Duration lease = settings.lease();
        return lease.isZero() ? null : now.plus(lease);
    }
}
