package dev.vitals.health.monitor.store;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Keeps encrypted secrets. Thread-safe; a method that fails has kept nothing. */
public interface SecretStore {
    /** Returns one secret. */
    Optional<SecretRow> secret(String owner, String name);

    /** Returns all secrets, in the order of owners and names. */
    List<SecretRow> secrets();

    /** Keeps the secret in place of the one of the same owner and name. */
    void save(SecretRow secret);

    /** Removes all secrets of the owner; returns how many there were. */
    int remove(String owner);

    /**
     * Puts in the place of each secret what the function makes of it, in one transaction; empty leaves it as it is.
     * If the function throws, nothing has changed.
     */
    void replaceAll(Function<SecretRow, Optional<SecretRow>> replacement, AuditEntry why);

    /** Returns the secrets that are kept beside that store. */
    static SecretStore beside(Store store) {
        return new SqlSecretStore(SqlStore.jdbi(store));
    }
}
