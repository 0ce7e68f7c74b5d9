package dev.vitals.health.monitor.registry;

import dev.vitals.health.Outcome;
import dev.vitals.health.State;
import dev.vitals.health.monitor.model.Change;
import dev.vitals.health.monitor.model.Endpoint;
import dev.vitals.health.monitor.model.HostCheck;
import dev.vitals.health.monitor.model.Moment;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.ProbeSettings;
import dev.vitals.health.monitor.model.Source;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.TargetState;
import dev.vitals.health.monitor.model.UnreadableProbe;
import dev.vitals.health.monitor.model.WatchedTarget;
import dev.vitals.health.monitor.store.AuditEntry;
import dev.vitals.health.monitor.store.Batch;
import dev.vitals.health.monitor.store.RuleStore;
import dev.vitals.health.monitor.store.SecretStore;
import dev.vitals.health.monitor.store.SecretStore.SecretRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All edits of one transaction: targets, host checks, their encrypted secrets, and entries of the audit log. An edit sees
 * those before it; readers see none until the commit, and never if it fails. Confined to the recorder's thread.
 *
 * <p>An edit that refuses throws a {@link ConflictException} before it changes anything.
 */
public final class RegistryTransaction {
    private static final String OTHER = "looks at something else from now on";

    private final UncommittedStates uncommitted;
    private final Table table;
    private final Supplier<Moment> clock;
    private final Map<TargetId, Optional<WatchedTarget>> targets = new LinkedHashMap<>();
    private final Map<TargetId, Optional<HostCheck>> checks = new LinkedHashMap<>();
    private final Map<String, List<SecretRow>> secrets = new LinkedHashMap<>();
    private final List<Change> changes = new ArrayList<>();
    private final List<RuleStore.Edit> rules = new ArrayList<>();
    private final List<AuditEntry> audit = new ArrayList<>();

    RegistryTransaction(Table table, UncommittedStates uncommitted, Supplier<Moment> clock) {
        this.uncommitted = uncommitted;
        this.table = table;
        this.clock = clock;
    }

    /** Two addresses register under one name, and the first one answers. */
    static final class SecondAddressException extends ConflictException {
        private static final long serialVersionUID = 1L;

        SecondAddressException(TargetId id, Endpoint first, Endpoint second) {
            super("two addresses renew " + id + ": " + first.place() + ", which is registered and answers, and "
                    + second.place() + "; give each replica its own instance name");
        }
    }

    /** Returns the present time in milliseconds, as the store keeps it. */
    public Instant now() {
        return clock.get().wall();
    }

    /** Returns a target with its newest state; null if there is none. */
    public @Nullable WatchedTarget target(TargetId id) {
        Optional<WatchedTarget> edited = targets.get(id);
        return edited != null ? edited.orElse(null) : uncommitted.get(id);
    }

    /** Passes on all targets with their newest states, in no order. */
    public void each(Consumer<WatchedTarget> consumer) {
        for (WatchedTarget stored : table.all()) {
            WatchedTarget newest = target(stored.id());
            if (newest != null) {
                consumer.accept(newest);
            }
        }
        targets.forEach((id, target) -> {
            if (table.get(id) == null) {
                target.ifPresent(consumer);
            }
        });
    }

    /** Returns the targets that this transaction adds, changes or removes, and those whose trouble changed. */
    Set<TargetId> touched() {
        Set<TargetId> touched = new LinkedHashSet<>(uncommitted.touched);
        touched.addAll(targets.keySet());
        return touched;
    }

    /**
     * Returns a target of that source; null if there is none.
     *
     * @throws ConflictException if another source uses the name
     */
    public @Nullable WatchedTarget target(TargetId id, Source source) {
        WatchedTarget known = target(id);
        if (known != null && known.target().source() != source) {
            throw ConflictException.inUse(id, known.target().source());
        }
        return known;
    }

    /** Registers an instance, or renews its registration; {@code rows} are all its secrets. */
    Registered register(TargetId id, ProbeSettings settings, List<SecretRow> rows) {
        WatchedTarget before = target(id, Source.REGISTRATION);
        if (before != null) {
            refuseSecondAddress(before, settings);
        }
        boolean changed = before == null || !settings.equals(before.target().settings());
        if (changed) {
            secrets(id, rows);
        }
        if (before != null
                && before.target().probe().kind().equals(settings.probe().kind())) {
            Target renewed = before.target().renewed(settings, now());
            put(new WatchedTarget(renewed, before.state()));
            return new Registered(renewed, false, changed);
        }
        Target target = Target.registered(id, settings, now());
        begin(target);
        return new Registered(target, before == null, changed);
    }

    // Two replicas under one name would overwrite each other for ever. The first one keeps the name while it lives.
    private void refuseSecondAddress(WatchedTarget before, ProbeSettings settings) {
        Endpoint first = before.target().probe().endpoint();
        Endpoint second = settings.probe().endpoint();
        PollResult last = before.state().lastResult();
        boolean lives = before.target().leaseUntil() != null
                && !before.target().leaseExpired(now())
                && last != null
                && (last.code() != Outcome.Code.ERROR || last.httpStatus() != null);
        if (first != null && second != null && lives && !first.isSamePlaceAs(second)) {
            throw new SecondAddressException(before.id(), first, second);
        }
    }

    /** Adds a target, or changes it; it keeps its state while it looks at the same thing. {@code rows} are all its secrets. */
    public void configure(Source source, TargetId id, ProbeSettings settings, List<SecretRow> rows) {
        WatchedTarget before = target(id, source);
        if (!(settings.probe() instanceof UnreadableProbe)) {
            secrets(id, rows);
        }
        if (before != null && before.target().probe().equals(settings.probe())) {
            put(new WatchedTarget(before.target().reconfigured(settings), before.state()));
        } else {
            begin(Target.configured(id, source, settings, now()));
        }
    }

