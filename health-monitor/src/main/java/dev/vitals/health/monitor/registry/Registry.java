package dev.vitals.health.monitor.registry;

import dev.vitals.health.monitor.access.Secrets;
import dev.vitals.health.monitor.history.History;
import dev.vitals.health.monitor.model.Change;
import dev.vitals.health.monitor.model.HostCheck;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.ProbeSettings;
import dev.vitals.health.monitor.model.Secret;
import dev.vitals.health.monitor.model.Source;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.WatchedTarget;
import dev.vitals.health.monitor.store.AuditEntry;
import dev.vitals.health.monitor.store.HostCheckStore;
import dev.vitals.health.monitor.store.Loaded;
import dev.vitals.health.monitor.store.TargetStore;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The targets that are watched, their states, and the host checks.
 *
 * <p>Thread-safe. Reads are from memory and show only what is stored. One thread makes all changes, in the order of their
 * arrival. A change, its secrets and its entry in the audit log are one transaction; the future completes on that thread
 * after the commit, or fails, and then nothing has changed.
 */
public final class Registry implements AutoCloseable {
    /** The time between two calls of {@link #sweep}. */
    public static final Duration SWEEP_INTERVAL = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(Registry.class);

    private final Table table = new Table();
    private final AtomicBoolean sweeping = new AtomicBoolean();
    private final TargetStore store;
    private final Secrets secrets;
    private final InstantSource clock;
    private final Leases leases;
    private final Recorder recorder;

