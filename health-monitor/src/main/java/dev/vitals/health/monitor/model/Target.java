package dev.vitals.health.monitor.model;

import dev.vitals.health.internal.engine.StateMachine;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An instance of an app, or a check of a host, that the monitor polls.
 *
 * @param id the id
 * @param source the origin
 * @param settings the probe and its settings
 * @param registeredAt when the monitor began to poll the target; a renewal does not change it
 * @param leaseUntil when the registration ends unless it is renewed; null for never
 * @param renewedAt when the instance last registered; null if it does not register itself
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

    /** Returns a target from the services file or the API, without a lease. */
    public static Target configured(TargetId id, Source source, ProbeSettings settings, Instant now) {
        return new Target(id, source, settings, now, null, null);
    }

    /** Returns this target with a new lease and the settings of its renewal. */
    public Target renewed(ProbeSettings renewedSettings, Instant now) {
        return new Target(id, source, renewedSettings, registeredAt, leaseEnd(renewedSettings, now), now);
    }

    /** Returns this target with other settings. */
    public Target reconfigured(ProbeSettings newSettings) {
        return new Target(id, source, newSettings, registeredAt, leaseUntil, renewedAt);
    }

    /** Returns the probe. */
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

    /** Returns how old the latest result may be before it no longer counts: two intervals and the timeout. */
    public Duration maxAge() {
        return interval().multipliedBy(2).plus(timeout());
    }

    /** Returns the state machine with the thresholds of this target. */
    public StateMachine thresholds() {
        return settings.thresholds();
    }

    /** Returns the labels, which group targets. */
    public Map<String, String> labels() {
        return settings.labels();
    }

    /** Returns whether the lease has ended. */
    public boolean leaseExpired(Instant now) {
        return leaseUntil != null && !leaseUntil.isAfter(now);
    }

    /**
     * Returns whether the instance registered within the last half of its lease. A client renews its registration after
     * each third of the lease.
     */
    public boolean renewedRecently(Instant now) {
        Duration half = settings.lease().dividedBy(2);
        return renewedAt != null && !half.isZero() && renewedAt.plus(half).isAfter(now);
    }

    /**
     * Returns whether a result of the other target is valid for this one: the target has not been removed in between, and
     * its probe has not changed.
     */
    public boolean acceptsResultOf(Target other) {
        return registeredAt.equals(other.registeredAt) && probe().equals(other.probe());
    }

    private static @Nullable Instant leaseEnd(ProbeSettings settings, Instant now) {
        Duration lease = settings.lease();
        return lease.isZero() ? null : now.plus(lease);
    }
}
