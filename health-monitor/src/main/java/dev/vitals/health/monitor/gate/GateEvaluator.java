package dev.vitals.health.monitor.gate;

import dev.vitals.health.monitor.model.FieldErrors;
import dev.vitals.health.monitor.model.Selection;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.TimeRange;
import dev.vitals.health.monitor.model.WatchedTarget;
import dev.vitals.health.monitor.registry.Registry;
import dev.vitals.health.monitor.store.GateStore.GateRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gates that wait, and what becomes of them. Confined to the thread of {@link Gates}, but for {@link #active}. */
final class GateEvaluator {
    private static final Logger log = LoggerFactory.getLogger(GateEvaluator.class);
    private static final Duration SOON = Duration.ofSeconds(1);
    // Up to that size a gate is judged at each result, above once a second.
    private static final int SMALL = 100;
    private static final int MAX_HELD = 100_000;

    private final Map<String, WaitingGate> waiting = new LinkedHashMap<>();
    private final Registry registry;
    private final Judge judge;
    private final Journal journal;
    private final PollNow pollNow;
    private final Alarm alarm;
    private final List<GateMessage.Result> held = new ArrayList<>();
    private boolean catchingUp;
    private volatile boolean active;

    GateEvaluator(Registry registry, Judge judge, Journal journal, PollNow pollNow, Alarm alarm) {
        this.registry = registry;
        this.judge = judge;
        this.journal = journal;
        this.pollNow = pollNow;
        this.alarm = alarm;
    }

    /** Returns whether any gate waits. For every thread. */
    boolean active() {
        return active;
    }

    /** Takes up what waited before the start; what was counted then counts no longer. */
    void load(List<GateRow> rows, Instant now) {
        active = !rows.isEmpty();
        List<WatchedTarget> all = rows.isEmpty() ? List.of() : registry.targets();
        for (GateRow row : rows) {
            WaitingGate loaded = WaitingGate.read(row, now);
            loaded.fill(all);
            loaded.note(new GateEvent(now, "resumed", "the monitor was started; passes count from here on"));
            waiting.put(row.id(), loaded);
            Decision held = Judge.held(judge.decide(loaded, now), "the monitor was started just now");
            journal.show(loaded, GateView.of(loaded.gate, held, now, now, null));
        }
    }

    void process(List<GateMessage> commands, Instant now) {
        for (GateMessage command : commands) {
            if (command instanceof GateMessage.Result result) {
                held.add(result);
            }
        }
        if (held.size() > MAX_HELD) {
            held.clear();
            lose(now);
        }
        catchUp();
        for (GateMessage command : commands) {
            take(command, now);
        }
        for (WaitingGate gate : List.copyOf(waiting.values())) {
            if (gate.news) {
                consider(gate, now);
            }
        }
        // Last, so that who asks is told what follows from all before.
        for (GateMessage command : commands) {
            if (command instanceof GateMessage.Edit<?> edit) {
                edit.run();
            }
        }
    }

    private void take(GateMessage command, Instant now) {
        if (command instanceof GateMessage.Moved moved) {
            Optional<WatchedTarget> known = registry.target(moved.target());
            waiting.values()
                    .forEach(gate -> gate.place(
                            moved.target(), known.map(WatchedTarget::target).orElse(null), now));
        } else if (command instanceof GateMessage.Changed changed) {
            waiting.values().forEach(gate -> gate.news |= gate.members.contains(changed.target()));
        } else if (command instanceof GateMessage.Due due) {
            mark(waiting.get(due.gate()));
        } else if (command instanceof GateMessage.Recorded recorded) {
            catchingUp = false;
            for (GateMessage.Result result : recorded.results()) {
                waiting.values().forEach(gate -> gate.count(result.polled(), result.result()));
            }
            catchUp();
        } else if (command instanceof GateMessage.AllDue) {
            waiting.values().forEach(GateEvaluator::mark);
        }
    }

    private static void mark(@Nullable WaitingGate gate) {
        if (gate != null) {
            gate.news = true;
            gate.judgedAt = 0;
        }
    }

    /** Begins all counts anew, and looks who is there: something was not heard. */
    void lose(Instant now) {
        List<WatchedTarget> all = waiting.isEmpty() ? List.of() : registry.targets();
        for (WaitingGate gate : waiting.values()) {
            gate.lose();
            for (TargetId id : List.copyOf(gate.members)) {
                gate.place(id, registry.target(id).map(WatchedTarget::target).orElse(null), now);
            }
            all.forEach(watched -> gate.place(watched.id(), watched.target(), now));
        }
    }

    private void consider(WaitingGate gate, Instant now) {
        long sinceJudged = alarm.nanoTime() - gate.judgedAt;
        if (gate.members.size() > SMALL && gate.judgedAt != 0 && sinceJudged < SOON.toNanos()) {
            gate.plan(alarm.set(gate.gate.id(), SOON.minusNanos(sinceJudged)));
            return;
        }
        try {
            judge(gate, now);
        } catch (RuntimeException e) {
            // It stays as it is, waiting, and is judged again.
            log.error("gate {} could not be judged", gate.gate.id(), e);
            gate.plan(alarm.set(gate.gate.id(), SOON));
        }
    }

    private void judge(WaitingGate gate, Instant now) {
        Decision decision = judge.decide(gate, now);
        gate.judgedAt = alarm.nanoTime();
        boolean stored = true;
        if (decision.state().isFinal()) {
            GateView view = GateView.of(gate.gate, decision, now, null, closes(gate));
            if (finish(gate, view, decision.state().word(), now)) {
                return;
            }
            stored = false;
            decision = Judge.held(decision, "to be " + decision.state().word() + ", but that cannot be stored yet");
        }
        tryAnew(gate, decision, now);
        gate.noteWaiting(now, decision.why());
        gate.news = false;
        journal.show(gate, GateView.of(gate.gate, decision, now, gate.nextTry, closes(gate)));
        if (gate.unsaved) {
            stored = journal.trySave(gate, gate.view, now);
        }
        // While the store fails nothing happens that would have the gate judged again.
        gate.plan(alarm.set(gate.gate.id(), stored && !registry.storeFails() ? judge.pause(gate, now) : SOON));
    }

    /**
     * Counts results only once the registry shows them, so that a gate never goes by passes of which it does not know yet
     * what follows for the state.
     */
    private void catchUp() {
        if (held.isEmpty() || catchingUp) {
            return;
        }
        catchingUp = true;
        List<GateMessage.Result> results = List.copyOf(held);
        held.clear();
        // If it fails, the states are older than the passes, and that alone holds the gates back.
        CompletableFuture<?> unused = registry.settled()
                .whenComplete((done, failure) -> alarm.recorded().accept(results));
    }

    private void tryAnew(WaitingGate gate, Decision decision, Instant now) {
        if (gate.nextTry.isAfter(now)) {
            return;
        }
        gate.nextTry = now.plus(gate.gate.limits().retry());
        List<TargetId> polled = decision.failing().stream()
                .map(TargetVerdict::id)
                .filter(gate.members::contains)
                .toList();
        polled.forEach(pollNow::poll);
        if (!polled.isEmpty()) {
            gate.note(new GateEvent(now, "tried", polled.size() + " polled anew"));
        }
    }

    private @Nullable Instant closes(WaitingGate gate) {
        TimeRange range = judge.range(gate.gate);
        return range == null ? gate.gate.limits().deadline() : range.to();
    }

    /** Says whether it is stored, and shown. */
    private boolean finish(WaitingGate gate, GateView view, String what, Instant now) {
        gate.note(new GateEvent(now, what, view.why()));
        if (!journal.trySave(gate, view, now)) {
            gate.events.remove(gate.events.size() - 1);
            return false;
        }
        leave(gate, view);
        return true;
    }

    private void leave(WaitingGate gate, GateView view) {
        waiting.remove(gate.gate.id());
        active = !waiting.isEmpty();
        gate.plan(null);
        journal.show(gate, view);
        log.info("gate {}: {}, {}", gate.gate.id(), view.state(), view.why());
    }

    GateView add(Gate gate, Instant now) {
        if (waiting.size() >= Gates.MAX_WAITING) {
            throw new TooManyGatesException();
        }
        // First, so that nothing is missed that happens from here on.
        active = true;
        try {
            WaitingGate added = new WaitingGate(gate, now);
            List<WatchedTarget> all = registry.targets();
            added.fill(all);
            added.look(all);
            refuse(added);
            String said = gate.attribution().reason();
            added.note(new GateEvent(now, "created", said == null ? "" : said));
            journal.save(added, null, now);
            waiting.put(gate.id(), added);
            judge(added, now);
            return Objects.requireNonNull(added.view);
        } finally {
            active = !waiting.isEmpty();
        }
    }

    private void refuse(WaitingGate added) {
        FieldErrors refusals = new FieldErrors();
        int selected = added.members.size() + added.missing().size();
        String field = added.gate.selection().fields().keySet().iterator().next();
        boolean some = selected > 0 || added.gate.rule().allowEmpty();
        refusals.unless(some, field, added.gate.selection(), "about a target that is watched, or allowEmpty be true");
        refusals.unless(
                selected <= Selection.MAX_TARGETS,
                field,
                selected + " targets",
                "about " + Selection.MAX_TARGETS + " targets at most");
        refusals.unless(
                judge.range(added.gate) != null,
                "window",
                added.gate.limits().window(),
                "a maintenance window with time left before the deadline and within 7 days");
        refusals.check();
    }

    Optional<GateView> cancel(String id, @Nullable String by, Instant now) {
        WaitingGate gate = waiting.get(id);
        if (gate == null) {
            return Optional.empty();
        }
        String why = "cancelled" + (by == null ? "" : " by " + by);
        Decision open = judge.decide(gate, now);
        Decision closed = new Decision(GateState.CLOSED, why, open.targets(), open.failing());
        GateView view = GateView.of(gate.gate, closed, now, null, closes(gate));
        gate.note(new GateEvent(now, "cancelled", why));
        try {
            journal.save(gate, view, now);
        } catch (RuntimeException e) {
            gate.events.remove(gate.events.size() - 1);
            throw e;
        }
        leave(gate, view);
        return Optional.of(view);
    }

    Optional<List<GateEvent>> events(String id) {
        return Optional.ofNullable(waiting.get(id)).map(gate -> List.copyOf(gate.events));
    }

    /** Stores what happened to the gates that go on waiting. */
    void close(Instant now) {
        for (WaitingGate gate : waiting.values()) {
            gate.plan(null);
            boolean stored = journal.trySave(gate, gate.view, now);
            log.debug("gate {} goes on waiting, stored: {}", gate.gate.id(), stored);
        }
    }
}
