package dev.vitals.health;

import dev.vitals.health.internal.Require;
import dev.vitals.health.internal.Threads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checks of one application: runs them in the background, and answers from memory.
 *
 * <p>Thread-safe. Reading a report runs no check and takes no lock. {@link #close()} ends the background runs; what is
 * read afterwards grows old and becomes UNKNOWN.
 */
public final class Health implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Health.class);
    private static final int MAX_ANSWERS = 10_000;
    private static final Duration MAX_CAP = Duration.ofHours(1);

    private final ServiceInfo service;
    private final Engine engine;
    private final CheckRegistry runners;
    private final DrainConfirmation drainProof = new DrainConfirmation();
    private final boolean ownsScheduler;

    private Health(HealthBuilder builder, Engine engine) {
        this.service = builder.service;
        this.engine = engine;
        this.runners = new CheckRegistry(engine, builder.allowedInLive);
        this.ownsScheduler = builder.scheduler == null;
    }

    /** Returns a builder with no checks. */
    public static HealthBuilder builder() {
        return new HealthBuilder();
    }

    static Health start(HealthBuilder builder) {
        Scheduler scheduler = builder.scheduler != null ? builder.scheduler : Scheduler.daemon("health-scheduler");
        Executor workers = builder.executor != null ? builder.executor : Threads.workers("health-check-");
        Engine engine = Engine.of(builder, scheduler, workers);
        Health health = new Health(builder, engine);
        try {
            for (HealthListener listener : builder.listeners) {
                health.addListener(listener);
            }
            engine.board().whenChanged(health.runners::wakeDependents);
            health.runners.addAll(builder.checks.values());
        } catch (IllegalArgumentException refused) {
            health.close();
            throw refused;
        }
        health.warnOfFindings();
        return health;
    }

    private void warnOfFindings() {
        List<String> findings = lint();
        if (!findings.isEmpty()) {
            log.warn("settings that are hardly meant:\n  - {}", String.join("\n  - ", findings));
        }
    }

    /** Registers a check with default options while running. */
    public void register(String name, HealthCheck check) {
        register(name, check, options -> {});
    }

    /**
     * Registers a check while running; its first run starts at once.
     *
     * @throws IllegalArgumentException if the name is no name or is taken, an option is out of its bounds, a dependency
     *     is not there or leads back, or a check of something remote is in the group {@code live}
     * @throws IllegalStateException if closed
     */
    public void register(String name, HealthCheck check, Consumer<CheckOptions> options) {
        CheckDefinition definition = CheckDefinition.of(name, check, options);
        if (runners.isClosed()) {
            throw new IllegalStateException("check '" + name + "' cannot be registered: this Health is closed");
        }
        if (runners.isTaken(name)) {
            throw CheckRegistry.taken(name);
        }
        runners.addAll(List.of(definition));
    }

    /** Counts real calls under that name, with default settings: see {@link #recorder(String, Consumer)}. */
    public CallRecorder recorder(String name) {
        return recorder(name, settings -> {});
    }

    /**
     * Registers a check of how real calls end: those that the returned recorder counts.
     *
     * @throws IllegalArgumentException if the name is no name or is taken, or a setting is out of its bounds
     */
    public CallRecorder recorder(String name, Consumer<RecorderOptions> settings) {
        RecorderOptions options = new RecorderOptions();
        settings.accept(options);
        CallWindow window = new CallWindow(engine.scheduler(), options);
        register(name, window, InMemoryCheck.options(options.check));
        return new CallRecorder(window, () -> runners.remove(name, window));
    }

    /** Registers a check that fails unless it is told at least so often that all is well; from 1 s to 31 days. */
    public Heartbeat heartbeat(String name, Duration every) {
        return heartbeat(name, every, options -> {});
    }

    /**
     * Registers a check that fails unless it is told at least so often that all is well. Begins with a beat.
     *
     * @param every from 1 s to 31 days
     * @throws IllegalArgumentException if the name is no name or is taken, or a value is out of its bounds
     */
    public Heartbeat heartbeat(String name, Duration every, Consumer<CheckOptions> settings) {
        BeatCheck check = new BeatCheck(engine.scheduler(), every);
        register(name, check, InMemoryCheck.options(settings));
        return new Heartbeat(check, () -> runners.soon(name), () -> runners.remove(name, check));
    }

    /** Registers a check that is set by hand. */
    public ManualStatus manual(String name) {
        return manual(name, options -> {});
    }

    /**
     * Registers a check that is set by hand; OK at first.
     *
     * @throws IllegalArgumentException if the name is no name or is taken, or an option is out of its bounds
     */
    public ManualStatus manual(String name, Consumer<CheckOptions> settings) {
        ManualCheck check = new ManualCheck();
        register(name, check, InMemoryCheck.options(settings));
        return new ManualStatus(check, () -> runners.soon(name), () -> runners.remove(name, check));
    }

    /** Removes a check; a run under way comes back unheeded. Returns whether there was one of that name. */
    public boolean unregister(String name) {
        return runners.remove(Objects.requireNonNull(name, "name"));
    }

    /** Returns what is known of the service itself. */
    public ServiceInfo service() {
        return service;
    }

    /** Returns the groups that can be asked for: {@code live}, {@code ready}, {@code startup}, and those of checks. */
    public Set<String> groups() {
        return engine.board().current().groups();
    }

    /** Returns the report on all checks, from memory. */
    public HealthReport report() {
        return Objects.requireNonNull(engine.board().current().report(Snapshot.ALL));
    }

    /** Returns the report on one group, from memory; empty if no check belongs to a group of that name. */
    public Optional<HealthReport> report(String group) {
        if (group.isEmpty()) {
            return Optional.empty();
        }
        return Optional.ofNullable(engine.board().current().report(group));
    }

    /** Returns the latest result of one check, from memory; empty if there is no such check. */
    public Optional<CheckResult> check(String name) {
        return Optional.ofNullable(engine.board().current().result(Objects.requireNonNull(name, "name")));
    }

    /** Returns the latest changes of a check, oldest first, at most 50; empty if there were none. */
    public List<Change> history(String name) {
        return engine.board().changes().of(Objects.requireNonNull(name, "name"));
    }

    /** Adds somebody to be told of changes from now on. */
    public void addListener(HealthListener listener) {
        engine.board().changes().add(listener, engine.workers());
    }

    /** Removes a listener; a change that waits for it may still be told. */
    public void removeListener(HealthListener listener) {
        engine.board().changes().remove(listener);
    }

    /** Returns settings that are allowed and yet hardly meant, a sentence each; empty if all is well. */
    public List<String> lint() {
        List<CheckDefinition> definitions = new ArrayList<>();
        for (CheckResult result : engine.board().current().checks()) {
            definitions.add(result.definition());
        }
        return Lint.of(definitions);
    }

    /**
     * Runs the on-request checks among those and waits for them, for each no longer than its timeout. Everybody who
     * waits shares one run, and a check is started by requests at most once a second.
     */
    public void refresh(Predicate<CheckDefinition> which) {
        runners.refresh(onRequest(which));
    }

    /**
     * Does what {@link #refresh(Predicate)} does, but waits for nothing: completes when that would return, on the thread
     * that settled the last run, so hand what follows to an executor of yours.
     */
    public CompletableFuture<Void> refreshAsync(Predicate<CheckDefinition> which) {
        return runners.refreshAsync(onRequest(which));
    }

    private static Predicate<CheckResult> onRequest(Predicate<CheckDefinition> which) {
        return result -> result.definition().onRequest() && which.test(result.definition());
    }

    /**
     * Runs the on-request checks among those, and the others whose result is older than {@code maxAge}; waits and
     * limits as {@link #refresh(Predicate)}.
     */
    public void refresh(Predicate<CheckDefinition> which, Duration maxAge) {
        runners.refresh(olderThan(maxAge, which));
    }

    /** Does what {@link #refresh(Predicate, Duration)} does, as {@link #refreshAsync(Predicate)}. */
    public CompletableFuture<Void> refreshAsync(Predicate<CheckDefinition> which, Duration maxAge) {
        return runners.refreshAsync(olderThan(maxAge, which));
    }

    private Predicate<CheckResult> olderThan(Duration maxAge, Predicate<CheckDefinition> which) {
        long now = engine.scheduler().nanoTime();
        return result ->
                (result.definition().onRequest() || result.olderThan(maxAge, now)) && which.test(result.definition());
    }

    /** Returns how long the report holds if nothing new comes: until its first result is too old; 0 if one is. */
    public Duration freshFor(HealthReport report) {
        return left(report.freshUntilNanos());
    }

    /** Returns how long the result holds if nothing new comes: until it is older than the max age; 0 if it is. */
    public Duration freshFor(CheckResult result) {
        return left(result.freshUntilNanos(engine.scheduler().nanoTime()));
    }

    /** Returns how long ago the latest run of that check ended, by elapsed time, if there was one. */
    public Optional<Duration> age(CheckResult result) {
        return result.age(engine.scheduler().nanoTime());
    }

    /** Returns how long that drain goes on if nobody ends it; 0 if it is over. */
    public Duration left(Drain drain) {
        return left(drain.untilNanos());
    }

    private Duration left(long untilNanos) {
        return Duration.ofNanos(Math.max(0, untilNanos - engine.scheduler().nanoTime()));
    }

    /**
     * Takes this instance out of rotation: {@code ready} fails with {@code Retry-After}, everything else stays as it is.
     * Ends by itself; takes the place of an earlier drain.
     *
     * @param reason why, for people; 1 to 200 characters
     * @param by who asked for it; 1 to 200 characters
     * @param time how long at most, from 1 s to 1 day
     * @throws IllegalArgumentException if a value is out of its bounds
     */
    public Drain drain(String reason, String by, Duration time) {
        Drain drain =
                Drain.of(reason, by, time, engine.now(), engine.scheduler().nanoTime());
        engine.board().drain(drain);
        log.info("{}", drain);
        return drain;
    }

    /** Ends a drain; harmless if there is none. */
    public void endDrain() {
        engine.board().drain(null);
    }

    /** Returns the drain that is in force, if there is one. */
    public Optional<Drain> drain() {
        return Optional.ofNullable(engine.board().current().drain());
    }

    /**
     * Completes with true once probers have been told so many times that this instance is not ready, or with false
     * after the cap: the time to stop serving. Blocks nobody.
     *
     * @param answers failing answers of {@code /_health/ready} from now on, from 1 to 10,000
     * @param cap how long at most, up to 1 hour
     * @throws IllegalArgumentException if a value is out of its bounds
     */
    public CompletableFuture<Boolean> drained(int answers, Duration cap) {
        Require.range("answers", answers, 1, MAX_ANSWERS);
        Require.range("cap", cap, Duration.ZERO, MAX_CAP);
        return drainProof.await(answers, cap, engine.scheduler());
    }

    /** Takes note that a prober was told of a failing {@code ready}; called by endpoints. */
    public void answeredNotReady() {
        drainProof.answered();
    }

    /** Ends the background runs. A run under way comes back unheeded. Harmless when called again. */
    @Override
    public void close() {
        runners.close();
        if (ownsScheduler) {
            engine.scheduler().close();
        }
    }
}