    // A target that looks at something else than before begins again, without a state.
    private void begin(Target target) {
        boolean unused = end(target.id(), OTHER);
        put(new WatchedTarget(target, TargetState.start(target.registeredAt())));
    }

    private void put(WatchedTarget watched) {
        targets.put(watched.id(), Optional.of(watched));
    }

    /** Makes a target UNKNOWN whose probe cannot be read, and gives the reason. Its secrets stay as they are. */
    void unreadable(WatchedTarget watched, UnreadableProbe probe) {
        State before = watched.state().state();
        put(new WatchedTarget(watched.target(), watched.state().unreadable(probe.problem(), now())));
        if (before != State.UNKNOWN) {
            changes.add(new Change(watched.id(), before, State.UNKNOWN, now(), probe.problem()));
        }
    }

    /** Removes a target and its secrets. Returns whether it existed. */
    public boolean remove(TargetId id, String why) {
        secrets(id, List.of());
        return end(id, why);
    }

    private boolean end(TargetId id, String why) {
        WatchedTarget before = target(id);
        if (before == null) {
            return false;
        }
        changes.add(new Change(id, before.state().state(), State.UNKNOWN, now(), why));
        targets.put(id, Optional.empty());
        return true;
    }

    // A host check, enabled or not, keeps its secrets when the target of its name has none, or goes.
    private void secrets(TargetId id, List<SecretRow> rows) {
        if (!rows.isEmpty() || check(id) == null) {
            secrets.put(SecretStore.owner(id), rows);
        }
    }

    /** Returns a host check; null if there is none. */
    public @Nullable HostCheck check(TargetId id) {
        Optional<HostCheck> edited = checks.get(id);
        return edited != null ? edited.orElse(null) : table.check(id);
    }

    /** Returns how many checks the host has, enabled or not. */
    public int checks(String host) {
        long stored = table.checks().stream()
                .filter(check -> check.host().equals(host) && !checks.containsKey(check.id()))
                .count();
        long edited = checks.values().stream()
                .flatMap(Optional::stream)
                .filter(check -> check.host().equals(host))
                .count();
        return (int) (stored + edited);
    }

    /** Adds a host check or changes it, with all its secrets. Its target is configured apart from it. */
    public void save(HostCheck check, List<SecretRow> rows) {
        checks.put(check.id(), Optional.of(check));
        secrets.put(SecretStore.owner(check.id()), rows);
    }

    /** Removes a host check with its secrets. Its target is removed apart from it. */
    public void removeCheck(TargetId id) {
        checks.put(id, Optional.empty());
        secrets.put(SecretStore.owner(id), List.of());
    }

    /** Stores changes of channels, rules and expectations too. */
    public void rules(List<RuleStore.Edit> edits) {
        rules.addAll(edits);
    }

    /** Adds an entry to the audit log. */
    public void audit(AuditEntry entry) {
        audit.add(entry);
    }

    /** Counts that there was no result for too long. This stays true even if the transaction fails. */
    void countStale(WatchedTarget watched) {
        Moment now = clock.get();
        if (watched.state().isStale(now, watched.target())) {
            uncommitted.countStale(watched, now);
        }
    }

    /** Makes all targets UNKNOWN that are polled over the network, because the monitor cannot see them. */
    public void unseen(String why) {
        List<WatchedTarget> all = new ArrayList<>();
        each(watched -> {
            if (watched.target().probe().endpoint() != null) {
                all.add(watched);
            }
        });
        Instant now = now();
        all.forEach(watched -> uncommitted.countUnseen(watched, now, why));
    }

    /** Returns all that is to be written, with the states from the results since the last commit. */
    Batch batch() {
        Map<TargetId, TargetState> states = new HashMap<>(uncommitted.states);
        List<TargetId> removed = new ArrayList<>();
        List<Target> saved = new ArrayList<>();
        targets.forEach((id, target) -> target.ifPresentOrElse(
                now -> {
                    saved.add(now.target());
                    states.put(id, now.state());
                },
                () -> {
                    removed.add(id);
                    states.remove(id);
                }));
        List<Change> all = new ArrayList<>(uncommitted.changes);
        all.addAll(changes);
        List<TargetId> removedChecks = new ArrayList<>();
        List<HostCheck> savedChecks = new ArrayList<>();
        checks.forEach((id, check) -> check.ifPresentOrElse(savedChecks::add, () -> removedChecks.add(id)));
        return new Batch(removed, saved, states, all)
                .with(new Batch.Edits(removedChecks, savedChecks, secrets, rules, audit));
    }

    /** After the commit: shows readers what is stored now. */
    void publish() {
        uncommitted.states.forEach((id, state) -> {
            WatchedTarget before = table.get(id);
            if (before != null) {
                table.put(new WatchedTarget(before.target(), state));
            }
        });
        uncommitted.clear();
        targets.forEach((id, target) -> target.ifPresentOrElse(table::put, () -> table.remove(id)));
        checks.forEach((id, check) -> check.ifPresentOrElse(table::put, () -> table.removeCheck(id)));
    }

    /** After the commit: tells which targets were watched or unwatched. */
    void tell(RegistryListener listener) {
        targets.forEach((id, target) ->
                target.ifPresentOrElse(now -> listener.watched(now.target()), () -> listener.unwatched(id)));
    }
}
