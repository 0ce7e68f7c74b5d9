package dev.vitals.health.monitor;

import dev.vitals.health.monitor.access.SecretLostException;
import dev.vitals.health.monitor.access.Secrets;
import dev.vitals.health.monitor.model.Secret;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.store.SecretValues;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The secrets of targets among all secrets, which are opened only after the store that has both. */
final class LateSecrets implements SecretValues {
    private static final Logger log = LoggerFactory.getLogger(LateSecrets.class);

    private volatile @Nullable Secrets secrets;

    void from(Secrets opened) {
        secrets = opened;
    }

    @Override
    public void keep(TargetId owner, Map<String, Secret> all) {
        Secrets known = known();
        if (all.isEmpty()) {
            int unused = known.remove(name(owner));
        }
        all.forEach((name, secret) -> known.put(name(owner), name, secret));
    }

    @Override
    public Optional<Secret> open(TargetId owner, String name) {
        try {
            return known().get(name(owner), name);
        } catch (SecretLostException e) {
            // The others must be watched all the same.
            log.error("{}: {}; it has to be given again", owner, e.getMessage());
            return Optional.empty();
        }
    }

    private Secrets known() {
        return Objects.requireNonNull(secrets, "secrets, which are opened before they are needed");
    }

    private static String name(TargetId owner) {
        return "target:" + owner;
    }
}
