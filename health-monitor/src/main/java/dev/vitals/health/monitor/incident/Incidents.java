package dev.vitals.health.monitor.incident;

import dev.vitals.health.Scheduler;
import dev.vitals.health.State;
import dev.vitals.health.monitor.alert.Cause;
import dev.vitals.health.monitor.alert.Incident;
import dev.vitals.health.monitor.alert.Message;
import dev.vitals.health.monitor.incident.OpenIncidents.Entry;
import dev.vitals.health.monitor.maintenance.Suppressions;
import dev.vitals.health.monitor.model.Attribution;
import dev.vitals.health.monitor.model.Change;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.registry.AlertPlanner;
import dev.vitals.health.monitor.registry.Registry;
import dev.vitals.health.monitor.registry.RegistryTransaction;
import dev.vitals.health.monitor.rule.Rules;
import dev.vitals.health.monitor.store.AlertRows;
import dev.vitals.health.monitor.store.AuditEntry;
import dev.vitals.health.monitor.store.IncidentStore;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The incidents: spans of trouble with one cause, and the messages that they need.
 *
 * <p>Thread-safe. Reads are from memory and show only what is stored. All changes run on the recorder's thread, in the
 * transaction of the states that they follow from; futures complete there after the commit.
 */
public final class Incidents {
    /** The time between two looks at messages that wait. */
    public static final Duration LOOK_INTERVAL = Duration.ofSeconds(1);

    private static final Logger log = LoggerFactory.getLogger(Incidents.class);
    private static final int MOST_AT_ONCE = 2_000;

    private final OpenIncidents open = new OpenIncidents();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<AlertRows>> followers = new CopyOnWriteArrayList<>();
    private final AtomicBoolean looking = new AtomicBoolean();
    private final IncidentStore store;
    private final Rules rules;
    private final IncidentEngine engine;
    private final MessagePlanner planner;
    private final MessageRelease release;
    private final ExpectationWatch expectations;
    private volatile @Nullable Registry registry;
    // Some messages wait; false only when it is certain that none does.
    private volatile boolean waiting = true;
    // On the recorder's thread: what the current transaction does.
    private boolean makesReady;
    private boolean begun;

    /**
     * Loads the open incidents.
     *
     * @param changes returns the newest changes of a target, the newest first
     */
    public Incidents(
            IncidentStore store, Rules rules, Suppressions suppressions, Function<TargetId, List<Change>> changes) {
        this.store = store;
        this.rules = rules;
        open.load(store.open());
        planner = new MessagePlanner(open, rules, store.identity());
        engine = new IncidentEngine(open, planner, rules, store.identity());
        release = new MessageRelease(open, planner, new FactsMaker(changes), rules, suppressions, store.identity());
        expectations = new ExpectationWatch(open, engine, planner, rules);
    }

    /** Returns what the registry calls in each transaction. */
    public AlertPlanner planner() {
        return new AlertPlanner() {
            @Override
            public AlertRows plan(RegistryTransaction transaction, Set<TargetId> touched) {
                try {
                    if (!touched.isEmpty() || !begun) {
                        engine.update(transaction, begun ? touched : all(transaction));
                        begun = true;
                    }
                    return open.rows();
                } catch (RuntimeException e) {
                    // States must be stored whatever happens here. The next transaction compares all targets again.
                    log.error("incidents could not be updated", e);
                    open.rollback();
                    begun = false;
                    return AlertRows.NONE;
                }
            }

            @Override
            public void committed() {
                AlertRows rows = open.rows();
                open.commit();
                waiting |= !rows.messages().isEmpty() || !rows.moves().isEmpty();
                if (!rows.events().isEmpty()) {
                    followers.forEach(follower -> guarded(() -> follower.accept(rows)));
                }
                if (makesReady) {
                    makesReady = false;
                    tell();
                }
            }

            @Override
            public void rolledBack() {
                open.rollback();
                makesReady = false;
                begun = false;
            }
        };
    }

    // At the first transaction, states may differ from what the incidents know: an older version knew none.
    private Set<TargetId> all(RegistryTransaction transaction) {
        Set<TargetId> all = new HashSet<>();
        transaction.each(watched -> all.add(watched.id()));
        open.all().forEach(entry -> entry.members().forEach(member -> all.add(member.target())));
        return all;
    }

    private void tell() {
        listeners.forEach(Incidents::guarded);
    }

