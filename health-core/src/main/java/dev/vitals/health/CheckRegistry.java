package dev.vitals.health;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The runners of all registered checks, by name. Thread-safe. */
final class CheckRegistry {
    private static final Logger log = LoggerFactory.getLogger(Health.class);

    private final Engine engine;
    private final Set<String> allowedInLive;
    private final ConcurrentHashMap<String, CheckRunner> runners = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private volatile boolean closed;

    CheckRegistry(Engine engine, Set<String> allowedInLive) {
        this.engine = engine;
        this.allowedInLive = Set.copyOf(allowedInLive);
    }

    /** Adds checks that may depend on each other and on registered ones. They are shown together, and then begin. */
    void addAll(Collection<CheckDefinition> definitions) {
        List<CheckDefinition> enabled = new ArrayList<>();
        for (CheckDefinition definition : definitions) {
            if (definition.enabled()) {
                checkLiveness(definition);
                enabled.add(definition);
            }
        }
        List<CheckDefinition> all = new ArrayList<>(enabled);
        for (CheckRunner runner : runners.values()) {
            all.add(runner.definition());
        }
        Dependencies.check(all);
        List<CheckRunner> added = new ArrayList<>();
        for (CheckDefinition definition : enabled) {
            added.add(add(definition));
        }
        engine.publisher().add(enabled);
        for (CheckRunner runner : added) {
            begin(runner);
        }
    }

    private void checkLiveness(CheckDefinition definition) {
        if (definition.remote() && definition.isIn(Health.LIVE) && !allowedInLive.contains(definition.name())) {
            throw new IllegalArgumentException("groups of check '" + definition.name()
                    + "' must not contain 'live', was "
                    + definition.groups() + ": the check looks at something remote, and a restart of this process"
                    + " would not mend that; use 'ready', or allowRemoteInLive(\"" + definition.name() + "\")");
        }
    }

    private CheckRunner add(CheckDefinition definition) {
        CheckRunner runner = new CheckRunner(definition, engine, count.getAndIncrement());
        if (definition.check() instanceof InMemoryCheck check && !check.attach(runner, engine.ages())) {
            throw new IllegalArgumentException(
                    "check '" + definition.name() + "' must not be registered twice at the same time");
        }
        if (runners.putIfAbsent(definition.name(), runner) != null) {
            detach(definition);
            throw taken(definition.name());
        }
        return runner;
    }

    private void begin(CheckRunner runner) {
        runner.begin();
        // Somebody may have removed it, or closed everything, since it was put into the map: then they missed the rest.
        if (closed) {
            runner.close();
        }
        if (runners.get(runner.definition().name()) != runner) {
            runner.close();
            engine.publisher().remove(runner.definition());
        }
    }

    static IllegalArgumentException taken(String name) {
        return new IllegalArgumentException("name must be unique, was '" + name + "', which is registered already");
    }

    boolean isTaken(String name) {
        return runners.containsKey(name);
    }

    boolean remove(String name) {
        CheckRunner runner = runners.remove(name);
        if (runner == null) {
            return false;
        }
        end(runner);
        engine.publisher().remove(runner.definition());
        return true;
    }

    private static void detach(CheckDefinition definition) {
        if (definition.check() instanceof InMemoryCheck check) {
            check.detach();
        }
    }

    private static void end(CheckRunner runner) {
        runner.close();
        detach(runner.definition());
        try {
            runner.definition().check().unregistered();
        } catch (Throwable t) {
            // The check is the user's code; the others must end, too.
            log.warn(
                    "check {} failed to give back what it keeps",
                    runner.definition().name(),
                    t);
        }
    }

    /** Selects the on-request checks among those. */
    static Predicate<CheckResult> onRequest(Predicate<CheckDefinition> which) {
        return result -> result.definition().onRequest() && which.test(result.definition());
    }

    /** Selects the on-request checks among those, and the others whose result is older than {@code maxAge}. */
    Predicate<CheckResult> onRequestOrOlder(Predicate<CheckDefinition> which, Duration maxAge) {
        long now = engine.ages().nanoTime();
        return result ->
                (result.definition().onRequest() || result.olderThan(maxAge, now)) && which.test(result.definition());
    }

    /** Returns when that result may change next, in the time of the age clock. */
    long nextChangeNanos(CheckResult result) {
        long now = engine.ages().nanoTime();
        CheckRunner runner = runners.get(result.name());
        return runner == null || !result.changesByItself() ? now : runner.nextChangeNanos(now);
    }

    /** Runs all checks at once that run in the background. */
    void runAll() {
        runners.values().forEach(CheckRunner::soon);
    }

    /** Starts the selected checks, all of them before it waits for the first, and waits. */
    void refresh(Predicate<CheckResult> selected) {
        request(selected).forEach(CheckRun::awaitSettled);
    }

    /** Starts the selected checks; completes once all of them have settled. */
    CompletableFuture<Void> refreshAsync(Predicate<CheckResult> selected) {
        return CompletableFuture.allOf(
                request(selected).stream().map(CheckRun::whenSettled).toArray(CompletableFuture[]::new));
    }

    private List<CheckRun> request(Predicate<CheckResult> selected) {
        List<CheckRun> runs = new ArrayList<>();
        for (CheckResult result : engine.publisher().current().checks()) {
            CheckRunner runner = selected.test(result) ? runners.get(result.name()) : null;
            CheckRun run = runner == null ? null : runner.request();
            if (run != null) {
                runs.add(run);
            }
        }
        return runs;
    }

    /** Runs checks that were blocked at once when a check that they depend on has changed. */
    void wakeDependents(List<Change> changes) {
        for (CheckResult result : engine.publisher().current().checks()) {
            boolean concerned = result.blockedBy().isPresent()
                    && changes.stream().anyMatch(change -> concerns(change, result.definition()));
            CheckRunner runner = concerned ? runners.get(result.name()) : null;
            if (runner != null) {
                runner.soon();
            }
        }
    }

    private static boolean concerns(Change change, CheckDefinition definition) {
        return change.from() == State.UNHEALTHY || definition.dependencies().contains(change.check());
    }

    void close() {
        closed = true;
        runners.values().forEach(CheckRegistry::end);
    }

    boolean isClosed() {
        return closed;
    }
}
