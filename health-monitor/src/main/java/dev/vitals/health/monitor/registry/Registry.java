package dev.vitals.health.monitor.registry;

import dev.vitals.health.monitor.model.Change;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Registration;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.TargetState;
import dev.vitals.health.monitor.model.Tracked;
import dev.vitals.health.monitor.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What is watched now, and in which state.
 *
 * <p>Thread-safe. Reading is from memory and shows only what is stored. Changes are made by one thread, in the order of
 * their arrival; the futures complete on that thread once the change is stored, or fail if it could not be.
 */
public final class Registry implements AutoCloseable {
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
        this.store = store;
        this.clock = clock;
        this.leases = new Leases(forgetAfter, now());
        store.load().forEach(table::put);
        this.recorder = new Recorder(table, store);
    }

    /** Begins to record, and to tell the listener. */
    public void start(RegistryListener listener) {
        recorder.start(listener);
    }

    /** Returns all targets, in the order of their names. */
    public List<Tracked> targets() {
        return table.all();
    }

    /** Returns one target. */
    public Optional<Tracked> target(TargetId id) {
        return Optional.ofNullable(table.get(id));
    }

    /** Returns the newest changes of a target, the newest first; asks the store. */
    public List<Change> changes(TargetId id, int limit) {
        return store.changes(id, limit);
    }

    /** Registers an instance, or renews its registration: that keeps its state and starts the lease anew. */
    public CompletableFuture<Registered> register(TargetId id, Registration registration) {
        return recorder.edit(draft -> {
            Tracked before = draft.get(id);
            if (before == null) {
                Target target = Target.registered(id, registration, now());
                draft.add(new Tracked(target, TargetState.start(target.registeredAt())));
                return new Registered(target, true, true);
            }
            Target target = before.target().renewed(registration, now());
            draft.replace(target);
            return new Registered(
                    target, false, !registration.equals(before.target().registration()));
        });
    }

    /** Removes an instance at once; says whether it was there. */
    public CompletableFuture<Boolean> deregister(TargetId id) {
        return recorder.edit(draft -> draft.remove(id, now(), "deregistered"));
    }

    /** Takes a result of the target as it was when the poll began. Never blocks. */
    public void record(Target polled, PollResult result) {
        recorder.record(polled, result);
    }

    /** Forgets the targets whose time has come. Returns at once; does nothing while the last call is under way. */
    public void sweep() {
        if (sweeping.compareAndSet(false, true)) {
            CompletableFuture<Integer> swept = recorder.edit(draft -> leases.sweep(table.all(), draft, now()));
            // Whether it failed does not matter: the next sweep finds the same.
            CompletableFuture<Void> unused = swept.handle((count, failure) -> {
                sweeping.set(false);
                return null;
            });
        }
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
