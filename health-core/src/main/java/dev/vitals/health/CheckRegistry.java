package dev.vitals.health;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** The runners of all registered checks, by name. Thread-safe. */
final class CheckRegistry {
    private final Engine engine;
    private final Set<String> allowedInLive;
    private final ConcurrentHashMap<String, CheckRunner> runners = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private volatile boolean closed;

    CheckRegistry(Engine engine, Set<String> allowedInLive) {
        this.engine = engine;
        this.allowedInLive = Set.copyOf(allowedInLive);
    }

    /** Adds checks that may depend on each other and on those that are there; all of them or none. */
    void addAll(Collection<CheckDefinition> definitions) {
        List<CheckDefinition> enabled = new ArrayList<>();
        for (CheckDefinition definition : definitions) {
            if (definition.enabled()) {
                LivenessRule.check(definition, allowedInLive);
                enabled.add(definition);
            }
        }
        List<CheckDefinition> all = new ArrayList<>(enabled);
        for (CheckRunner runner : runners.values()) {
            all.add(runner.definition());
        }
        Dependencies.check(all);
        for (CheckDefinition definition : enabled) {
            add(definition);
        }
    }

    private void add(CheckDefinition definition) {
        CheckRunner runner = new CheckRunner(definition, engine, count.getAndIncrement());
        if (runners.putIfAbsent(definition.name(), runner) != null) {
            throw taken(definition.name());
        }
        engine.board().add(definition);
        runner.begin();
        // Somebody may have removed it, or closed, since it was put into the map: then they missed the rest.
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

    boolean isTaken(String name) {
        return runners.containsKey(name);
    }

    /** Removes the check of that name if it is still that one. */
    void remove(String name, HealthCheck check) {
        CheckRunner runner = runners.get(name);
        if (runner != null && runner.definition().check() == check) {
            remove(name);
        }
    }

    boolean remove(String name) {
        CheckRunner runner = runners.remove(name);
        if (runner == null) {
            return false;
        }
        runner.close();
        engine.board().remove(runner.definition());
        return true;
    }

    /** Starts what is wanted, all before the first is waited for, and waits. */
    void refresh(Predicate<CheckResult> wanted) {
        request(wanted).forEach(CheckRun::await);
    }

    /** Starts what is wanted; completes once all of it has settled. */
    CompletableFuture<Void> refreshAsync(Predicate<CheckResult> wanted) {
        return CompletableFuture.allOf(
                request(wanted).stream().map(CheckRun::end).toArray(CompletableFuture[]::new));
    }

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

    /** Lets a check look as soon as possible; harmless if there is none of that name. */
    void soon(String name) {
        CheckRunner runner = runners.get(name);
        if (runner != null) {
            runner.soon();
        }
    }

    /** Lets checks that were blocked look again at once when something that they depend on has changed. */
    void wakeDependents(List<Change> changes) {
        for (CheckResult result : engine.board().current().checks()) {
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
        runners.values().forEach(CheckRunner::close);
    }

    boolean isClosed() {
        return closed;
    }
}
