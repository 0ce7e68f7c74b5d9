package dev.vitals.health.monitor.instance;

import dev.vitals.health.monitor.model.Change;
import dev.vitals.health.monitor.model.ProbeSettings;
import dev.vitals.health.monitor.model.Secret;
import dev.vitals.health.monitor.model.Source;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.WatchedTarget;
import dev.vitals.health.monitor.registry.Registered;
import dev.vitals.health.monitor.registry.Registry;
import dev.vitals.health.monitor.registry.RegistryListener;
import dev.vitals.health.monitor.store.SecretValues;
import dev.vitals.health.monitor.store.SerialExecutor;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The instances that register themselves, and the secrets of the few that have any. Thread-safe; the futures complete
 * when the change is stored, or fail if it is refused or could not be stored.
 */
public final class Registrations implements RegistryListener, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Registrations.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final SerialExecutor edits = new SerialExecutor("monitor-instances-");
    private final Set<TargetId> withSecrets = ConcurrentHashMap.newKeySet();
    private final Registry registry;
    private final SecretValues secrets;

    /** Takes up what the registry holds. */
    public Registrations(Registry registry, SecretValues secrets) {
        this.registry = registry;
        this.secrets = secrets;
        registry.each(watched -> {
            if (!known(watched).isEmpty()) {
                withSecrets.add(watched.id());
            }
        });
    }

    private static Map<String, Secret> known(WatchedTarget watched) {
        return watched.target().source() == Source.REGISTRATION
                ? watched.target().probe().secrets()
                : Map.of();
    }

    /** Registers an instance, or renews its registration; see {@link Registry#register}. */
    public CompletableFuture<Registered> register(TargetId id, ProbeSettings settings) {
        // Nearly all have none, and need not wait for each other.
        return settings.probe().secrets().isEmpty() && !withSecrets.contains(id)
                ? registry.register(id, settings)
                : edits.run(() -> registerWithSecrets(id, settings));
    }

    private Registered registerWithSecrets(TargetId id, ProbeSettings settings) {
        WatchedTarget before = registry.target(id).orElse(null);
        if (before != null && before.target().source() != Source.REGISTRATION) {
            // It is refused there; the secrets of that other target stay as they are.
            return stored(registry.register(id, settings));
        }
        Map<String, Secret> kept = before == null ? Map.of() : known(before);
        Map<String, Secret> wanted = settings.probe().secrets();
        // What is no longer wanted stays until nothing in the store refers to it.
        boolean more = !wanted.isEmpty() && !wanted.equals(kept);
        if (more) {
            withSecrets.add(id);
            secrets.keep(id, wanted);
        }
        Registered registered;
        try {
            registered = stored(registry.register(id, settings));
        } catch (RuntimeException e) {
            if (more) {
                restore(id, kept);
            }
            throw e;
        }
        if (wanted.isEmpty()) {
            forget(id);
        }
        return registered;
    }

    private static <T> T stored(CompletableFuture<T> change) {
        return change.orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
    }

    private void restore(TargetId id, Map<String, Secret> kept) {
        try {
            secrets.keep(id, kept);
            if (kept.isEmpty()) {
                withSecrets.remove(id);
            }
        } catch (RuntimeException e) {
            // The store fails; the next registration brings its secrets along.
            log.warn("the secrets of {} could not be taken back", id, e);
        }
    }

    private boolean forgetIfGone(TargetId id) {
        // It may have come back.
        boolean gone = registry.target(id).isEmpty();
        if (gone) {
            forget(id);
        }
        return gone;
    }

    private void forget(TargetId id) {
        if (withSecrets.remove(id)) {
            secrets.keep(id, Map.of());
        }
    }

    /** Removes an instance at once; says whether it was there. See {@link Registry#deregister}. */
    public CompletableFuture<Boolean> deregister(TargetId id) {
        return registry.deregister(id);
    }

    /** Has the secrets forgotten of an instance that is gone, for whichever reason. */
    @Override
    public void unwatched(TargetId id) {
        if (withSecrets.contains(id)) {
            CompletableFuture<?> unused = edits.run(() -> forgetIfGone(id)).exceptionally(failure -> {
                log.warn("the secrets of {} could not be forgotten: {}", id, failure.toString());
                return false;
            });
        }
    }

    @Override
    public void watched(Target target) {}

    @Override
    public void changed(Change change) {}

    /** Finishes the changes under way; further ones with secrets are refused. */
    @Override
    public void close() {
        edits.close();
    }
}
