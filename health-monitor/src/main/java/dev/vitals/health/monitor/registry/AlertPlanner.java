package dev.vitals.health.monitor.registry;

import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.store.AlertRows;
import java.util.Set;

/**
 * Makes the incidents and messages that follow from a transaction, so that they are stored with it. All calls come on the
 * recorder's thread. If the store fails, the same targets come again with the next transaction.
 */
public interface AlertPlanner {
    /** Makes nothing. */
    AlertPlanner NONE = new AlertPlanner() {
        @Override
        public AlertRows plan(RegistryTransaction transaction, Set<TargetId> touched) {
            return AlertRows.NONE;
        }

        @Override
        public void committed() {}

        @Override
        public void rolledBack() {}
    };

    /**
     * Returns what is to be written with the transaction, after all its edits ran.
     *
     * @param touched the targets whose trouble may have changed, or that were added, changed or removed
     */
    AlertRows plan(RegistryTransaction transaction, Set<TargetId> touched);

    /** What was planned is stored. */
    void committed();

    /** What was planned is not stored. */
    void rolledBack();
}
