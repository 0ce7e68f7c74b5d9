package dev.vitals.health;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides what follows from the dependencies between checks. Pure. */
final class Dependencies {
    private Dependencies() {}

    /** Refuses dependencies on missing checks, and cycles. */
    static void check(Collection<CheckDefinition> definitions) {
        Map<String, CheckDefinition> byName = new HashMap<>();
        for (CheckDefinition definition : definitions) {
            byName.put(definition.name(), definition);
        }
        Set<String> done = new HashSet<>();
        for (CheckDefinition definition : definitions) {
            visit(definition, byName, done, new ArrayDeque<>());
        }
    }

    private static void visit(
            CheckDefinition definition, Map<String, CheckDefinition> byName, Set<String> done, Deque<String> path) {
        if (path.contains(definition.name())) {
            path.addLast(definition.name());
            throw new IllegalArgumentException("dependsOn must not form a cycle, was " + String.join(" -> ", path));
        }
        if (done.contains(definition.name())) {
            return;
        }
        path.addLast(definition.name());
        for (String name : definition.dependencies()) {
            CheckDefinition dependency = byName.get(name);
            if (dependency == null) {
                throw new IllegalArgumentException("dependsOn of check '" + definition.name()
                        + "' must name a registered check, was '" + name + "'");
            }
            visit(dependency, byName, done, path);
        }
        path.removeLast();
        done.add(definition.name());
    }

    /** Returns the root cause that blocks this check: the first dependency that is down, or what blocks that one. */
    static @Nullable String causeOf(CheckDefinition definition, Snapshot snapshot) {
        for (String name : definition.dependencies()) {
            CheckResult result = snapshot.result(name);
            if (result != null && result.blockedBy().isPresent()) {
                return result.blockedBy().get();
            }
            if (result != null && result.state() == State.UNHEALTHY) {
                return name;
            }
        }
        return null;
    }
}
