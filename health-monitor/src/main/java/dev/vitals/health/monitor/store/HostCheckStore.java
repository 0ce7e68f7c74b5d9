package dev.vitals.health.monitor.store;

import dev.vitals.health.monitor.model.HostCheck;
import dev.vitals.health.monitor.model.SettingsReader;
import dev.vitals.health.monitor.model.TargetId;
import java.util.List;

/**
 * Keeps the checks of hosts, also those that are disabled. Thread-safe. When a method that writes returns, what it wrote
 * is on the disk; one that fails throws a {@link RuntimeException}, and has kept nothing.
 */
public interface HostCheckStore {
    /** Returns all checks, in the order of their names. */
    List<HostCheck> load();

    /** Keeps the check in place of the one of the same name. */
    void save(HostCheck check);

    /** Removes the check; one that is not there is passed over. */
    void remove(TargetId id);

    /** Returns the checks that are kept beside that store, in the same database. */
    static HostCheckStore beside(Store store, SecretValues secrets, SettingsReader reader) {
        return new SqlHostCheckStore(SqlStore.jdbi(store), secrets, reader);
    }
}
