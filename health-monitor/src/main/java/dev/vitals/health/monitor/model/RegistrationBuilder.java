package dev.vitals.health.monitor.model;

import dev.vitals.health.internal.engine.StateMachine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Collects the fields of a registration; {@link #build()} judges them all at once. Not thread-safe. */
public final class RegistrationBuilder {
    final List<String> notify = new ArrayList<>();
    final Map<String, String> labels = new LinkedHashMap<>();
    Duration interval = Registration.DEFAULT_INTERVAL;
    Duration timeout = Registration.DEFAULT_TIMEOUT;
    int unhealthy = Registration.DEFAULT_UNHEALTHY;
    int healthy = Registration.DEFAULT_HEALTHY;

    @Nullable
    Duration lease;

    private final Probe probe;
    private final FieldErrors refusals;

    /** Starts with what was refused already. */
    RegistrationBuilder(Probe probe, FieldErrors refusals) {
        this.refusals = refusals;
        this.probe = probe;
    }

    /** Time between polls; default 30 s, from 5 to 300 s. */
    public RegistrationBuilder interval(Duration interval) {
        this.interval = Objects.requireNonNull(interval, "interval");
        return this;
    }

    /** Time allowed for one poll; default 5 s, from 2 to 60 s, below the interval. */
    public RegistrationBuilder timeout(Duration timeout) {
        this.timeout = Objects.requireNonNull(timeout, "timeout");
        return this;
    }

    /** Failures in a row that make UNHEALTHY; default 2, from 2 to 10. */
    public RegistrationBuilder unhealthy(int unhealthy) {
        this.unhealthy = unhealthy;
        return this;
    }

    /** Passes in a row that make HEALTHY again; default 10, from 2 to 10. */
    public RegistrationBuilder healthy(int healthy) {
        this.healthy = healthy;
        return this;
    }

    /** Adds an email address to tell; up to 10. */
    public RegistrationBuilder notify(String address) {
        notify.add(Objects.requireNonNull(address, "address"));
        return this;
    }

    /** Adds a label; up to 20. */
    public RegistrationBuilder label(String name, String value) {
        labels.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
        return this;
    }

    /** How long the registration holds; default 3 intervals, zero for ever, else from the interval to 1 day. */
    public RegistrationBuilder lease(Duration lease) {
        this.lease = Objects.requireNonNull(lease, "lease");
        return this;
    }

    /**
     * Returns what was asked for.
     *
     * @throws InvalidFieldsException if fields were refused or are out of their bounds; names all of them
     */
    public ProbeSettings build() {
        RegistrationRules.check(this, refusals);
        return new ProbeSettings(
                probe,
                interval,
                timeout,
                StateMachine.of(unhealthy, healthy),
                notify,
                labels,
                lease != null ? lease : interval.multipliedBy(Registration.DEFAULT_LEASE_INTERVALS));
    }
}
