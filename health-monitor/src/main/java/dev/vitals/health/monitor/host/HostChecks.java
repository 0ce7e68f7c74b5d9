package dev.vitals.health.monitor.host;

import dev.vitals.health.monitor.model.HostCheck;
import dev.vitals.health.monitor.model.InvalidFieldsException;
import dev.vitals.health.monitor.model.ProbeSettings;
import dev.vitals.health.monitor.model.SettingsReader;
import dev.vitals.health.monitor.model.Source;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.WatchedTarget;
import dev.vitals.health.monitor.registry.Registry;
import dev.vitals.health.monitor.store.HostCheckStore;
import dev.vitals.health.monitor.store.SecretValues;
import dev.vitals.health.monitor.store.SerialExecutor;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checks of hosts, and that those which are enabled are watched.
 *
 * <p>Thread-safe. Reading is from memory and shows only what is stored. Changes are made one after the other, so that no
 * host gets more checks than allowed however many ask at once; their futures complete when the change is stored, or fail if
 * it is refused or could not be stored.
 */
public final class HostChecks implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HostChecks.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final SerialExecutor edits = new SerialExecutor("monitor-hosts-");
    private final ConcurrentHashMap<TargetId, HostCheck> checks = new ConcurrentHashMap<>();
    private final HostCheckStore store;
    private final Registry registry;
    private final SecretValues secrets;
    private final SettingsReader reader;
    private final InstantSource clock;
    private final int maxPerHost;

    /** Creates one without checks. */
    public HostChecks(
            HostCheckStore store,
            SettingsReader reader,
            Registry registry,
            SecretValues secrets,
            InstantSource clock,
            int maxPerHost) {
        this.reader = reader;
        this.secrets = secrets;
        this.store = store;
        this.registry = registry;
        this.clock = clock;
        this.maxPerHost = maxPerHost;
    }

    /**
     * Returns the check that a document asks for.
     *
     * @param name the name of the check; null if it is in the document
     * @param before the check that this one replaces; its secrets stay unless the document changes them
     * @throws InvalidFieldsException with all errors
     */
    public CheckDraft draft(String host, @Nullable String name, Map<String, ?> document, @Nullable HostCheck before) {
        Map<String, ?> whole = before == null
                ? document
                : KeptSecrets.in(document, before.settings().probe());
        return CheckDraft.read(reader, host, name, whole);
    }

    /** Loads what the store holds, and brings what is watched into line with it. */
    public void start() {
        store.load().forEach(check -> checks.put(check.id(), check));
        Map<TargetId, ProbeSettings> missing = new TreeMap<>();
        checks.values().stream()
                .filter(HostCheck::enabled)
                .filter(check -> !isTaken(check.id()))
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
            registry.configure(Source.HOST, missing, gone, "removed").join();
        }
    }

    private boolean isTaken(TargetId id) {
        return registry.target(id)
                .filter(watched -> watched.target().source() != Source.HOST)
                .isPresent();
    }

    /** Returns the names of the hosts that have checks, in order. */
    public List<String> hosts() {
        return checks.keySet().stream()
                .map(TargetId::appOrHost)
                .distinct()
                .sorted()
                .toList();
    }

    /** Returns the checks of a host, in the order of their names. */
    public List<HostCheck> checks(String host) {
        return checks.values().stream()
                .filter(check -> check.host().equals(host))
                .sorted(Comparator.comparing(HostCheck::id))
                .toList();
    }

    /** Returns one check. */
    public Optional<HostCheck> check(TargetId id) {
        return Optional.ofNullable(checks.get(id));
    }

    /** Returns how many checks a host may have. */
    public int maxPerHost() {
        return maxPerHost;
    }

    /** Makes a check; fails with a {@link ConflictException} if its name is taken or the host has too many. */
    public CompletableFuture<HostCheck> create(CheckDraft draft) {
        return edits.run(() -> {
            if (checks.containsKey(draft.id())) {
                throw new ConflictException(draft.id() + " is there already");
            }
            return save(draft, null);
        });
    }

    /** Makes or changes a check; fails as {@link #create} does. */
    public CompletableFuture<HostCheck> put(CheckDraft draft) {
        return edits.run(() -> save(draft, checks.get(draft.id())));
    }

    /** Removes a check; says whether it was there. */
    public CompletableFuture<Boolean> remove(TargetId id) {
        return edits.run(() -> {
            HostCheck before = checks.get(id);
            if (before == null) {
                return false;
            }
            store.remove(id);
            watch(id, null, "removed");
            checks.remove(id);
            secrets.keep(id, Map.of());
            return true;
        });
    }

    private HostCheck save(CheckDraft draft, @Nullable HostCheck before) {
        TargetId id = draft.id();
        if (isTaken(id)) {
            throw new ConflictException(
                    id + " is there already, by registration or file, and can only be changed there");
        }
        if (before == null && checks(id.appOrHost()).size() >= maxPerHost) {
            throw new ConflictException(
                    "host " + id.appOrHost() + " has " + maxPerHost + " checks already, and may not have more");
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        HostCheck check =
                new HostCheck(id, draft.enabled(), draft.settings(), before == null ? now : before.createdAt(), now);
        secrets.keep(id, check.settings().probe().secrets());
        store.save(check);
        try {
            watch(id, check.enabled() ? check.settings() : null, "disabled");
        } catch (RuntimeException e) {
            undo(id, before);
            throw e;
        }
        checks.put(id, check);
        return check;
    }

    private void undo(TargetId id, @Nullable HostCheck before) {
        try {
            if (before == null) {
                store.remove(id);
                secrets.keep(id, Map.of());
            } else {
                secrets.keep(id, before.settings().probe().secrets());
                store.save(before);
            }
        } catch (RuntimeException e) {
            // The store fails; at the next start what it has will be in force.
            log.warn("{} could not be taken back", id, e);
        }
    }

    private void watch(TargetId id, @Nullable ProbeSettings settings, String why) {
        Map<TargetId, ProbeSettings> watched = settings == null ? Map.of() : Map.of(id, settings);
        Set<TargetId> gone = settings == null ? Set.of(id) : Set.of();
        registry.configure(Source.HOST, watched, gone, why)
                .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    /** Finishes the change under way; further ones are refused. */
    @Override
    public void close() {
        edits.close();
    }
}
