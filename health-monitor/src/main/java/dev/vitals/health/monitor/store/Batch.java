package dev.vitals.health.monitor.store;

import dev.vitals.health.monitor.model.Change;
import dev.vitals.health.monitor.model.HostCheck;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.TargetState;
import java.util.List;
import java.util.Map;

/**
 * The rows of one transaction.
 *
 * @param removed targets to delete, with their states; their changes stay
 * @param saved targets that are new or have changed
 * @param states the newest state of each target that got a result, and of each new target
 * @param changes changes of states, the oldest first
 * @param history results and roll-ups
 * @param edits what people and apps changed beside the targets
 */
public record Batch(
        List<TargetId> removed,
        List<Target> saved,
        Map<TargetId, TargetState> states,
        List<Change> changes,
        HistoryRows history,
        Edits edits) {
    /** Copies the collections. */
    public Batch {
        removed = List.copyOf(removed);
        saved = List.copyOf(saved);
        states = Map.copyOf(states);
        changes = List.copyOf(changes);
    }

    /** Makes a batch of targets, states and changes alone. */
    public Batch(List<TargetId> removed, List<Target> saved, Map<TargetId, TargetState> states, List<Change> changes) {
        this(removed, saved, states, changes, HistoryRows.NONE, Edits.NONE);
    }

    /**
     * The rows beside those of the targets.
     *
     * @param removedChecks host checks to delete
     * @param savedChecks host checks that are new or have changed
     * @param secrets all encrypted secrets of each of these targets; they replace those that the store has
     * @param audit entries of the audit log, the oldest first
     */
    public record Edits(
            List<TargetId> removedChecks,
            List<HostCheck> savedChecks,
            Map<TargetId, List<SecretStore.SecretRow>> secrets,
            List<AuditEntry> audit) {
        /** Nothing. */
        public static final Edits NONE = new Edits(List.of(), List.of(), Map.of(), List.of());

        /** Copies the collections. */
        public Edits {
            removedChecks = List.copyOf(removedChecks);
            savedChecks = List.copyOf(savedChecks);
            secrets = Map.copyOf(secrets);
            audit = List.copyOf(audit);
        }

        boolean isEmpty() {
            return removedChecks.isEmpty() && savedChecks.isEmpty() && secrets.isEmpty() && audit.isEmpty();
        }
    }

    /** Returns this batch with these results and roll-ups. */
    public Batch with(HistoryRows rows) {
        return new Batch(removed, saved, states, changes, rows, edits);
    }

    /** Returns this batch with these edits. */
    public Batch with(Edits other) {
        return new Batch(removed, saved, states, changes, history, other);
    }

    /** Returns whether there is nothing to write. */
    public boolean isEmpty() {
        return removed.isEmpty()
                && saved.isEmpty()
                && states.isEmpty()
                && changes.isEmpty()
                && history.isEmpty()
                && edits.isEmpty();
    }
}
