package dev.vitals.health;

import dev.vitals.health.internal.Require;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A registered check with all of its options, as they are in force. Immutable. */
public final class CheckDefinition {
    private final String name;
    private final HealthCheck check;
    private final Duration interval;
    private final Duration timeout;
    private final @Nullable Duration initialDelay;
    private final Duration maxAge;
    private final StateMachine stateMachine;
    private final boolean critical;
    private final boolean enabled;
    private final boolean onRequest;
    private final boolean interruptOnTimeout;
    private final @Nullable String componentType;
    private final Set<String> groups;
    private final List<URI> affectedEndpoints;
    private final Map<String, URI> links;

    private CheckDefinition(String name, HealthCheck check, CheckOptions options) {
        this.name = name;
        this.check = check;
        interval = options.interval;
        timeout = options.timeout;
        initialDelay = options.initialDelay;
        maxAge = options.maxAge != null
                ? options.maxAge
                : interval.multipliedBy(2).plus(timeout);
        stateMachine = StateMachine.of(options.failureThreshold, options.successThreshold);
        critical = options.critical;
        enabled = options.enabled;
        onRequest = options.onRequest;
        interruptOnTimeout = options.interruptOnTimeout;
        componentType = options.componentType != null
                ? options.componentType
                : check.componentType().orElse(null);
        groups = Collections.unmodifiableSet(new LinkedHashSet<>(options.groups));
        affectedEndpoints = List.copyOf(options.affectedEndpoints);
        links = Collections.unmodifiableMap(new LinkedHashMap<>(options.links));
    }

    static CheckDefinition of(String name, HealthCheck check, Consumer<CheckOptions> settings) {
        Require.name("name", name);
        Objects.requireNonNull(check, "check");
        Objects.requireNonNull(settings, "settings");
        CheckOptions options = new CheckOptions();
        settings.accept(options);
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

    /** Returns the name, unique within its {@link Health}. */
    public String name() {
        return name;
    }

    /** Returns the time between two starts. */
    public Duration interval() {
        return interval;
    }

    /** Returns the time allowed for one run. */
    public Duration timeout() {
        return timeout;
    }

    /** Returns how old a result may be before it no longer counts. */
    public Duration maxAge() {
        return maxAge;
    }

    /** Returns whether its failure fails the report. */
    public boolean critical() {
        return critical;
    }

    /** Returns whether it runs only when somebody asks. */
    public boolean onRequest() {
        return onRequest;
    }

    /** Returns the groups it belongs to, in the order of naming. */
    public Set<String> groups() {
        return groups;
    }

    /** Returns the draft's {@code componentType}, if one was set or the check has one. */
    public Optional<String> componentType() {
        return Optional.ofNullable(componentType);
    }

    /** Returns the endpoints that suffer when the check fails. */
    public List<URI> affectedEndpoints() {
        return affectedEndpoints;
    }

    /** Returns the links about the checked component, by relation. */
    public Map<String, URI> links() {
        return links;
    }

    HealthCheck check() {
        return check;
    }

    @Nullable
    Duration initialDelay() {
        return initialDelay;
    }

    StateMachine stateMachine() {
        return stateMachine;
    }

    boolean enabled() {
        return enabled;
    }

    boolean interruptOnTimeout() {
        return interruptOnTimeout;
    }
}
