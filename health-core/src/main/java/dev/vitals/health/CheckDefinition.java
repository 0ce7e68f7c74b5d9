package dev.vitals.health;

import dev.vitals.health.internal.Require;
import dev.vitals.health.internal.engine.StateMachine;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A registered check with all of its options. Immutable. */
public final class CheckDefinition {
    private final String name;
    private final HealthCheck check;
    private final CheckOptions options;
    private final Thresholds thresholds;
    private final Duration maxAge;
    private final boolean remote;
    private final boolean inStartup;
    private final @Nullable String componentType;

    private CheckDefinition(String name, HealthCheck check, CheckOptions options) {
        this.name = name;
        this.check = check;
        this.options = options;
        thresholds = new Thresholds(
                StateMachine.of(options.failureThreshold, options.successThreshold),
                options.unhealthyAfter,
                options.flapRule);
        maxAge = options.maxAge != null
                ? options.maxAge
                // multipliedBy uses BigDecimal, and loading that class took 17 ms of a first start.
                : options.interval.plus(options.interval).plus(options.timeout);
        inStartup = options.groups.contains(Health.STARTUP);
        remote = options.remote != null ? options.remote : check.remote();
        componentType = options.componentType != null
                ? options.componentType
                : check.componentType().orElse(null);
    }

    static CheckDefinition of(String name, HealthCheck check, Consumer<CheckOptions> settings) {
        Require.name("name", name);
        Objects.requireNonNull(check, "check");
        Objects.requireNonNull(settings, "settings");
        CheckOptions options = new CheckOptions();
        if (check instanceof InMemoryCheck) {
            InMemoryCheck.defaults(options);
        }
        settings.accept(options);
        options.close();
        return new CheckDefinition(name, check, options);
    }

    static CheckDefinition ofHandler(String name, HealthHandler handler, Consumer<CheckOptions> settings) {
        Objects.requireNonNull(handler, "handler");
        HealthCheck check = () -> {
            handler.run();
            return Outcome.error("raised no outcome");
        };
        return of(name, check, settings);
    }

    /** Returns the definition with other options. This one must not be used any more: they share them. */
    CheckDefinition with(Consumer<CheckOptions> change) {
        options.change(change);
        return new CheckDefinition(name, check, options);
    }

    /** Returns the name, unique within its {@link Health}. */
    public String name() {
        return name;
    }

    /** Returns the time between two starts. */
    public Duration interval() {
        return options.interval;
    }

    /** Returns the time allowed for one run. */
    public Duration timeout() {
        return options.timeout;
    }

    /** Returns the age from which a result does not count any more. */
    public Duration maxAge() {
        return maxAge;
    }

    /** Returns how many ERRORs in a row make the check UNHEALTHY. */
    public int failureThreshold() {
        return options.failureThreshold;
    }

    /** Returns how many passes in a row make the check HEALTHY again. */
    public int successThreshold() {
        return options.successThreshold;
    }

    /** Returns how long the ERRORs in a row must last, besides, before the check is UNHEALTHY; empty by default. */
    public Optional<Duration> unhealthyAfter() {
        return Optional.ofNullable(options.unhealthyAfter);
    }

    /** Returns whether its failure fails the report on all checks. */
    public boolean critical() {
        return options.critical;
    }

    /** Returns whether its failure fails the report on that group. */
    public boolean critical(String group) {
        return options.criticalIn.getOrDefault(group, options.critical);
    }

    /** Returns whether all replicas share the checked thing, so that its failure only makes reports warn. */
    public boolean shared() {
        return options.shared;
    }

    /** Returns whether it runs only when somebody asks. */
    public boolean onRequest() {
        return options.onRequest;
    }

    /** Returns whether it looks at something outside of this machine. */
    public boolean remote() {
        return remote;
    }

    /** Returns the groups it belongs to, in the order in which they were added. */
    public Set<String> groups() {
        return Collections.unmodifiableSet(options.groups);
    }

    /** Returns the names of the checks that it needs. */
    public Set<String> dependencies() {
        return Collections.unmodifiableSet(options.dependencies);
    }

    /** Returns the draft's {@code componentType}, if there is one. */
    public Optional<String> componentType() {
        return Optional.ofNullable(componentType);
    }

    /** Returns the endpoints that its failure affects. */
    public List<URI> affectedEndpoints() {
        return Collections.unmodifiableList(options.affectedEndpoints);
    }

    /** Returns the links about the checked component, by relation. */
    public Map<String, URI> links() {
        return Collections.unmodifiableMap(options.links);
    }

    /** Returns whether it belongs to the group {@code startup}; computed once, because every result needs it. */
    boolean inStartup() {
        return inStartup;
    }

    boolean isIn(String group) {
        return options.groups.contains(group);
    }

    HealthCheck check() {
        return check;
    }

    Thresholds thresholds() {
        return thresholds;
    }

    @Nullable
    Duration initialDelay() {
        return options.initialDelay;
    }

    Duration shortestInterval() {
        return failingInterval().compareTo(interval()) < 0 ? failingInterval() : interval();
    }

    Duration failingInterval() {
        return options.failingInterval != null ? options.failingInterval : options.interval;
    }

    /** Returns how long a shared check may fail before it fails reports; null for ever. */
    @Nullable
    Duration sharedFor() {
        return options.sharedFor;
    }

    boolean enabled() {
        return options.enabled;
    }

    boolean interruptOnTimeout() {
        return options.interruptOnTimeout;
    }
}
