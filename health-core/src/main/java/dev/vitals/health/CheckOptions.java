package dev.vitals.health;

import dev.vitals.health.internal.Require;
import dev.vitals.health.internal.engine.StateMachine;
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
 * How one check is run and counted; filled in while the check is registered, and closed afterwards. Not thread-safe.
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

    private boolean inUse;

    Duration interval = DEFAULT_INTERVAL;
    Duration timeout = DEFAULT_TIMEOUT;

    @Nullable
    Duration initialDelay;

    @Nullable
    Duration failingInterval;

    @Nullable
    Duration maxAge;

    @Nullable
    Duration unhealthyAfter;

    @Nullable
    Duration sharedFor;

    @Nullable
    FlapRule flapRule;

    int failureThreshold = StateMachine.DEFAULT_FAILURE_THRESHOLD;
    int successThreshold = StateMachine.DEFAULT_SUCCESS_THRESHOLD;
    boolean critical = true;
    boolean shared;
    boolean enabled = true;
    boolean onRequest;
    boolean interruptOnTimeout;

    @Nullable
    Boolean remote;

    @Nullable
    String componentType;

    final Map<String, Boolean> criticalIn = new LinkedHashMap<>();
    final Set<String> groups = new LinkedHashSet<>();
    final Set<String> dependencies = new LinkedHashSet<>();
    final List<URI> affectedEndpoints = new ArrayList<>();
    final Map<String, URI> links = new LinkedHashMap<>();

    CheckOptions() {}

    /**
     * Time between two starts; default 10 s, from 100 ms to 1 day. A start may be late by 50 ms, or by a hundredth of an
     * interval shorter than 5 s, to be together with others; and by {@link HealthBuilder#jitter}.
     */
    public CheckOptions interval(Duration interval) {
        open().interval = Require.range("interval", interval, MIN_INTERVAL, DAY);
        return this;
    }

    /** Time between two starts while the latest outcome is not OK; default is the interval, from 100 ms to 1 day. */
    public CheckOptions failingInterval(Duration failingInterval) {
        open().failingInterval = Require.range("failingInterval", failingInterval, MIN_INTERVAL, DAY);
        return this;
    }

    /** Time before the first start; default next to none, a few ms after the check before it; from 0 to 1 day. */
    public CheckOptions initialDelay(Duration initialDelay) {
        open().initialDelay = Require.range("initialDelay", initialDelay, Duration.ZERO, DAY);
        return this;
    }

    /** Time allowed for one run, waiting for a thread included; default 2 s, from 1 ms to 1 hour. */
    public CheckOptions timeout(Duration timeout) {
        open().timeout = Require.range("timeout", timeout, MIN_TIMEOUT, MAX_TIMEOUT);
        return this;
    }

    /** How old a result may be before the state is UNKNOWN; default 2 x interval + timeout, from 1 ms to 30 days. */
    public CheckOptions maxAge(Duration maxAge) {
        open().maxAge = Require.range("maxAge", maxAge, MIN_TIMEOUT, MAX_MAX_AGE);
        return this;
    }

    /** ERRORs in a row that make the check UNHEALTHY; default 3, from 1 to 1,000. */
    public CheckOptions failureThreshold(int failureThreshold) {
        open().failureThreshold = Require.range("failureThreshold", failureThreshold, 1, StateMachine.MAX_THRESHOLD);
        return this;
    }

    /** Passes in a row that make the check HEALTHY again; default 1, from 1 to 1,000. */
    public CheckOptions successThreshold(int successThreshold) {
        open().successThreshold = Require.range("successThreshold", successThreshold, 1, StateMachine.MAX_THRESHOLD);
        return this;
    }

    /**
     * How long the ERRORs in a row must go on, besides reaching the failure threshold, before the check is UNHEALTHY;
     * default is not at all, from 1 ms to 1 day. Until then it is DEGRADED.
     */
    public CheckOptions unhealthyAfter(Duration unhealthyAfter) {
        open().unhealthyAfter = Require.range("unhealthyAfter", unhealthyAfter, MIN_TIMEOUT, DAY);
        return this;
    }

    /**
     * Holds the state at DEGRADED while it would change so often; off by default.
     *
     * @param changes changes of state that count as flapping, from 3 to 100
     * @param within the time in which they happen, from 1 s to 1 day
     */
    public CheckOptions flapping(int changes, Duration within) {
        open().flapRule = new FlapRule(changes, within);
        return this;
    }

    /** Whether its failure fails the report (default), or only warns. */
    public CheckOptions critical(boolean critical) {
        open().critical = critical;
        return this;
    }

    /** The same for the report of one group alone; goes before {@link #critical(boolean)} there. */
    public CheckOptions critical(String group, boolean critical) {
        open().criticalIn.put(Require.name("group", group), critical);
        return this;
    }

    /**
     * Says that all replicas of this service share what is checked. Then its failure only warns, in every report: it
     * must not take all of them out of rotation at once, where there would be nobody left to answer.
     */
    public CheckOptions shared() {
        open().shared = true;
        return this;
    }

    /** The same, but once it has been failing for that long it counts in full; from 1 ms to 1 day. */
    public CheckOptions shared(Duration failsAfter) {
        open().sharedFor = Require.range("failsAfter", failsAfter, MIN_TIMEOUT, DAY);
        return shared();
    }

    /** Names checks without which this one makes no sense: while one of them is UNHEALTHY, this one is blocked. */
    public CheckOptions dependsOn(String... names) {
        for (String name : names) {
            open().dependencies.add(Require.name("dependsOn", name));
        }
        return this;
    }

    /** Whether it looks at something outside of this machine; default is what the check says of itself. */
    public CheckOptions remote(boolean remote) {
        open().remote = remote;
        return this;
    }

    /** Whether the check is there at all; default true. A disabled check is never run nor shown. */
    public CheckOptions enabled(boolean enabled) {
        open().enabled = enabled;
        return this;
    }

    /** Adds the check to groups: {@code live}, {@code ready}, {@code startup}, or names of your own. */
    public CheckOptions groups(String... groups) {
        for (String group : groups) {
            open().groups.add(Require.name("group", group));
        }
        return this;
    }

    /**
     * Runs the check only when somebody asks, and lets them wait for it: one run for all who wait, at most one start a
     * second, never longer than the timeout. Default is to run in the background.
     */
    public CheckOptions onRequest() {
        open().onRequest = true;
        return this;
    }

    /** Whether the worker thread is interrupted at the timeout; default false, for it can harm shared clients. */
    public CheckOptions interruptOnTimeout(boolean interruptOnTimeout) {
        open().interruptOnTimeout = interruptOnTimeout;
        return this;
    }

    /** The draft's {@code componentType}: {@code component}, {@code datastore}, {@code system}, or a word or URI. */
    public CheckOptions componentType(String componentType) {
        open().componentType = Require.text("componentType", componentType, MAX_TYPE_LENGTH);
        return this;
    }

    /** Adds endpoints of this service that suffer when the check fails; shown when it does not pass. */
    public CheckOptions affectedEndpoints(URI... endpoints) {
        for (URI endpoint : endpoints) {
            open().affectedEndpoints.add(Objects.requireNonNull(endpoint, "endpoint"));
        }
        return this;
    }

    /** Adds a link about the checked component, such as {@code about} to its manual. */
    public CheckOptions link(String relation, URI target) {
        open().links.put(Require.name("relation", relation), Objects.requireNonNull(target, "target"));
        return this;
    }

    private CheckOptions open() {
        if (inUse) {
            throw new IllegalStateException("the check is registered: its options cannot be changed any more");
        }
        return this;
    }

    void close() {
        inUse = true;
    }
}
