package dev.vitals.health.monitor.store;

import dev.vitals.health.monitor.model.Secret;
import dev.vitals.health.monitor.model.TargetId;
import java.util.Map;
import java.util.Optional;

/** Keeps the secrets of targets where nobody can read them who has only the database. Thread-safe. */
public interface SecretValues {
    /** Keeps nothing, and has nothing. */
    SecretValues NONE = new SecretValues() {
        @Override
        public void keep(TargetId owner, Map<String, Secret> all) {
            if (!all.isEmpty()) {
                throw new IllegalStateException("secrets cannot be kept here");
            }
        }

        @Override
        public Optional<Secret> open(TargetId owner, String name) {
            return Optional.empty();
        }
    };

    /**
     * Keeps these secrets of a target; without any, forgets all of it. To be called before what needs them is stored,
     * and never inside a transaction.
     */
    void keep(TargetId owner, Map<String, Secret> all);

    /**
     * Returns one secret.
     *
     * @throws RuntimeException if it is there and cannot be read
     */
    Optional<Secret> open(TargetId owner, String name);
}
