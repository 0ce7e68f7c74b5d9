package dev.vitals.health.monitor.registry;

import dev.vitals.health.monitor.history.History;
import dev.vitals.health.monitor.history.ObservedValues;
import dev.vitals.health.monitor.model.Change;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.ProbeSettings;
import dev.vitals.health.monitor.model.Source;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.TargetState;
import dev.vitals.health.monitor.model.WatchedTarget;
import dev.vitals.health.monitor.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * What is watched now, and in which state.
 *
 * <p>Thread-safe. Reading is from memory and shows only what is stored. Changes are made by one thread, in the order of
 * their arrival; the futures complete on that thread once the change is stored, or fail if it could not be.
 */
public final class Registry implements AutoCloseable {
    private static final String OTHER = "looks at something else from now on";

    private final Table table = new Table();
    private final AtomicBoolean sweeping = new AtomicBoolean();
    private final Store store;
    private final InstantSource clock;
    private final Leases leases;
    private final Recorder recorder;

    /**
     * Loads what the store holds; changes wait for {@link #start}.
     *
     * @param forgetAfter how long a target stays whose lease has ended and that is not healthy
     */
    public Registry(Store store, InstantSource clock, Duration forgetAfter) {
        this(store, clock, forgetAfter, History.open(store.history(), clock, ObservedValues.NONE));
    }

    /**
     * Loads what the store holds; changes wait for {@link #start}.
     *
     * @param forgetAfter how long a target stays whose lease has ended and that is not healthy
     * @param history where results are kept, of the same store
     */
    public Registry(Store store, InstantSource clock, Duration forgetAfter, History history) {
        this.store = store;
        this.clock = clock;
        this.leases = new Leases(forgetAfter, now());
        store.load().forEach(table::put);
        history.recorder().begin(table.any().stream().map(WatchedTarget::target).toList());
        this.recorder = new Recorder(table, store, history.recorder());
    }

    /**
     * Begins to record, and to tell the listener. When this returns, no state is shown any more that has become too old
     * while nobody polled.
     */
    public void start(RegistryListener listener) {
        recorder.start(listener);
        swept().join();
    }

    /** Returns all targets, in the order of their names. */
    public List<WatchedTarget> targets() {
        return table.all();
    }

    /** Hands over all targets, in no order and without a copy: what changes meanwhile may be seen or not. */
    public void each(Consumer<WatchedTarget> taker) {
        table.any().forEach(taker);
    }

    /** Returns one target. */
    public Optional<WatchedTarget> target(TargetId id) {
        return Optional.ofNullable(table.get(id));
    }

    /** Returns the newest changes of a target, the newest first; asks the store. */
    public List<Change> changes(TargetId id, int limit) {
        return store.changes(id, limit);
    }

    /**
     * Registers an instance, or renews its registration: that keeps its state, unless it becomes one of another kind, and
     * starts the lease anew. Fails with a {@link TakenException} if a target of that name comes from elsewhere.
     */
    public CompletableFuture<Registered> register(TargetId id, ProbeSettings settings) {
        return recorder.edit(draft -> {
            WatchedTarget before = draft.get(id, Source.REGISTRATION);
            if (before == null) {
                Target target = Target.registered(id, settings, now());
                draft.add(new WatchedTarget(target, TargetState.start(target.registeredAt())));
                return new Registered(target, true, true);
            }
            if (!before.target().probe().kind().equals(settings.probe().kind())) {
                return replaced(draft, Target.registered(id, settings, now()));
            }
            Target target = before.target().renewed(settings, now());
            draft.replace(target);
            return new Registered(
                    target, false, !settings.equals(before.target().settings()));
        });
    }

    // Another thing under the old name: nothing is known of it yet.
    private Registered replaced(RegistryTransaction draft, Target target) {
        draft.remove(target.id(), now(), OTHER);
        draft.add(new WatchedTarget(target, TargetState.start(target.registeredAt())));
        return new Registered(target, false, true);
    }

    /** Removes an instance at once; says whether it was there. Fails if the target comes from elsewhere. */
    public CompletableFuture<Boolean> deregister(TargetId id) {
        return recorder.edit(
                draft -> draft.get(id, Source.REGISTRATION) != null && draft.remove(id, now(), "deregistered"));
    }

    /**
     * Brings the targets of a source to these, all or none: new ones are added, others changed in place, keeping their
     * state while they look at the same thing. Fails with a {@link TakenException} if a name is taken by another source.
     *
     * @param configured what is to be watched
     * @param gone what is not to be watched any longer; names that are not there are passed over
     * @param why the reason that the history gives for those that are gone
     */
    public CompletableFuture<Void> configure(
            Source source, Map<TargetId, ProbeSettings> configured, Set<TargetId> gone, String why) {
        return recorder.edit(draft -> {
                    // All names first: nothing is changed if one is taken.
                    configured.keySet().forEach(id -> draft.get(id, source));
                    for (TargetId id : gone) {
                        if (draft.get(id, source) != null) {
                            draft.remove(id, now(), why);
                        }
                    }
                    configured.forEach((id, settings) -> configure(draft, source, id, settings));
                    return configured.size();
                })
                .thenAccept(size -> {});
    }

    private void configure(RegistryTransaction draft, Source source, TargetId id, ProbeSettings settings) {
        WatchedTarget before = draft.get(id, source);
        if (before == null) {
            Target target = Target.configured(id, source, settings, now());
            draft.add(new WatchedTarget(target, TargetState.start(target.registeredAt())));
        } else if (before.target().probe().equals(settings.probe())) {
            draft.replace(before.target().reconfigured(settings));
        } else {
            Registered unused = replaced(draft, Target.configured(id, source, settings, now()));
        }
    }

    /** Takes a result of the target as it was when the poll began. Never blocks. */
    public void record(Target polled, PollResult result) {
        recorder.record(polled, result);
    }

    /** Returns a future that is done when everything that arrived before is stored and shown; it fails if the store does. */
    public CompletableFuture<Void> settled() {
        return recorder.edit(draft -> true).thenAccept(done -> {});
    }

    /** Forgets the targets whose time has come. Returns at once; does nothing while the last call is under way. */
    public void sweep() {
        if (sweeping.compareAndSet(false, true)) {
            CompletableFuture<Void> unused = swept().thenRun(() -> sweeping.set(false));
        }
    }

    // Whether it failed does not matter: the next sweep finds the same.
    private CompletableFuture<Void> swept() {
        return recorder.edit(draft -> leases.sweep(table.any(), draft, now())).handle((count, failure) -> null);
    }

    /** Returns whether the lease of the target has ended. */
    public boolean leaseExpired(Target target) {
        return target.leaseExpired(now());
    }

    /** Returns whether the store refused the latest write; what is newer waits in memory. */
    public boolean storeFails() {
        return recorder.failing();
    }

    /** Returns how full the recorder's queue is, from 0 to 1. */
    public double backlog() {
        return recorder.backlog();
    }

    /** Records what has arrived, then ends. */
    @Override
    public void close() {
        recorder.close();
    }

    // The store keeps milliseconds; so does memory, that both always agree.
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
