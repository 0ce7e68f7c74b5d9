package dev.vitals.health.monitor.store;

import java.util.List;

/**
 * Keeps the audit log. There is nothing that changes or removes an entry, and the tables refuse it. Thread-safe; what
 * is added survives the death of the process when the method returns.
 */
public interface AuditStore {
    /** Adds the entries in one transaction, in their order. */
    void add(List<AuditEntry> entries);

    /** Returns the entries that the filter lets through, the newest first. */
    List<AuditEntry> entries(AuditFilter filter);

    /** Returns the audit log that is kept beside that store. */
    static AuditStore beside(Store store) {
        return new SqlAuditStore(SqlStore.jdbi(store));
    }
}
