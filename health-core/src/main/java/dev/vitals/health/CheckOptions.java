package dev.vitals.health;

import dev.vitals.health.internal.Require;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How one check is run and counted; filled in while the check is registered. Not thread-safe.
 *
 * <p>Every method refuses a value outside of its bounds with an {@link IllegalArgumentException} that names the option,
 * the value and the bounds.
 */
public final class CheckOptions {
    /** Time between starts, unless said otherwise: 10 s. */
    public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(10);

    /** Time allowed for one run, unless said otherwise: 2 s. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(2);

    private static final Duration MIN_INTERVAL = Duration.ofMillis(100);
    private static final Duration MIN_TIMEOUT = Duration.ofMillis(1);
    private static final Duration MAX_TIMEOUT = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration MAX_MAX_AGE = Duration.ofDays(30);
    private static final int MAX_TYPE_LENGTH = 100;

    Duration interval = DEFAULT_INTERVAL;
    Duration timeout = DEFAULT_TIMEOUT;

    @Nullable
    Duration initialDelay;

    @Nullable
    Duration maxAge;

    int failureThreshold = StateMachine.DEFAULT_FAILURE_THRESHOLD;
    int successThreshold = StateMachine.DEFAULT_SUCCESS_THRESHOLD;
    boolean critical = true;
    boolean enabled = true;
    boolean onRequest;
    boolean interruptOnTimeout;

    @Nullable
    String componentType;

    final Set<String> groups = new LinkedHashSet<>();
    final List<URI> affectedEndpoints = new ArrayList<>();
    final Map<String, URI> links = new LinkedHashMap<>();

    CheckOptions() {}

    /** Time between two starts; default 10 s, from 100 ms to 1 day. */
    public CheckOptions interval(Duration interval) {
        this.interval = Require.range("interval", interval, MIN_INTERVAL, DAY);
        return this;
    }

    /** Time before the first start; default next to none, a few ms after the check before it; from 0 to 1 day. */
    public CheckOptions initialDelay(Duration initialDelay) {
        this.initialDelay = Require.range("initialDelay", initialDelay, Duration.ZERO, DAY);
        return this;
    }

    /** Time allowed for one run, waiting for a thread included; default 2 s, from 1 ms to 1 hour. */
    public CheckOptions timeout(Duration timeout) {
        this.timeout = Require.range("timeout", timeout, MIN_TIMEOUT, MAX_TIMEOUT);
        return this;
    }

    /** How old a result may be before the state is UNKNOWN; default 2 x interval + timeout, from 1 ms to 30 days. */
    public CheckOptions maxAge(Duration maxAge) {
        this.maxAge = Require.range("maxAge", maxAge, MIN_TIMEOUT, MAX_MAX_AGE);
        return this;
    }

    /** ERRORs in a row that make the check UNHEALTHY; default 3, from 1 to 1,000. */
    public CheckOptions failureThreshold(int failureThreshold) {
        this.failureThreshold = Require.range("failureThreshold", failureThreshold, 1, StateMachine.MAX_THRESHOLD);
        return this;
    }

    /** Passes in a row that make the check HEALTHY again; default 1, from 1 to 1,000. */
    public CheckOptions successThreshold(int successThreshold) {
        this.successThreshold = Require.range("successThreshold", successThreshold, 1, StateMachine.MAX_THRESHOLD);
        return this;
    }

    /** Whether its failure fails the report (default), or only warns. */
    public CheckOptions critical(boolean critical) {
        this.critical = critical;
        return this;
    }

    /** Whether the check is there at all; default true. A disabled check is never run nor shown. */
    public CheckOptions enabled(boolean enabled) {
        this.enabled = enabled;
        return this;
    }

    /** Adds the check to groups: {@code live}, {@code ready}, {@code startup}, or names of your own. */
    public CheckOptions groups(String... groups) {
        for (String group : groups) {
            this.groups.add(Require.name("group", group));
        }
        return this;
    }

    /**
     * Runs the check only when somebody asks, and lets them wait for it: one run for all who wait, at most one start a
     * second, never longer than the timeout. Default is to run in the background.
     */
    public CheckOptions onRequest() {
        this.onRequest = true;
        return this;
    }

    /** Whether the worker thread is interrupted at the timeout; default false, for it can harm shared clients. */
    public CheckOptions interruptOnTimeout(boolean interruptOnTimeout) {
        this.interruptOnTimeout = interruptOnTimeout;
        return this;
    }

    /** The draft's {@code componentType}: {@code component}, {@code datastore}, {@code system}, or a word or URI. */
    public CheckOptions componentType(String componentType) {
        this.componentType = Require.text("componentType", componentType, MAX_TYPE_LENGTH);
        return this;
    }

    /** Adds endpoints of this service that suffer when the check fails; shown when it does not pass. */
    public CheckOptions affectedEndpoints(URI... endpoints) {
        for (URI endpoint : endpoints) {
            affectedEndpoints.add(Objects.requireNonNull(endpoint, "endpoint"));
        }
        return this;
    }

    /** Adds a link about the checked component, such as {@code about} to its manual. */
    public CheckOptions link(String relation, URI target) {
        links.put(Require.name("relation", relation), Objects.requireNonNull(target, "target"));
        return this;
    }
}
