package dev.vitals.health.monitor.registry;

import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.WatchedTarget;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What everybody may read: only what is stored. Written by the recorder's thread alone, and once by loading. */
final class Table {
    private final ConcurrentHashMap<TargetId, WatchedTarget> targets = new ConcurrentHashMap<>();

    @Nullable
    WatchedTarget get(TargetId id) {
        return targets.get(id);
    }

    /** Returns all, in the order of their names. */
    List<WatchedTarget> all() {
        return targets.values().stream()
                .sorted(Comparator.comparing(WatchedTarget::id))
                .toList();
    }

    /** Returns all, in no order, without a copy: what changes meanwhile may be seen or not. */
    Collection<WatchedTarget> any() {
        return targets.values();
    }

    void put(WatchedTarget watched) {
        targets.put(watched.id(), watched);
    }

    void remove(TargetId id) {
        targets.remove(id);
    }
}
