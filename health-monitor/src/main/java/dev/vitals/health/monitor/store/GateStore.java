package dev.vitals.health.monitor.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps gates. Thread-safe; when a method that writes returns, what it wrote survives the death of the process. A method
 * that fails throws a {@link RuntimeException}, and has kept nothing.
 */
public interface GateStore {
    /** Returns the gates that wait, with their events. */
    List<GateRow> waiting();

    /** Returns one gate, with its events. */
    Optional<GateRow> find(String id);

    /** Returns the gates that wait no longer, the newest first, without their events. */
    List<GateRow> decided(int limit);

    /** Writes the gate in the place of any of its id, and forgets those that were decided before that time. */
    void save(GateRow gate, Instant forgetBefore);

    /** Returns what is kept about gates beside that store. */
    static GateStore beside(Store store) {
        return new SqlGateStore(SqlStore.jdbi(store));
    }
}
