package dev.vitals.health.monitor.gate;

import dev.vitals.health.Scheduler;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.WatchedTarget;
import dev.vitals.health.monitor.store.GateStore.GateRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is known about a gate that waits. Confined to the thread of {@link Gates}. */
final class WaitingGate {
    /** How many events are kept: the first, and the newest of the others. */
    static final int MAX_EVENTS = 200;

    final Gate gate;
    final Set<TargetId> members = new TreeSet<>();
    final Map<TargetId, Streak> seen = new HashMap<>();
    final List<GateEvent> events = new ArrayList<>();
    private final Set<TargetId> gone = new TreeSet<>();
    Instant nextTry;
    /** Elapsed time of the latest judgement. */
    long judgedAt;

    /** Whether something was learned since then. */
    boolean news = true;

    /** Whether the store lacks something that a restart would need. */
    boolean unsaved;

    @Nullable
    GateView view;

    Scheduler.@Nullable Cancellation wake;

    WaitingGate(Gate gate, Instant now) {
        this.gate = gate;
        this.nextTry = now;
    }

    static WaitingGate read(GateRow row, Instant now) {
        WaitingGate waiting = new WaitingGate(Gate.read(row.id(), row.gate()), now);
        row.gone().forEach(name -> TargetId.parse(name).ifPresent(waiting.gone::add));
        row.events().forEach(event -> waiting.events.add(GateEvent.read(event)));
        return waiting;
    }

    /** Takes in all that are selected. */
    void fill(List<WatchedTarget> all) {
        all.stream()
                .filter(watched -> gate.selection().matches(watched.target()))
                .map(WatchedTarget::id)
                .forEach(members::add);
        gone.removeAll(members);
    }

    /** Counts the latest results from before: one of each target, for of the others the times are not known. */
    void look(List<WatchedTarget> all) {
        for (WatchedTarget watched : all) {
            PollResult last = watched.state().lastResult();
            if (last != null && members.contains(watched.id())) {
                seen.put(watched.id(), Streak.after(null, watched.target(), last, gate.rule()));
            }
        }
    }

    void count(Target polled, PollResult result) {
        if (members.contains(polled.id())) {
            seen.compute(polled.id(), (id, before) -> Streak.after(before, polled, result, gate.rule()));
            news = true;
        }
    }

    /** Begins all counts anew, for a result was lost. */
    void lose() {
        seen.replaceAll((id, streak) -> streak.broken());
        news = true;
    }

    /** Takes a target in, or lets it go, as it is now. */
    void place(TargetId id, @Nullable Target target, Instant now) {
        boolean selected = target != null && gate.selection().matches(target);
        if (selected && members.add(id)) {
            unsaved |= gone.remove(id);
            note(new GateEvent(now, "appeared", id.toString()));
        } else if (!selected && members.remove(id)) {
            seen.remove(id);
            if (gate.selection().targets().isEmpty() && !gate.rule().allowGone()) {
                unsaved |= gone.add(id);
            }
            note(new GateEvent(now, "gone", id.toString()));
        } else if (selected) {
            news = true;
        }
    }

    /** Returns the targets that must be there and are not. */
    Set<TargetId> missing() {
        Set<TargetId> missing = new TreeSet<>(gate.selection().targets());
        missing.removeAll(members);
        missing.addAll(gone);
        return missing;
    }

    void note(GateEvent event) {
        news = true;
        events.add(event);
        if (events.size() > MAX_EVENTS) {
            events.remove(1);
        }
    }

    /** Notes what it waits for, unless that is what was noted last. */
    void noteWaiting(Instant now, String why) {
        for (int i = events.size() - 1; i >= 0; i--) {
            GateEvent event = events.get(i);
            if (event.what().equals("waiting")) {
                if (event.text().equals(why)) {
                    return;
                }
                break;
            }
        }
        note(new GateEvent(now, "waiting", why));
    }

    GateRow row(@Nullable GateView said, Instant now) {
        boolean decided = said != null && said.state().isFinal();
        return new GateRow(
                gate.id(),
                said == null ? GateState.WAITING.word() : said.state().word(),
                gate.attribution().at(),
                decided ? now : null,
                gate.fields(),
                said == null ? Map.of() : said.answer(),
                gone.stream().map(TargetId::toString).toList(),
                events.stream().map(GateEvent::fields).toList());
    }

    /** Plans when it is judged next, instead of any plan before. */
    void plan(Scheduler.@Nullable Cancellation next) {
        if (wake != null) {
            wake.cancel();
        }
        wake = next;
    }
}
