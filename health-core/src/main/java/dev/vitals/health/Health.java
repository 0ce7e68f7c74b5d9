package dev.vitals.health;

import dev.vitals.health.internal.Threads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The checks of one application: runs them in the background, and answers from memory.
 *
 * <p>Thread-safe. Reading a report runs no check and takes no lock. {@link #close()} ends the background runs; what is
 * read afterwards grows old and becomes UNKNOWN.
 */
public final class Health implements AutoCloseable {
    private final ServiceInfo service;
    private final Engine engine;
    private final boolean ownsScheduler;
    private final ConcurrentHashMap<String, CheckRunner> runners = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private volatile boolean closed;

    private Health(ServiceInfo service, Engine engine, boolean ownsScheduler) {
        this.service = service;
        this.engine = engine;
        this.ownsScheduler = ownsScheduler;
    }

    /** Returns a builder with no checks. */
    public static HealthBuilder builder() {
        return new HealthBuilder();
    }

    static Health start(HealthBuilder builder) {
        Scheduler scheduler = builder.scheduler != null ? builder.scheduler : Scheduler.daemon("health-scheduler");
        Executor workers = builder.executor != null ? builder.executor : Threads.workers("health-check-");
        Board board = new Board(scheduler, builder.clock);
        Engine engine = new Engine(scheduler, workers, board, builder.jitter);
        Health health = new Health(builder.service, engine, builder.scheduler == null);
        builder.checks.values().forEach(health::add);
        return health;
    }

    /** Registers a check with default options while running. */
    public void register(String name, HealthCheck check) {
        register(name, check, options -> {});
    }

    /**
     * Registers a check while running; its first run starts at once.
     *
     * @throws IllegalArgumentException if the name is no name or is taken, or an option is out of its bounds
     * @throws IllegalStateException if closed
     */
    public void register(String name, HealthCheck check, Consumer<CheckOptions> options) {
        CheckDefinition definition = CheckDefinition.of(name, check, options);
        if (closed) {
            throw new IllegalStateException("check '" + name + "' cannot be registered: this Health is closed");
        }
        add(definition);
    }

    /** Removes a check; a run under way comes back unheeded. Returns whether there was one of that name. */
    public boolean unregister(String name) {
        CheckRunner runner = runners.remove(Objects.requireNonNull(name, "name"));
        if (runner == null) {
            return false;
        }
        runner.close();
        engine.board().remove(runner.definition());
        return true;
    }

    private void add(CheckDefinition definition) {
        if (!definition.enabled()) {
            return;
        }
        CheckRunner runner = new CheckRunner(definition, engine, count.getAndIncrement());
        if (runners.putIfAbsent(definition.name(), runner) != null) {
            throw taken(definition.name());
        }
        engine.board().add(definition);
        runner.begin();
        // Somebody may have unregistered it, or closed, since it was put into the map: then they missed the rest.
        if (closed) {
            runner.close();
        }
        if (runners.get(definition.name()) != runner) {
            runner.close();
            engine.board().remove(definition);
        }
    }

    static IllegalArgumentException taken(String name) {
        return new IllegalArgumentException("name must be unique, was '" + name + "', which is registered already");
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

    /**
     * Runs the on-request checks among those and waits for them, for each no longer than its timeout. Everybody who
     * waits shares one run, and a check is started by requests at most once a second.
     */
    public void refresh(Predicate<CheckDefinition> which) {
        await(request(result -> result.definition().onRequest() && which.test(result.definition())));
    }

    /**
     * Runs the on-request checks among those, and the others whose result is older than {@code maxAge}; waits and
     * limits as {@link #refresh(Predicate)}.
     */
    public void refresh(Predicate<CheckDefinition> which, Duration maxAge) {
        long now = engine.scheduler().nanoTime();
        await(request(result ->
                (result.definition().onRequest() || result.olderThan(maxAge, now)) && which.test(result.definition())));
    }

    // All are started before the first is waited for, so that they run side by side.
    private List<CheckRun> request(Predicate<CheckResult> wanted) {
        List<CheckRun> runs = new ArrayList<>();
        for (CheckResult result : engine.board().current().checks()) {
            CheckRunner runner = wanted.test(result) ? runners.get(result.name()) : null;
            CheckRun run = runner == null ? null : runner.request();
            if (run != null) {
                runs.add(run);
            }
        }
        return runs;
    }

    private static void await(List<CheckRun> runs) {
        runs.forEach(CheckRun::await);
    }

    /** Returns how long the report holds if nothing new comes: until its first result is too old; 0 if one is. */
    public Duration freshFor(HealthReport report) {
        return left(report.freshUntilNanos());
    }

    /** Returns how long the result holds if nothing new comes: until it is older than the max age; 0 if it is. */
    public Duration freshFor(CheckResult result) {
        return left(result.freshUntilNanos(engine.scheduler().nanoTime()));
    }

    private Duration left(long untilNanos) {
        return Duration.ofNanos(Math.max(0, untilNanos - engine.scheduler().nanoTime()));
    }

    /** Ends the background runs. A run under way comes back unheeded. Harmless when called again. */
    @Override
    public void close() {
        closed = true;
        runners.values().forEach(CheckRunner::close);
        if (ownsScheduler) {
            engine.scheduler().close();
        }
    }
}
