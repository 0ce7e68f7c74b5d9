package dev.vitals.health.monitor.gate;

import dev.vitals.health.Scheduler;
import dev.vitals.health.monitor.gate.Decision.TargetVerdict;
import dev.vitals.health.monitor.maintenance.SuppressionKind;
import dev.vitals.health.monitor.maintenance.Suppressions;
import dev.vitals.health.monitor.model.FieldErrors;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Selection;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.TimeRange;
import dev.vitals.health.monitor.model.WatchedTarget;
import dev.vitals.health.monitor.registry.Registry;
import dev.vitals.health.monitor.store.FailureLog;
import dev.vitals.health.monitor.store.GateStore.GateRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The waiting gates and their evaluation: counts, decides, stores, shows. Not thread-safe except for {@link #isActive};
 * {@link Gates} calls the rest from one thread at a time.
 */
final class GateEvaluator {
    private static final Logger log = LoggerFactory.getLogger(GateEvaluator.class);
    // Up to this size a gate is evaluated at each result, above it once a second.
    private static final int SMALL = 100;
    private static final Duration SOON = Duration.ofSeconds(1);
    // The clock may jump, and states become stale, without an event.
    private static final Duration MAX_PAUSE = Duration.ofMinutes(1);

    private final FailureLog evaluation = new FailureLog(log, "the evaluation of gates");
    private final Registry registry;
    private final Suppressions suppressions;
    private final GateViews views;
    private final Scheduler scheduler;
    private final Consumer<TargetId> pollNow;
    private final Consumer<String> onDue;
    private final Map<String, WaitingGate> waiting = new LinkedHashMap<>();
    private volatile boolean active;

    /**
     * Creates an evaluator without gates.
     *
     * @param pollNow asks for an extra poll of the target; must not block
     * @param onDue takes the id of a gate that must be evaluated; called by the scheduler
     */
    GateEvaluator(
            Registry registry,
            Suppressions suppressions,
            GateViews views,
            Scheduler scheduler,
            Consumer<TargetId> pollNow,
            Consumer<String> onDue) {
        this.registry = registry;
        this.suppressions = suppressions;
        this.views = views;
        this.scheduler = scheduler;
        this.pollNow = pollNow;
        this.onDue = onDue;
    }

    /** Returns whether any gate waits. Thread-safe. */
    boolean isActive() {
        return active;
    }

    /** Resumes the gates that waited before the start; their passes count from zero. */
    void load(List<GateRow> rows, Instant now) {
        active = !rows.isEmpty();
        List<WatchedTarget> all = rows.isEmpty() ? List.of() : registry.targets();
        for (GateRow row : rows) {
            WaitingGate loaded = WaitingGate.read(row, now);
            loaded.fill(all);
            loaded.addEvent(new GateEvent(now, "resumed", "the monitor was started; passes count from zero"));
            waiting.put(row.id(), loaded);
            Decision decision = decide(loaded, now).as(GateState.WAITING, "the monitor has just started");
            views.show(GateView.of(loaded.gate, decision, now, now, null));
        }
    }

    void targetUpdated(TargetId id, Instant now) {
        Target target = registry.target(id).map(WatchedTarget::target).orElse(null);
        waiting.values().forEach(gate -> gate.update(id, target, now));
    }

    void stateChanged(TargetId id) {
        waiting.values().forEach(gate -> gate.changed |= gate.members.contains(id));
    }

    void resultRecorded(Target polled, PollResult result) {
        waiting.values().forEach(gate -> gate.count(polled, result));
    }

    /** Resets all counts and looks up all members: results or other events were lost. */
    void eventsLost(Instant now) {
        List<WatchedTarget> all = waiting.isEmpty() ? List.of() : registry.targets();
        for (WaitingGate gate : waiting.values()) {
            gate.resetCounts(now);
            for (TargetId id : List.copyOf(gate.members)) {
                gate.update(id, registry.target(id).map(WatchedTarget::target).orElse(null), now);
            }
            all.forEach(watched -> gate.update(watched.id(), watched.target(), now));
        }
    }

    void due(String id) {
        WaitingGate gate = waiting.get(id);
        if (gate != null) {
            gate.due = true;
        }
    }

    void allDue() {
        waiting.values().forEach(gate -> gate.due = true);
    }

    GateView add(Gate gate, Instant now) {
        if (waiting.size() >= Gates.MAX_WAITING) {
            throw new Gates.TooManyGatesException();
        }
        // Before the registry is read, so that no later result is missed.
        active = true;
        try {
            WaitingGate added = new WaitingGate(gate, now);
            List<WatchedTarget> all = registry.targets();
            added.fill(all);
            added.countLatest(all);
            check(added);
            String reason = gate.attribution().reason();
            added.addEvent(new GateEvent(now, "created", reason == null ? "" : reason));
            views.save(added, null, now);
            waiting.put(gate.id(), added);
            evaluate(added, now);
            return views.find(gate.id()).orElseThrow();
        } finally {
            active = !waiting.isEmpty();
        }
    }

    private void check(WaitingGate added) {
        FieldErrors errors = new FieldErrors();
        Selection selection = added.gate.selection();
        String field = selection.fields().keySet().iterator().next();
        int targets = added.members.size() + added.missing().size();
        boolean some = targets > 0 || added.gate.rule().allowEmpty();
        errors.unless(some, field, selection, "one that selects a watched target, unless allowEmpty is true");
        String bound = "one that selects at most " + Selection.MAX_TARGETS + " targets";
        errors.unless(targets <= Selection.MAX_TARGETS, field, targets + " targets", bound);
        errors.unless(
                range(added.gate) != null,
                "window",
                added.gate.limits().window(),
                "a maintenance window with time left before the deadline and within 7 days");
        errors.check();
    }

    Optional<GateView> cancel(String id, @Nullable String by, Instant now) {
        WaitingGate gate = waiting.get(id);
        if (gate == null) {
            return Optional.empty();
        }
        String why = "cancelled" + (by == null ? "" : " by " + by);
        Decision decision = decide(gate, now).as(GateState.CLOSED, why);
        GateView view = GateView.of(gate.gate, decision, now, null, closesAt(gate.gate));
        finish(gate, view, new GateEvent(now, "cancelled", why));
        return Optional.of(view);
    }

    Optional<List<GateEvent>> events(String id) {
        return Optional.ofNullable(waiting.get(id)).map(gate -> List.copyOf(gate.events));
    }

    /** Evaluates the gates for which something happened since the last call. */
    void evaluateChanged(Instant now) {
        for (WaitingGate gate : List.copyOf(waiting.values())) {
            if (gate.changed || gate.due) {
                evaluateUnlessTooSoon(gate, now);
            }
        }
    }

    private void evaluateUnlessTooSoon(WaitingGate gate, Instant now) {
        long sinceLast = scheduler.nanoTime() - gate.evaluatedAt;
        if (gate.members.size() > SMALL && !gate.due && sinceLast < SOON.toNanos()) {
            wakeAfter(gate, SOON.minusNanos(sinceLast));
            return;
        }
        try {
            evaluate(gate, now);
        } catch (RuntimeException e) {
            // The gate keeps its answer, waiting, and is evaluated again.
            evaluation.failed(e, "first of gate " + gate.id() + "; it is evaluated again");
            wakeAfter(gate, SOON);
        }
    }

    private void evaluate(WaitingGate gate, Instant now) {
        Decision decision = decide(gate, now);
        gate.evaluatedAt = scheduler.nanoTime();
        boolean stored = true;
        if (decision.state().isFinal()) {
            try {
                GateView view = GateView.of(gate.gate, decision, now, null, closesAt(gate.gate));
                finish(gate, view, new GateEvent(now, decision.state().word(), decision.why()));
                return;
            } catch (RuntimeException e) {
                views.failed(gate, e);
                stored = false;
                String why = "to become " + decision.state().word() + " as soon as the store works again";
                decision = decision.as(GateState.WAITING, why);
            }
        }
        pollFailing(gate, decision, now);
        gate.addWaitingEvent(now, decision.why());
        gate.changed = false;
        gate.due = false;
        views.show(GateView.of(gate.gate, decision, now, gate.nextTry, closesAt(gate.gate)));
        if (gate.unsaved) {
            stored &= views.trySave(gate, now);
        }
        // There is no event for a store that works again.
        wakeAfter(gate, stored && !registry.storeFails() ? pause(gate, now) : SOON);
    }

    private Decision decide(WaitingGate gate, Instant now) {
        List<TargetVerdict> verdicts = new ArrayList<>();
        for (TargetId id : gate.members) {
            verdicts.add(registry.target(id)
                    .map(watched -> TargetVerdict.of(watched, gate.streaks.get(id), gate.gate.rule()))
                    .orElseGet(() -> TargetVerdict.missing(id)));
        }
        gate.missing().forEach(id -> verdicts.add(TargetVerdict.missing(id)));
        Decision decision = Decision.of(gate.gate, range(gate.gate), verdicts, now);
        // The registry shows only what is stored, so its states may be out of date.
        return decision.state() == GateState.OPEN && registry.storeFails()
                ? decision.as(GateState.WAITING, "the store fails, the states may be out of date")
                : decision;
    }

    /** Returns the time in which the gate can open; null if there is none. */
    private @Nullable TimeRange range(Gate gate) {
        Instant created = gate.attribution().at();
        Instant latest = created.plus(GateBuilder.LONGEST);
        Instant deadline = gate.limits().deadline();
        Instant end = deadline == null || deadline.isAfter(latest) ? latest : deadline;
        String window = gate.limits().window();
        if (window == null) {
            return new TimeRange(created, end);
        }
        return suppressions
                .find(SuppressionKind.MAINTENANCE, window)
                .flatMap(found -> found.schedule().next(created))
                .flatMap(occurrence -> occurrence.within(created, end))
                .orElse(null);
    }

    private @Nullable Instant closesAt(Gate gate) {
        TimeRange range = range(gate);
        return range == null ? gate.limits().deadline() : range.to();
    }

    /** Asks for extra polls of the failing targets when it is time for them. */
    private void pollFailing(WaitingGate gate, Decision decision, Instant now) {
        if (gate.nextTry.isAfter(now)) {
            return;
        }
        gate.nextTry = now.plus(gate.gate.limits().retry());
        List<TargetId> polled = decision.failing().stream()
                .map(TargetVerdict::id)
                .filter(gate.members::contains)
                .toList();
        polled.forEach(pollNow);
        if (!polled.isEmpty()) {
            gate.addEvent(new GateEvent(now, "tried", polled.size() + " polled again"));
        }
    }

    /** Stores a final view, then shows it. Throws if the store fails; then the gate still waits. */
    private void finish(WaitingGate gate, GateView view, GateEvent event) {
        gate.addEvent(event);
        try {
            views.save(gate, view, event.at());
        } catch (RuntimeException e) {
            gate.removeLastEvent();
            throw e;
        }
        waiting.remove(gate.id());
        active = !waiting.isEmpty();
        gate.plan(null);
        views.show(view);
        log.info("gate {}: {}, {}", gate.id(), view.state(), view.why());
    }

    /** Returns how long nothing needs to be done for the gate unless something happens. */
    private Duration pause(WaitingGate gate, Instant now) {
        Duration pause = shorter(MAX_PAUSE, gate.nextTry, now);
        TimeRange range = range(gate.gate);
        if (range != null) {
            pause = shorter(pause, range.to(), now);
            if (range.from().isAfter(now)) {
                pause = shorter(pause, range.from(), now);
            }
        }
        return pause;
    }

    private static Duration shorter(Duration pause, Instant at, Instant now) {
        Duration until = Duration.between(now, at);
        return until.compareTo(pause) < 0 ? until : pause;
    }

    private void wakeAfter(WaitingGate gate, Duration delay) {
        gate.plan(scheduler.schedule(() -> onDue.accept(gate.id()), delay));
    }

    /** Stores the gates that still wait and stops their wake-ups. */
    void close(Instant now) {
        for (WaitingGate gate : waiting.values()) {
            gate.plan(null);
            boolean stored = views.trySave(gate, now);
            log.debug("gate {} keeps waiting, stored: {}", gate.id(), stored);
        }
    }
}
