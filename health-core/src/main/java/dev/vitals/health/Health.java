package dev.vitals.health;

import dev.vitals.health.internal.DurationText;
import dev.vitals.health.internal.Threads;
import dev.vitals.health.internal.WorkerPool;
import dev.vitals.health.internal.engine.HealthView;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checks of one application: runs them in the background, and answers from memory.
 *
 * <p>Thread-safe. Reading a report runs no check and takes no lock. {@link #close()} ends the background runs; every report
 * that is read afterwards is fail, and every check UNKNOWN.
 */
public final class Health implements AutoCloseable {
    /** The group for checks whose failure only a restart of this process mends. */
    public static final String LIVE = "live";

    /** The group for checks that must pass before requests are sent here. */
    public static final String READY = "ready";

    /** The group for checks that must pass once after the start. */
    public static final String STARTUP = "startup";

    private static final Logger log = LoggerFactory.getLogger(Health.class);

    private final ServiceInfo service;
    private final Engine engine;
    private final CheckRegistry registry;
    private final Draining draining;
    private final CheckSettings settings;
    // Ends what only this object uses.
    private final List<Runnable> endings = new CopyOnWriteArrayList<>();

    static {
        HealthView.Opener.set(health -> new EngineView(health.engine, health.registry, health.draining));
    }

    private Health(HealthBuilder builder, Engine engine) {
        this.service = builder.service;
        this.engine = engine;
        this.registry = new CheckRegistry(engine, builder.allowedInLive);
        this.draining = new Draining(engine);
        this.settings = builder.settings;
    }

    /** Returns a builder with no checks. */
    public static HealthBuilder builder() {
        return new HealthBuilder();
    }

    static Health start(HealthBuilder builder) {
        Scheduler scheduler = builder.scheduler != null ? builder.scheduler : Scheduler.daemon("health-scheduler");
        WorkerPool pool = Threads.workers("health-check-");
        Engine engine = Engine.of(builder, scheduler, builder.executor != null ? builder.executor : pool);
        Health health = new Health(builder, engine);
        if (builder.scheduler == null) {
            health.endings.add(scheduler::close);
        }
        health.endings.add(pool::close);
        try {
            for (HealthListener listener : builder.listeners) {
                health.addListener(listener);
            }
            for (StatusListener listener : builder.statusListeners) {
                health.addStatusListener(listener);
            }
            engine.publisher().whenChanged(health.registry::wakeDependents);
            engine.ages().whenAhead(slept -> engine.scheduler().schedule(() -> health.wake(slept), Duration.ZERO));
            health.registry.addAll(builder.checks.values().stream()
                    .map(health.settings::applyTo)
                    .toList());
        } catch (RuntimeException | Error refused) {
            health.close();
            throw refused;
        }
        if (builder.drainOnShutdown != null) {
            health.endings.add(ShutdownDrain.install(health.draining, builder.drainOnShutdown));
        }
        health.logFindings();
        return health;
    }

    private void wake(Duration slept) {
        if (slept.isZero()) {
            log.info("the wall clock was set forward; all checks run now");
        } else {
            String time = DurationText.print(slept.truncatedTo(ChronoUnit.SECONDS));
            log.warn("the machine slept for {}, so results are older by that much; all checks run now", time);
        }
        registry.runAll();
    }

    private void logFindings() {
        List<String> findings = lint();
        if (!findings.isEmpty()) {
            log.warn("settings that are probably unintended:\n  - {}", String.join("\n  - ", findings));
        }
    }

    /** Registers a check with default options while running. */
    public void register(String name, HealthCheck check) {
        register(name, check, options -> {});
    }

    /**
     * Registers a check while running; its first run starts at once.
     *
     * @throws IllegalArgumentException if the name is invalid or already in use, an option is out of its bounds, a
     *     dependency is missing or part of a cycle, or a check of something remote is in the group {@code live}
     * @throws IllegalStateException if closed
     */
    public void register(String name, HealthCheck check, Consumer<CheckOptions> options) {
        CheckDefinition definition = settings.applyTo(CheckDefinition.of(name, check, options));
        if (registry.isClosed()) {
            throw new IllegalStateException("check '" + name + "' cannot be registered: this Health is closed");
        }
        if (registry.isTaken(name)) {
            throw CheckRegistry.taken(name);
        }
        registry.addAll(List.of(definition));
    }

    /** Removes a check; the result of a run in progress is ignored. Returns whether there was a check of that name. */
    public boolean unregister(String name) {
        return registry.remove(Objects.requireNonNull(name, "name"));
    }

    /** Returns the description of the service itself. */
    public ServiceInfo service() {
        return service;
    }

    /** Returns the groups that can be asked for: {@link #LIVE}, {@link #READY}, {@link #STARTUP}, and those of checks. */
    public Set<String> groups() {
        return engine.publisher().current().groups();
    }

    /** Returns the report on all checks, from memory. */
    public HealthReport report() {
        return Objects.requireNonNull(engine.publisher().current().report(Snapshot.ALL));
    }

    /** Returns the report on one group, from memory; empty if no check belongs to a group of that name. */
    public Optional<HealthReport> report(String group) {
        if (group.isEmpty()) {
            return Optional.empty();
        }
        return Optional.ofNullable(engine.publisher().current().report(group));
    }

    /** Returns the latest result of one check, from memory; empty if there is no check of that name. */
    public Optional<CheckResult> check(String name) {
        return Optional.ofNullable(engine.publisher().current().result(Objects.requireNonNull(name, "name")));
    }

    /** Returns the latest changes of a check, oldest first, at most 50; empty if there were none. */
    public List<Change> history(String name) {
        return engine.publisher().changes().of(Objects.requireNonNull(name, "name"));
    }

    /** Adds a listener for the changes of checks from now on. */
    public void addListener(HealthListener listener) {
        engine.publisher().changes().add(listener);
    }

    /** Removes a listener; it may still get changes that wait for it. */
    public void removeListener(HealthListener listener) {
        engine.publisher().changes().remove(listener);
    }

    /** Adds a listener for the status of the report and of each group from now on. */
    public void addStatusListener(StatusListener listener) {
        engine.publisher().changes().add(listener, engine.publisher().current());
    }

    /** Removes a listener; it may still get changes that wait for it. */
    public void removeStatusListener(StatusListener listener) {
        engine.publisher().changes().remove(listener);
    }

    /** Returns settings that are allowed but probably unintended, one sentence each; empty if there are none. */
    public List<String> lint() {
        List<CheckDefinition> definitions = new ArrayList<>();
        for (CheckResult result : engine.publisher().current().checks()) {
            definitions.add(result.definition());
        }
        List<String> findings = new ArrayList<>(Lint.of(definitions));
        findings.addAll(settings.unused());
        return List.copyOf(findings);
    }

    /**
     * Runs one check now, whatever its schedule. The future completes with the check's result after that run, at its
     * timeout at the latest; it completes on the thread that settled the run.
     *
     * <p>A run in progress counts as this one. If no run may start, the future completes with the latest result: the last
     * run began less than a second ago, the check is blocked, or it hung and rests.
     *
     * @throws IllegalArgumentException if there is no check of that name
     */
    public CompletableFuture<CheckResult> run(String name) {
        if (!registry.isTaken(Objects.requireNonNull(name, "name"))) {
            throw new IllegalArgumentException("name must be that of a registered check, was '" + name + "'");
        }
        return registry.refreshAsync(result -> result.name().equals(name))
                .thenApply(settled -> check(name)
                        .orElseThrow(() -> new IllegalStateException("check '" + name + "' was removed meanwhile")));
    }

    /**
     * Runs the on-request checks among those and waits for them, for each no longer than its timeout. All who wait share
     * one run, and requests start a check at most once a second.
     */
    public void refresh(Predicate<CheckDefinition> which) {
        registry.refresh(CheckRegistry.onRequest(which));
    }

    /**
     * Runs the on-request checks among those, and the others whose result is older than {@code maxAge}; waits as
     * {@link #refresh(Predicate)} does, and has the same limits.
     */
    public void refresh(Predicate<CheckDefinition> which, Duration maxAge) {
        registry.refresh(registry.onRequestOrOlder(which, maxAge));
    }

    /** Returns the means to take this instance out of rotation before it stops. */
    public Draining draining() {
        return draining;
    }

    /**
     * Ends the background runs. Every report fails from now on, with the output "closed": nothing looks any more. Listeners
     * are told nothing of that, and of nothing afterwards. Does nothing when called again.
     *
     * <p>On return, no thread of this object is left but those on which checks or listeners are running at that moment; such
     * a thread ends when they are done. Waits up to a second for the scheduler's and the idle ones, not for a run in progress.
     */
    @Override
    public void close() {
        engine.publisher().close();
        registry.close();
        draining.close();
        endings.forEach(Runnable::run);
    }
}
