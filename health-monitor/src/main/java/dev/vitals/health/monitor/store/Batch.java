package dev.vitals.health.monitor.store;

import dev.vitals.health.monitor.model.Change;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.TargetState;
import java.util.List;
import java.util.Map;

/**
 * What is written in one transaction.
 *
 * @param removed targets that are there no longer; their states go with them, their changes stay
 * @param saved targets that are new or have changed; a new one comes with a state
 * @param states the newest state of each target that got a result; each belongs to a target that is there
 * @param changes what is added to the history, the oldest first
 * @param history results and roll-ups
 */
public record Batch(
        List<TargetId> removed,
        List<Target> saved,
        Map<TargetId, TargetState> states,
        List<Change> changes,
        HistoryRows history) {
    /** Copies the collections. */
    public Batch {
        removed = List.copyOf(removed);
        saved = List.copyOf(saved);
        states = Map.copyOf(states);
        changes = List.copyOf(changes);
    }

    /** Makes a batch without results and roll-ups. */
    public Batch(List<TargetId> removed, List<Target> saved, Map<TargetId, TargetState> states, List<Change> changes) {
        this(removed, saved, states, changes, HistoryRows.NONE);
    }

    /** Returns this batch with these results and roll-ups. */
    public Batch with(HistoryRows rows) {
        return new Batch(removed, saved, states, changes, rows);
    }

    /** Returns whether there is nothing to write. */
    public boolean isEmpty() {
        return removed.isEmpty() && saved.isEmpty() && states.isEmpty() && changes.isEmpty() && history.isEmpty();
    }
}
