package dev.vitals.health.monitor.registry;

import dev.vitals.health.monitor.model.HostCheck;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.WatchedTarget;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The targets and host checks that readers see: only what is stored. Written by the recorder's thread. */
final class Table {
    private final ConcurrentHashMap<TargetId, WatchedTarget> targets = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<TargetId, HostCheck> checks = new ConcurrentHashMap<>();

    @Nullable
    WatchedTarget get(TargetId id) {
        return targets.get(id);
    }

    /** Returns all targets, in the order of their names. */
    List<WatchedTarget> sorted() {
        return targets.values().stream()
                .sorted(Comparator.comparing(WatchedTarget::id))
                .toList();
    }

    /** Returns all targets without a copy, in no order; concurrent changes may or may not be visible. */
    Collection<WatchedTarget> all() {
        return targets.values();
    }

    void put(WatchedTarget watched) {
        targets.put(watched.id(), watched);
    }

    void remove(TargetId id) {
        targets.remove(id);
    }

    @Nullable
    HostCheck check(TargetId id) {
        return checks.get(id);
    }

    /** Returns all host checks without a copy, in no order. */
    Collection<HostCheck> checks() {
        return checks.values();
    }

    void put(HostCheck check) {
        checks.put(check.id(), check);
    }

    void removeCheck(TargetId id) {
        checks.remove(id);
    }
}
