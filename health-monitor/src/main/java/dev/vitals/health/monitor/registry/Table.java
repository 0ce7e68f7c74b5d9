package dev.vitals.health.monitor.registry;

import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.Tracked;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** What everybody may read: only what is stored. Written by the recorder's thread alone, and once by loading. */
final class Table {
    private final ConcurrentSkipListMap<TargetId, Tracked> targets = new ConcurrentSkipListMap<>();

    @Nullable
    Tracked get(TargetId id) {
        return targets.get(id);
    }

    List<Tracked> all() {
        return List.copyOf(targets.values());
    }

    void put(Tracked tracked) {
        targets.put(tracked.id(), tracked);
    }

    void remove(TargetId id) {
        targets.remove(id);
    }
}