    /**
     * Loads all targets and host checks. Changes wait for {@link #start}.
     *
     * @param secrets encrypts the secrets of targets and host checks
     * @param forgetAfter how long a target stays after its lease has ended, unless it is HEALTHY or DEGRADED
     * @param history where results are kept, in the same database
     */
    public Registry(
            TargetStore store,
            HostCheckStore checks,
            Secrets secrets,
            InstantSource clock,
            Duration forgetAfter,
            History history) {
        this.store = store;
        this.secrets = secrets;
        this.clock = clock;
        this.leases = new Leases(forgetAfter, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        load(store.load(), checks.load());
        history.recorder().begin(table.all().stream().map(WatchedTarget::target).toList());
        this.recorder = new Recorder(table, store, history.recorder(), clock);
    }

    // The one place that decides about rows that cannot be read: they stay in the store, and are not watched.
    private void load(Loaded<WatchedTarget> targets, Loaded<HostCheck> checks) {
        targets.rows().forEach(table::put);
        checks.rows().forEach(table::put);
        Map<TargetId, String> unreadable = new TreeMap<>(checks.unreadable());
        unreadable.putAll(targets.unreadable());
        unreadable.forEach((id, problem) -> log.error("{} is not watched: {}", id, problem));
    }

    /** Starts to record and to tell these listeners, in their order. When this returns, no state is shown that is too old. */
    public void start(RegistryListener... listeners) {
        recorder.start(List.of(listeners));
        swept().join();
    }

    /** Returns all targets, in the order of their names. */
    public List<WatchedTarget> targets() {
        return table.sorted();
    }

    /** Passes on all targets without a copy, in no order; concurrent changes may or may not be visible. */
    public void each(Consumer<WatchedTarget> consumer) {
        table.all().forEach(consumer);
    }

    /** Returns one target. */
    public Optional<WatchedTarget> target(TargetId id) {
        return Optional.ofNullable(table.get(id));
    }

    /** Returns the newest changes of a target, the newest first; reads the store. */
    public List<Change> changes(TargetId id, int limit) {
        return store.changes(id, limit);
    }

    /** Returns all host checks without a copy, in no order, also disabled ones. */
    public Collection<HostCheck> checks() {
        return Collections.unmodifiableCollection(table.checks());
    }

    /** Returns one host check. */
    public Optional<HostCheck> check(TargetId id) {
        return Optional.ofNullable(table.check(id));
    }

    /**
     * Runs an edit in the next transaction. Its future fails with a {@link ConflictException} if the edit refuses.
     *
     * @param settings settings whose secrets the edit may store; they are encrypted before the edit runs
     * @param edit runs on the recorder's thread; must not block
     */
    public <T> CompletableFuture<T> edit(
            Map<TargetId, ProbeSettings> settings, BiFunction<RegistryTransaction, Secrets.Sealed, T> edit) {
        Map<TargetId, Map<String, Secret>> all = new HashMap<>();
        settings.forEach((id, one) -> all.put(id, one.probe().secrets()));
        Secrets.Sealed encrypted = secrets.seal(all);
        return recorder.edit(transaction -> edit.apply(transaction, encrypted))
                .whenComplete((done, failure) -> encrypted.close());
    }

    /**
     * Registers an instance, or renews its registration, which starts its lease again. A renewed target keeps its state
     * unless its kind changes. The future fails with a {@link ConflictException} if another source uses the name.
     *
     * @param entry makes the entry in the audit log; not called for a renewal that changes nothing
     */
    public CompletableFuture<Registered> register(
            TargetId id, ProbeSettings settings, Function<Registered, AuditEntry> entry) {
        return edit(Map.of(id, settings), (transaction, encrypted) -> {
            Registered registered = transaction.register(id, settings, encrypted.rows(id));
            if (registered.changed()) {
                transaction.audit(entry.apply(registered));
            }
            return registered;
        });
    }

    /**
     * Removes an instance. The future tells whether it existed; it fails with a {@link ConflictException} if the target comes
     * from another source.
     *
     * @param entry stored if the instance existed
     */
    public CompletableFuture<Boolean> deregister(TargetId id, AuditEntry entry) {
        return recorder.edit(transaction -> {
            if (transaction.target(id, Source.REGISTRATION) == null) {
                return false;
            }
            transaction.audit(entry);
            return transaction.remove(id, "deregistered");
        });
    }

    /**
     * Changes the targets of one source: all of them, or none. A changed target keeps its state while it looks at the same
     * thing. The future fails with a {@link ConflictException} if another source uses one of the names.
     *
     * @param configured targets to add or to change
     * @param gone targets to remove; unknown names are ignored
     * @param why the reason that the history gives for each removal
     * @param entry stored with the change; null for none
     */
    public CompletableFuture<Void> configure(
            Source source,
            Map<TargetId, ProbeSettings> configured,
            Set<TargetId> gone,
            String why,
            @Nullable AuditEntry entry) {
        return edit(configured, (transaction, encrypted) -> {
                    // All names first: if one is in use, nothing changes.
                    configured.keySet().forEach(id -> transaction.target(id, source));
                    gone.forEach(id -> transaction.target(id, source));
                    gone.forEach(id -> transaction.remove(id, why));
                    configured.forEach(
                            (id, settings) -> transaction.configure(source, id, settings, encrypted.rows(id)));
                    if (entry != null) {
                        transaction.audit(entry);
                    }
                    return true;
                })
                .thenAccept(done -> {});
    }

    /** Takes a result of a target; {@code polled} is the target as it was when the poll began. Never blocks. */
    public void record(Target polled, PollResult result) {
        recorder.record(polled, result);
    }

    /** Returns a future that completes when everything that arrived before is stored and shown; it fails if the store does. */
    public CompletableFuture<Void> settled() {
        return recorder.edit(transaction -> true).thenAccept(done -> {});
    }

    /** Removes the targets that are to be forgotten. Returns at once; does nothing while an earlier call is running. */
    public void sweep() {
        if (sweeping.compareAndSet(false, true)) {
            CompletableFuture<Void> unused = swept().thenRun(() -> sweeping.set(false));
        }
    }

    // A failure does not matter: the next sweep finds the same targets.
    private CompletableFuture<Void> swept() {
        return recorder.edit(transaction -> leases.sweep(table.all(), transaction))
                .handle((count, failure) -> null);
    }

    /** Returns whether the lease of the target has ended. */
    public boolean leaseExpired(Target target) {
        return target.leaseExpired(clock.instant());
    }

    /** Returns whether the store refused the latest write; newer states wait in memory. */
    public boolean storeFails() {
        return recorder.failing();
    }

    /** Returns how full the recorder's queue is, from 0 to 1. */
    public double backlog() {
        return recorder.backlog();
    }

    /** Stores what has arrived, then stops. */
    @Override
    public void close() {
        recorder.close();
    }
}