    private static void guarded(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException e) {
            // One listener must not keep the news from the others.
            log.error("a listener failed", e);
        }
    }

    /** Starts to look at waiting messages and at expectations, in a registry that has started. Returns what stops it. */
    public Scheduler.Cancellation start(Registry started, Scheduler scheduler) {
        registry = started;
        return scheduler.repeat(this::look, LOOK_INTERVAL);
    }

    private void look() {
        Registry started = registry;
        boolean needed = waiting
                || !rules.current().expectations().isEmpty()
                || open.shown().stream().anyMatch(one -> one.cause().kind() == Cause.Kind.EXPECTATION);
        if (started != null && needed && looking.compareAndSet(false, true)) {
            CompletableFuture<Boolean> unused =
                    started.edit(this::look).whenComplete((done, failure) -> looking.set(false));
        }
    }

    private boolean look(RegistryTransaction transaction) {
        expectations.look(transaction);
        List<Message> due = store.due(transaction.now(), MOST_AT_ONCE);
        if (due.isEmpty()) {
            waiting = store.hasWaiting() || !open.rows().isEmpty();
            return false;
        }
        // A cause that was found since then takes its effects along; their messages are cancelled below.
        engine.mergeExplained(transaction, transaction.now());
        makesReady |= release.release(transaction, due);
        return true;
    }

    /** Returns all open incidents, the oldest first; from memory. */
    public List<Incident> open() {
        return open.shown();
    }

    /** Returns the open incident that affects the target; from memory. */
    public Optional<Incident> of(TargetId target) {
        return open.shownOf(target);
    }

    /** Returns what tells this monitor from others; it is in the keys of its messages. */
    public String identity() {
        return store.identity();
    }

    /** Runs the listener after each commit that made messages ready. The listener must be short and not block. */
    public void onReleased(Runnable listener) {
        listeners.add(listener);
    }

    /** Calls the listener with each commit that added to timelines. The listener must be short and not block. */
    public void onEvents(Consumer<AlertRows> listener) {
        followers.add(listener);
    }

    /**
     * Acknowledges an open incident; empty if there is none with that id.
     *
     * @param entry stored with it
     */
    public CompletableFuture<Optional<Incident>> acknowledge(String id, Attribution by, AuditEntry entry) {
        return change(id, entry, (transaction, known) -> open.acknowledge(known, by));
    }

    private CompletableFuture<Optional<Incident>> change(
            String id, AuditEntry audit, BiFunction<RegistryTransaction, Entry, Incident> change) {
        return edit(transaction -> {
            Entry known = open.get(id);
            if (known == null) {
                return Optional.empty();
            }
            transaction.audit(audit);
            return Optional.of(change.apply(transaction, known));
        });
    }

    /**
     * Adds a note, the reason of the attribution, to an incident that is open or has ended; empty if there is none.
     *
     * @param entry stored with it
     */
    public CompletableFuture<Optional<Incident>> note(String id, Attribution by, AuditEntry entry) {
        // Incidents are never deleted, so that this may be read before.
        Optional<Incident> found = store.find(id);
        if (found.isEmpty()) {
            return CompletableFuture.completedFuture(found);
        }
        return edit(transaction -> {
            transaction.audit(entry);
            open.note(id, by);
            return found;
        });
    }

    /**
     * The monitor cannot see: its targets become UNKNOWN, and the incident about the monitor opens, if it is not open. While
     * it is, no other message leaves.
     *
     * @param why the reason for people
     */
    public CompletableFuture<Void> observerTrouble(String why) {
        return edit(transaction -> {
                    transaction.unseen("the monitor cannot see: " + why);
                    if (open.with(Cause.monitor()) == null) {
                        Instant now = transaction.now();
                        planner.tell(open.open(Cause.monitor(), State.UNKNOWN, why, now), rules.toldOfMonitor(), now);
                    }
                    return true;
                })
                .thenAccept(done -> {});
    }

    /** The monitor sees again: ends the incident about it, if one is open. */
    public CompletableFuture<Void> observerRecovered(String why) {
        return edit(transaction -> {
                    Entry known = open.with(Cause.monitor());
                    if (known != null) {
                        engine.end(known, new Incident.End(Incident.Ending.RECOVERED, transaction.now(), why));
                    }
                    return true;
                })
                .thenAccept(done -> {});
    }

    /**
     * Tells, once, that the monitor did not run for a while and runs again: an incident that has ended already.
     *
     * @param pause for how long; zero if that is not known
     */
    public CompletableFuture<Void> observerPaused(String why, Duration pause) {
        return edit(transaction -> {
                    Instant now = transaction.now();
                    Entry known = open.with(Cause.monitor());
                    if (known != null) {
                        open.evidence(known, why);
                        return true;
                    }
                    Entry opened = open.open(Cause.monitor(), State.UNKNOWN, why, now);
                    planner.tellNow(opened, rules.toldOfMonitor(), why, now.minus(pause), now);
                    open.end(opened, new Incident.End(Incident.Ending.RECOVERED, now, "the monitor runs again"));
                    makesReady = true;
                    return true;
                })
                .thenAccept(done -> {});
    }

    /**
     * Opens an incident for each channel that is sick, told through the other channels to those who are told of the monitor;
     * ends the incidents of the others. Does nothing if that is so already.
     *
     * @param sick the names of sick channels, each with the reason
     */
    public void channels(Map<String, String> sick) {
        Set<String> known = open.shown().stream()
                .filter(one -> one.cause().kind() == Cause.Kind.CHANNEL)
                .map(one -> one.cause().subject())
                .collect(Collectors.toSet());
        if (!known.equals(sick.keySet())) {
            CompletableFuture<Boolean> unused = edit(transaction -> {
                Instant now = transaction.now();
                sick.forEach((name, why) -> openChannel(name, why, now));
                open.all().stream()
                        .filter(entry -> entry.cause().kind() == Cause.Kind.CHANNEL)
                        .filter(entry -> !sick.containsKey(entry.cause().subject()))
                        .toList()
                        .forEach(entry -> engine.end(
                                entry,
                                new Incident.End(
                                        Incident.Ending.RECOVERED, now, entry.cause() + " takes messages again")));
                return true;
            });
        }
    }

    private void openChannel(String name, String why, Instant now) {
        Cause cause = Cause.channel(name);
        if (open.with(cause) == null) {
            List<Rules.Told> others = rules.toldOfMonitor().stream()
                    .filter(told -> !told.receiver().channel().equals(name))
                    .toList();
            planner.tell(open.open(cause, State.DEGRADED, why, now), others, now);
        }
    }

    /** Adds a message that belongs to no incident, such as a test; one that is READY leaves after the commit. */
    public CompletableFuture<Message> queue(Message message) {
        return edit(transaction -> {
            open.add(message);
            makesReady |= message.progress().state() == Message.State.READY;
            return message;
        });
    }

    private <T> CompletableFuture<T> edit(Function<RegistryTransaction, T> edit) {
        Registry started = registry;
        return started == null
                ? CompletableFuture.failedFuture(new IllegalStateException("not started"))
                : started.edit(edit);
    }
}
