package dev.vitals.health.monitor.store;

import dev.vitals.health.monitor.model.Change;
import dev.vitals.health.monitor.model.SettingsReader;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.WatchedTarget;
import java.nio.file.Path;
import java.util.List;

/**
 * Keeps registrations, states and changes.
 *
 * <p>Thread-safe; written to by one thread, read by many. When a method that writes returns, what it wrote survives the
 * death of the process and of the machine. A method that fails throws a {@link RuntimeException}, and has kept nothing.
 */
public interface Store extends AutoCloseable {
    /** Returns all targets with their states, in the order of their names. */
    List<WatchedTarget> load();

    /** Writes the batch in one transaction: first what is removed, then targets, states, changes, history. */
    void write(Batch batch);

    /** Returns the newest changes of a target, the newest first; also of one that is no longer there. */
    List<Change> changes(TargetId target, int limit);

    /** Returns what is kept of the past. */
    HistoryStore history();

    /** Asks the database something, to see whether it answers. */
    void ping();

    @Override
    void close();

    /**
     * Returns the store in that SQLite file, which is created, or brought up to date, if need be.
     *
     * @param secrets where the secrets of targets are; asked when targets are loaded
     * @param reader reads the settings of targets
     * @throws RuntimeException if the file cannot be opened or is no database of this or an earlier version
     */
    static Store sqlite(Path file, SecretValues secrets, SettingsReader reader) {
        return Sqlite.open(file, secrets, reader);
    }

    /**
     * Returns the store in that SQLite file for reading alone, also while a monitor uses it.
     *
     * @throws RuntimeException if the file cannot be opened; later, if it is no database of this version
     */
    static Store readSqlite(Path file, SecretValues secrets, SettingsReader reader) {
        return Sqlite.openForReading(file, secrets, reader);
    }

    /** Returns the same as {@link #sqlite(Path, SecretValues, SettingsReader)}, for targets without secrets. */
    static Store sqlite(Path file, SettingsReader reader) {
        return sqlite(file, SecretValues.NONE, reader);
    }
}
