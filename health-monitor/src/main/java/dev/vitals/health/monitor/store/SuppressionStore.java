package dev.vitals.health.monitor.store;

import java.time.Instant;
import java.util.List;

/**
 * Keeps maintenance windows and silences, and how they were before. Thread-safe; when a method that writes returns, what
 * it wrote survives the death of the process. A method that fails throws a {@link RuntimeException}, and has kept nothing.
 */
public interface SuppressionStore {
    /** Returns all versions, in the order of their making. */
    List<SuppressionRow> load();

    /**
     * Writes these versions in one transaction, in the place of those of the same id that count from the same time;
     * forgets versions that have not counted since that time.
     */
    void write(List<SuppressionRow> versions, Instant forgetBefore);

    /** Returns what is kept about maintenance beside that store. */
    static SuppressionStore beside(Store store) {
        return new SqlSuppressionStore(SqlStore.jdbi(store));
    }
}
