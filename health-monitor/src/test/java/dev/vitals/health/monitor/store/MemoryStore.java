package dev.vitals.health.monitor.store;

import dev.vitals.health.monitor.model.Change;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.TargetState;
import dev.vitals.health.monitor.model.WatchedTarget;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A store that forgets everything at the end, and fails when told to. */
public final class MemoryStore implements Store {
    private final Map<TargetId, Target> targets = new TreeMap<>();
    private final Map<TargetId, TargetState> states = new HashMap<>();
    private final List<Change> changes = new ArrayList<>();
    private final MemoryHistory history = new MemoryHistory(changes);
    private int writes;
    private boolean failing;

    /** Fails every write from now on, or no longer. */
    public synchronized void failing(boolean now) {
        failing = now;
    }

    /** Returns how many batches were written. */
    public synchronized int writes() {
        return writes;
    }

    @Override
    public synchronized List<WatchedTarget> load() {
        return targets.values().stream()
                .map(target -> new WatchedTarget(
                        target, states.getOrDefault(target.id(), TargetState.start(target.registeredAt()))))
                .toList();
    }

    @Override
    public synchronized void write(Batch batch) {
        if (failing) {
            throw new IllegalStateException("the disk is full");
        }
        Map<TargetId, Target> after = new TreeMap<>(targets);
        batch.removed().forEach(after::remove);
        batch.saved().forEach(target -> after.put(target.id(), target));
        if (!after.keySet().containsAll(batch.states().keySet())) {
            throw new IllegalStateException("a state without a target");
        }
        targets.clear();
        targets.putAll(after);
        states.putAll(batch.states());
        states.keySet().retainAll(targets.keySet());
        changes.addAll(batch.changes());
        history.write(batch.history());
        writes++;
    }

    @Override
    public synchronized List<Change> changes(TargetId target, int limit) {
        List<Change> newest = new ArrayList<>(changes.stream()
                .filter(change -> change.target().equals(target))
                .toList());
        Collections.reverse(newest);
        return newest.subList(0, Math.min(limit, newest.size()));
    }

    @Override
    public HistoryStore history() {
        return history;
    }

    @Override
    public void ping() {}

    @Override
    public void close() {}
}
