package dev.vitals.health.monitor.store;

import dev.vitals.health.monitor.model.Change;
import dev.vitals.health.monitor.model.HostCheck;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.TargetState;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one transaction.
 *
 * @param removed targets to delete, with their states; their changes stay
 * @param saved targets that are new or have changed
 * @param states the newest state of each target that got a result, and of each new target
 * @param changes changes of states, the oldest first
 * @param history results and roll-ups
 * @param seen when targets were seen whose states are not written; null for nothing new
 * @param edits what people and apps changed beside the targets
 * @param alerts incidents and messages that follow from all this
 */
public record Batch(
        List<TargetId> removed,
        List<Target> saved,
        Map<TargetId, TargetState> states,
        List<Change> changes,
        HistoryRows history,
        LastSeen.@Nullable Row seen,
        Edits edits,
        AlertRows alerts) {
    /** Copies the collections. */
    public Batch {
        removed = List.copyOf(removed);
        saved = List.copyOf(saved);
        states = Map.copyOf(states);
        changes = List.copyOf(changes);
    }

    /** Makes a batch of targets, states and changes alone. */
    public Batch(List<TargetId> removed, List<Target> saved, Map<TargetId, TargetState> states, List<Change> changes) {
        this(removed, saved, states, changes, HistoryRows.NONE, null, Edits.NONE, AlertRows.NONE);
    }

    /**
     * The rows beside those of the targets.
     *
     * @param removedChecks host checks to delete
     * @param savedChecks host checks that are new or have changed
     * @param secrets all encrypted secrets of each of these owners; they replace those that the store has
     * @param rules what changes in channels, rules and expectations
     * @param audit entries of the audit log, the oldest first
     */
    public record Edits(
            List<TargetId> removedChecks,
            List<HostCheck> savedChecks,
            Map<String, List<SecretStore.SecretRow>> secrets,
            List<RuleStore.Edit> rules,
            List<AuditEntry> audit) {
        /** Nothing. */
        public static final Edits NONE = new Edits(List.of(), List.of(), Map.of(), List.of(), List.of());

        /** Copies the collections. */
        public Edits {
            removedChecks = List.copyOf(removedChecks);
            savedChecks = List.copyOf(savedChecks);
            secrets = Map.copyOf(secrets);
            rules = List.copyOf(rules);
            audit = List.copyOf(audit);
        }

        boolean isEmpty() {
            return removedChecks.isEmpty()
                    && savedChecks.isEmpty()
                    && secrets.isEmpty()
                    && rules.isEmpty()
                    && audit.isEmpty();
        }
    }

    /** Returns this batch with these results and roll-ups. */
    public Batch with(HistoryRows rows) {
        return new Batch(removed, saved, states, changes, rows, seen, edits, alerts);
    }

    /** Returns this batch with the times at which targets were seen. */
    public Batch with(LastSeen.@Nullable Row row) {
        return new Batch(removed, saved, states, changes, history, row, edits, alerts);
    }

    /** Returns this batch with these edits. */
    public Batch with(Edits other) {
        return new Batch(removed, saved, states, changes, history, seen, other, alerts);
    }

    /** Returns this batch with these incidents and messages. */
    public Batch with(AlertRows rows) {
        return new Batch(removed, saved, states, changes, history, seen, edits, rows);
    }

    /** Returns whether there is nothing to write. */
    public boolean isEmpty() {
        return removed.isEmpty()
                && saved.isEmpty()
                && states.isEmpty()
                && changes.isEmpty()
                && history.isEmpty()
                && seen == null
                && edits.isEmpty()
                && alerts.isEmpty();
    }
}
