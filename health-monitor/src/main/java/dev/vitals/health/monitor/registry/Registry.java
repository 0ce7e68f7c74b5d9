package dev.vitals.health.monitor.registry;

import dev.vitals.health.monitor.access.Secrets;
import dev.vitals.health.monitor.history.History;
import dev.vitals.health.monitor.model.Change;
import dev.vitals.health.monitor.model.HostCheck;
import dev.vitals.health.monitor.model.Moment;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.ProbeSettings;
import dev.vitals.health.monitor.model.Secret;
import dev.vitals.health.monitor.model.Source;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.TargetState;
import dev.vitals.health.monitor.model.UnreadableProbe;
import dev.vitals.health.monitor.model.WatchedTarget;
import dev.vitals.health.monitor.store.AuditEntry;
import dev.vitals.health.monitor.store.HostCheckStore;
import dev.vitals.health.monitor.store.Loaded;
import dev.vitals.health.monitor.store.SecretStore;
import dev.vitals.health.monitor.store.TargetStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The targets that are watched, their states, and the host checks.
 *
 * <p>Thread-safe. Reads are from memory and show only what is stored. Whoever reads also decides, by the elapsed time, whether
 * the latest result is too old: no other thread and no storage is needed for that. One thread makes all changes, in the order of their
 * arrival. A change, its secrets and its entry in the audit log are one transaction; the future completes on that thread
 * after the commit, or fails, and then nothing has changed.
 */
public final class Registry implements AutoCloseable {
    /** The time between two calls of {@link #sweep}. */
    public static final Duration SWEEP_INTERVAL = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(Registry.class);

    private static final int MAX_NAMED = 10;

    private final Map<TargetId, String> secondAddresses = new ConcurrentHashMap<>();
    private final Table table = new Table();
    private final AtomicBoolean sweeping = new AtomicBoolean();
    private final TargetStore store;
    private final Secrets secrets;
    private final Supplier<Moment> clock;
    private final Leases leases;
    private final Recorder recorder;

    /**
     * Loads all targets and host checks. Changes wait for {@link #start}.
     *
     * @param clock the wall clock
     * @param nanoTime the elapsed time, in nanoseconds; decides the age of results
     * @param secrets encrypts the secrets of targets and host checks
     * @param forgetAfter how long a target stays after its lease has ended, unless it is HEALTHY or DEGRADED
     * @param history where results are kept, in the same database
     */
    public Registry(
            TargetStore store,
            HostCheckStore checks,
            Secrets secrets,
            InstantSource clock,
            LongSupplier nanoTime,
            Duration forgetAfter,
            History history) {
        this.store = store;
        this.secrets = secrets;
        this.clock = Moment.source(clock, nanoTime);
        this.leases = new Leases(forgetAfter, this.clock.get().wall());
        load(store.load(), checks.load());
        history.recorder().begin(table.all().stream().map(WatchedTarget::target).toList());
        this.recorder = new Recorder(table, store, history.recorder(), this.clock);
    }

    // Rows that cannot be read keep their names, and start() makes them UNKNOWN.
    private void load(Loaded<WatchedTarget> targets, Loaded<HostCheck> checks) {
        Moment now = clock.get();
        targets.rows().forEach(watched -> table.put(anchored(watched, now)));
        checks.rows().forEach(table::put);
        Map<TargetId, String> unreadable = new TreeMap<>(checks.unreadable());
        unreadable.putAll(targets.unreadable());
        if (!unreadable.isEmpty()) {
            String some = unreadable.entrySet().stream()
                    .limit(MAX_NAMED)
                    .map(entry -> entry.getKey() + ": " + entry.getValue())
                    .collect(Collectors.joining("; "));
            log.error("{} targets and host checks are not polled: {}", unreadable.size(), some);
        }
    }

    // Only the wall clock knows how long ago a target was seen before the start. From here on, elapsed time does.
    private static WatchedTarget anchored(WatchedTarget loaded, Moment now) {
        TargetState state = loaded.state();
        if (state.seen() == null) {
            return loaded;
        }
        Instant wall = state.seen().wall();
        Duration age = wall.isBefore(now.wall()) ? Duration.between(wall, now.wall()) : Duration.ZERO;
        Moment seen = new Moment(wall, now.minus(age).nanos());
        return new WatchedTarget(loaded.target(), state.withSeen(seen));
    }

    /** Starts without incidents; see {@link #start(AlertPlanner, RegistryListener...)}. */
    public void start(RegistryListener... listeners) {
        start(AlertPlanner.NONE, listeners);
    }

    /** Starts to record and to tell these listeners, in their order. When this returns, no state is shown that is too old. */
    public void start(AlertPlanner alerts, RegistryListener... listeners) {
        recorder.start(alerts, List.of(listeners));
        CompletableFuture<Boolean> unknown = recorder.edit(transaction -> {
            table.sorted().forEach(watched -> {
                if (watched.target().probe() instanceof UnreadableProbe probe) {
                    transaction.unreadable(watched, probe);
                }
            });
            return true;
        });
        // A failure of the store does not matter here: what is not polled becomes UNKNOWN by its age.
        unknown.handle((done, failure) -> done).join();
        swept().join();
    }

    /** Returns all targets, in the order of their names. */
    public List<WatchedTarget> targets() {
        Moment now = clock.get();
        return table.sorted().stream().map(watched -> shown(watched, now)).toList();
    }

