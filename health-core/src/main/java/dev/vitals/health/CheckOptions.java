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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one check; they can be changed only while the check is being registered. Not thread-safe.
 *
 * <p>Every method refuses a value out of its bounds with an {@link IllegalArgumentException} that names the option, the
 * value and the bounds.
 */
public final class CheckOptions {
    /** The default time between two starts: 10 s. */
    public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(10);

    /** The default time allowed for one run: 2 s. */
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

    Thresholds.@Nullable FlapRule flapRule;

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
     * Time between two starts; default 10 s, from 100 ms to 1 day. A start may be late by {@link HealthBuilder#jitter}, and
     * by 50 ms, or a hundredth of an interval shorter than 5 s, so that several checks start together.
     */
    public CheckOptions interval(Duration interval) {
        open().interval = Require.range("interval", interval, MIN_INTERVAL, DAY);
        return this;
    }

    /** Time between two starts while the latest outcome is not OK; default as the interval, from 100 ms to 1 day. */
    public CheckOptions failingInterval(Duration failingInterval) {
        open().failingInterval = Require.range("failingInterval", failingInterval, MIN_INTERVAL, DAY);
        return this;
    }

    /** Time before the first start; default 10 ms for each check registered before it; from 0 to 1 day. */
    public CheckOptions initialDelay(Duration initialDelay) {
        open().initialDelay = Require.range("initialDelay", initialDelay, Duration.ZERO, DAY);
        return this;
    }

    /** Time allowed for one run, with the wait for a thread; default 2 s, from 1 ms to 1 hour. */
    public CheckOptions timeout(Duration timeout) {
        open().timeout = Require.range("timeout", timeout, MIN_TIMEOUT, MAX_TIMEOUT);
        return this;
    }

    /** Age from which a result makes the state UNKNOWN; default 2 x interval + timeout, from 1 ms to 30 days. */
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
     * How long the ERRORs in a row must last, besides reaching the failure threshold, before the check is UNHEALTHY. Until
     * then it is DEGRADED. Off by default; from 1 ms to 1 day.
     */
    public CheckOptions unhealthyAfter(Duration unhealthyAfter) {
        open().unhealthyAfter = Require.range("unhealthyAfter", unhealthyAfter, MIN_TIMEOUT, DAY);
        return this;
    }

    /**
     * Holds the state at DEGRADED while it changes too often; off by default.
     *
     * @param changes so many changes of state count as flapping, from 3 to 100
     * @param within if they happen within this time, from 1 s to 1 day
     */
    public CheckOptions flapping(int changes, Duration within) {
        open().flapRule = new Thresholds.FlapRule(changes, within);
        return this;
    }

    /** Whether the check's failure fails the report (default), or only makes it warn. */
    public CheckOptions critical(boolean critical) {
        open().critical = critical;
        return this;
    }

    /** The same for the report on one group; there it overrides {@link #critical(boolean)}. */
    public CheckOptions critical(String group, boolean critical) {
        open().criticalIn.put(Require.name("group", group), critical);
        return this;
    }

    /**
     * For a thing that all replicas of this service share, such as one database. Its failure only makes reports warn, so
     * that it does not take all replicas out of rotation at the same time.
     */
    public CheckOptions shared() {
        open().shared = true;
        return this;
    }

    /** The same, but after failing for that long it fails reports, too; from 1 ms to 1 day. */
    public CheckOptions shared(Duration failsAfter) {
        open().sharedFor = Require.range("failsAfter", failsAfter, MIN_TIMEOUT, DAY);
        return shared();
    }

    /** Names checks that this one needs: while one of them is UNHEALTHY, this one is blocked and does not run. */
    public CheckOptions dependsOn(String... names) {
        for (String name : names) {
            open().dependencies.add(Require.name("dependsOn", name));
        }
        return this;
    }

    /** Whether it looks at something outside of this machine; default {@link HealthCheck#remote}. */
    public CheckOptions remote(boolean remote) {
        open().remote = remote;
        return this;
    }

    /** Whether the check is registered at all; default true. A disabled check never runs and is not shown. */
    public CheckOptions enabled(boolean enabled) {
        open().enabled = enabled;
        return this;
    }

    /** Adds the check to groups: {@link Health#LIVE}, {@link Health#READY}, {@link Health#STARTUP}, or your own. */
    public CheckOptions groups(String... groups) {
        for (String group : groups) {
            open().groups.add(Require.name("group", group));
        }
        return this;
    }

    /**
     * Runs the check only when somebody asks, who waits for it: one run for all who wait, at most one start a second,
     * never longer than the timeout. By default checks run in the background.
     */
    public CheckOptions onRequest() {
        open().onRequest = true;
        return this;
    }

    /**
     * Whether the worker thread is interrupted at the timeout, or the stage of an asynchronous check is cancelled. Default
     * false, since it can harm clients that are shared.
     */
    public CheckOptions interruptOnTimeout(boolean interruptOnTimeout) {
        open().interruptOnTimeout = interruptOnTimeout;
        return this;
    }

    /** The draft's {@code componentType}: {@code component}, {@code datastore}, {@code system}, another word, or a URI. */
    public CheckOptions componentType(String componentType) {
        open().componentType = Require.text("componentType", componentType, MAX_TYPE_LENGTH);
        return this;
    }

    /** Adds endpoints of this service that the failure affects; shown while the check does not pass. */
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
            throw new IllegalStateException("the check is registered, so its options cannot be changed any more");
        }
        return this;
    }

    void close() {
        inUse = true;
    }

    /** Opens the options once more, for settings from outside the code. */
    void change(Consumer<CheckOptions> change) {
        inUse = false;
        try {
            change.accept(this);
        } finally {
            inUse = true;
        }
    }
}
