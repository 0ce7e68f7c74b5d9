package dev.vitals.health.monitor.host;

import dev.vitals.health.monitor.access.Secrets;
import dev.vitals.health.monitor.model.HostCheck;
import dev.vitals.health.monitor.model.InvalidFieldsException;
import dev.vitals.health.monitor.model.Probe;
import dev.vitals.health.monitor.model.ProbeSettings;
import dev.vitals.health.monitor.model.SettingsReader;
import dev.vitals.health.monitor.model.Source;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.WatchedTarget;
import dev.vitals.health.monitor.registry.ConflictException;
import dev.vitals.health.monitor.registry.Registry;
import dev.vitals.health.monitor.registry.RegistryTransaction;
import dev.vitals.health.monitor.store.AuditEntry;
import dev.vitals.health.monitor.store.SecretStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The checks of hosts. Each enabled check is a target of the registry, stored in the same transaction.
 *
 * <p>Thread-safe. Reads are from memory and show only what is stored. The registry's thread makes all changes, one after the
 * other, so that no host gets more checks than allowed, however many requests arrive at once.
 */
public final class HostChecks {
    private final Registry registry;
    private final SettingsReader reader;
    private final int maxPerHost;

    /** Manages the host checks of that registry. */
    public HostChecks(Registry registry, SettingsReader reader, int maxPerHost) {
        this.reader = reader;
        this.registry = registry;
        this.maxPerHost = maxPerHost;
    }

    /**
     * Returns the check that a document describes.
     *
     * @param name the name of the check; null if the document contains it
     * @param before the probe that is replaced; its secrets stay if the document leaves them out. Null for none
     * @throws InvalidFieldsException with everything that is wrong
     */
    public CheckDraft draft(String host, @Nullable String name, Map<String, ?> document, @Nullable Probe before) {
        Map<String, ?> whole = before == null ? document : KeptSecrets.in(document, before);
        return CheckDraft.read(reader, host, name, whole);
    }

    /** Makes the targets agree with the checks. They differ only if a monitor of an earlier version was killed. */
    public void start() {
        Map<TargetId, ProbeSettings> missing = new TreeMap<>();
        registry.checks().stream()
                .filter(HostCheck::enabled)
                .filter(check -> !isOfAnotherSource(check.id()))
                .forEach(check -> missing.put(check.id(), check.settings()));
        Set<TargetId> gone = new TreeSet<>();
        for (WatchedTarget watched : registry.targets()) {
            if (watched.target().source() == Source.HOST) {
                ProbeSettings settings = missing.get(watched.id());
                if (settings == null) {
                    gone.add(watched.id());
                } else if (settings.equals(watched.target().settings())) {
                    missing.remove(watched.id());
                }
            }
        }
        if (!missing.isEmpty() || !gone.isEmpty()) {
            registry.configure(Source.HOST, missing, gone, "removed", also -> {})
                    .join();
        }
    }

    private boolean isOfAnotherSource(TargetId id) {
        return registry.target(id)
                .filter(watched -> watched.target().source() != Source.HOST)
                .isPresent();
    }

    /** Returns the names of the hosts that have checks, in alphabetical order. */
    public List<String> hosts() {
        return registry.checks().stream()
                .map(check -> check.host())
                .distinct()
                .sorted()
                .toList();
    }

    /** Returns the checks of a host, in the order of their names. */
    public List<HostCheck> checks(String host) {
        return registry.checks().stream()
                .filter(check -> check.host().equals(host))
                .sorted(Comparator.comparing(HostCheck::id))
                .toList();
    }

    /** Returns one check. */
    public Optional<HostCheck> check(TargetId id) {
        return registry.check(id);
    }

    /** Returns how many checks a host may have. */
    public int maxPerHost() {
        return maxPerHost;
    }

    /**
     * Creates a check. The future fails with a {@link ConflictException} if the name is in use or the host has too many
     * checks.
     */
    public CompletableFuture<HostCheck> create(CheckDraft draft, AuditEntry entry) {
        return edit(draft, (transaction, encrypted) -> {
            if (transaction.check(draft.id()) != null) {
                throw new ConflictException(draft.id() + " is there already");
            }
            return save(draft, entry, transaction, encrypted);
        });
    }

    /** Creates or changes a check; fails as {@link #create} does. */
    public CompletableFuture<HostCheck> put(CheckDraft draft, AuditEntry entry) {
        return edit(draft, (transaction, encrypted) -> save(draft, entry, transaction, encrypted));
    }

    private CompletableFuture<HostCheck> edit(
            CheckDraft draft, BiFunction<RegistryTransaction, Secrets.Sealed, HostCheck> edit) {
        return registry.edit(Map.of(draft.id(), draft.settings()), edit);
    }

    private HostCheck save(
            CheckDraft draft, AuditEntry entry, RegistryTransaction transaction, Secrets.Sealed encrypted) {
        TargetId id = draft.id();
        HostCheck before = transaction.check(id);
        WatchedTarget watched = transaction.target(id);
        if (watched != null && watched.target().source() != Source.HOST) {
            throw new ConflictException(
                    id + " is there already, by registration or file, and can only be changed there");
        }
        if (before == null && transaction.checks(id.appOrHost()) >= maxPerHost) {
            throw new ConflictException(
                    "host " + id.appOrHost() + " has " + maxPerHost + " checks already, and may not have more");
        }
        Instant now = transaction.now();
        HostCheck check =
                new HostCheck(id, draft.enabled(), draft.settings(), before == null ? now : before.createdAt(), now);
        transaction.save(check, encrypted.rows(SecretStore.owner(id)));
        if (check.enabled()) {
            transaction.configure(Source.HOST, id, check.settings(), encrypted.rows(SecretStore.owner(id)));
        } else {
            boolean unused = transaction.remove(id, "disabled");
        }
        transaction.audit(entry);
        return check;
    }

    /** Removes a check; the future tells whether it existed. The entry is stored if it did. */
    public CompletableFuture<Boolean> remove(TargetId id, AuditEntry entry) {
        return registry.edit(Map.of(), (transaction, encrypted) -> {
            if (transaction.check(id) == null) {
                return false;
            }
            transaction.removeCheck(id);
            // Another source may have taken the name while the check was disabled.
            WatchedTarget watched = transaction.target(id);
            if (watched != null && watched.target().source() == Source.HOST) {
                transaction.remove(id, "removed");
            }
            transaction.audit(entry);
            return true;
        });
    }
}