    private WatchedTarget shown(WatchedTarget watched, Moment now) {
        return watched.shown(now, recorder::trouble);
    }

    /** Passes on all targets without a copy, in no order; concurrent changes may or may not be visible. */
    public void each(Consumer<WatchedTarget> consumer) {
        Moment now = clock.get();
        table.all().forEach(watched -> consumer.accept(shown(watched, now)));
    }

    /** Returns one target. */
    public Optional<WatchedTarget> target(TargetId id) {
        // The clock last: what is shown was true before.
        return Optional.ofNullable(table.get(id)).map(watched -> shown(watched, clock.get()));
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
     * Returns the targets and host checks that are not polled because a secret or a setting of theirs cannot be read, each
     * with what is wrong and what to do, in the order of their names.
     */
    public SortedMap<TargetId, String> unreadable() {
        TreeMap<TargetId, String> unreadable = new TreeMap<>();
        table.all()
                .forEach(one -> addUnreadable(unreadable, one.id(), one.target().settings()));
        table.checks().forEach(one -> addUnreadable(unreadable, one.id(), one.settings()));
        return unreadable;
    }

    private static void addUnreadable(Map<TargetId, String> unreadable, TargetId id, ProbeSettings settings) {
        if (settings.probe() instanceof UnreadableProbe probe) {
            unreadable.put(id, probe.problem());
        }
    }

    /**
     * Runs an edit in the next transaction. Its future fails with a {@link ConflictException} if the edit refuses.
     *
     * @param settings settings whose secrets the edit may store; they are encrypted before the edit runs
     * @param edit runs on the recorder's thread; must not block
     */
    public <T> CompletableFuture<T> edit(
            Map<TargetId, ProbeSettings> settings, BiFunction<RegistryTransaction, Secrets.Sealed, T> edit) {
        Map<String, Map<String, Secret>> all = new HashMap<>();
        settings.forEach((id, one) -> {
            if (!(one.probe() instanceof UnreadableProbe)) {
                all.put(SecretStore.owner(id), one.probe().secrets());
            }
        });
        Secrets.Sealed encrypted;
        try {
            encrypted = secrets.seal(all);
        } catch (Secrets.NoKeyException e) {
            return CompletableFuture.failedFuture(new ConflictException(String.valueOf(e.getMessage())));
        }
        return recorder.edit(transaction -> edit.apply(transaction, encrypted))
                .whenComplete((done, failure) -> encrypted.close());
    }

    /** Runs an edit without secrets in the next transaction; it sees every result that arrived before. */
    public <T> CompletableFuture<T> edit(Function<RegistryTransaction, T> edit) {
        return recorder.edit(edit);
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
                    Registered registered = transaction.register(id, settings, encrypted.rows(SecretStore.owner(id)));
                    if (registered.changed()) {
                        transaction.audit(entry.apply(registered));
                    }
                    return registered;
                })
                .whenComplete((registered, failure) -> noteSecondAddress(id, failure));
    }

    // Each pair of addresses once, since both go on to renew.
    private void noteSecondAddress(TargetId id, @Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof RegistryTransaction.SecondAddressException) {
            String text = String.valueOf(cause.getMessage());
            secondAddresses.keySet().removeIf(known -> table.get(known) == null);
            if (!text.equals(secondAddresses.put(id, text))) {
                log.warn("{}", text);
            }
        }
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
     * @param also adds what is stored with the change, such as an entry of the audit log; runs on the recorder's thread
     */
    public CompletableFuture<Void> configure(
            Source source,
            Map<TargetId, ProbeSettings> configured,
            Set<TargetId> gone,
            String why,
            Consumer<RegistryTransaction> also) {
        return edit(configured, (transaction, encrypted) -> {
                    // All names first: if one is in use, nothing changes.
                    configured.keySet().forEach(id -> transaction.target(id, source));
                    gone.forEach(id -> transaction.target(id, source));
                    gone.forEach(id -> transaction.remove(id, why));
                    configured.forEach((id, settings) ->
                            transaction.configure(source, id, settings, encrypted.rows(SecretStore.owner(id))));
                    also.accept(transaction);
                    return true;
                })
                .thenAccept(done -> {});
    }

    /**
     * Takes the result of a poll that has just ended; {@code polled} is the target as it was when the poll began. Never
     * blocks.
     */
    public void record(Target polled, PollResult result) {
        record(polled, result, clock.get());
    }

    /** Takes a result that says how the target was at the moment {@code seen}. Never blocks. */
    public void record(Target polled, PollResult result, Moment seen) {
        recorder.record(polled, result, seen);
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
        return target.leaseExpired(clock.get().wall());
    }

    /** Returns whether the store refused the latest write; newer states wait in memory. */
    public boolean storeFails() {
        return recorder.failure() != null;
    }

    /** Returns why the store refused the latest write; empty if it did not. */
    public Optional<String> storeFailure() {
        return Optional.ofNullable(recorder.failure());
    }

    /** Returns for how long the oldest result or edit has waited to be stored; zero if none waits. */
    public Duration waiting() {
        return recorder.waiting();
    }

    /** Returns whether the thread that records has died, so that nothing will be stored any more. */
    public boolean recorderDied() {
        return recorder.died();
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
