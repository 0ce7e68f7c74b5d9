package dev.vitals.health.monitor.gate;

import dev.vitals.health.Scheduler;
import dev.vitals.health.monitor.gate.Decision.Streak;
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

/** A gate that waits: its members, the passes counted so far, and its history. Not thread-safe; see {@link Gates}. */
final class WaitingGate {
    /** The most events of a gate: the first one and the newest of the others. */
    static final int MAX_EVENTS = 200;

    final Gate gate;
    /** The selected targets that are watched. */
    final Set<TargetId> members = new TreeSet<>();

    final Map<TargetId, Streak> streaks = new HashMap<>();
    final List<GateEvent> events = new ArrayList<>();
    private final Set<TargetId> gone = new TreeSet<>();
    private Instant countsFrom = Instant.MIN;
    private Scheduler.@Nullable Cancellation wakeUp;

    /** The time of the next extra polls. */
    Instant nextTry;
    /** Whether something happened since the last evaluation. */
    boolean changed;
    /** Whether the next evaluation must not be postponed. */
    boolean due = true;
    /** The elapsed time of the last evaluation, in nanoseconds. */
    long evaluatedAt;
    /** Whether a restart would lose something that the store does not have yet. */
    boolean unsaved;

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

    String id() {
        return gate.id();
    }

    /** Adds all selected targets. */
    void fill(List<WatchedTarget> all) {
        for (WatchedTarget watched : all) {
            if (gate.selection().matches(watched.target())) {
                members.add(watched.id());
            }
        }
        gone.removeAll(members);
    }

    /** Counts the latest result of each member; the times of earlier ones are not known. */
    void countLatest(List<WatchedTarget> all) {
        for (WatchedTarget watched : all) {
            PollResult last = watched.state().lastResult();
            if (last != null) {
                count(watched.target(), last);
            }
        }
    }

    /** Counts a result that the registry shows. */
    void count(Target polled, PollResult result) {
        if (!members.contains(polled.id())) {
            return;
        }
        Streak streak = Streak.after(streaks.get(polled.id()), polled, result, gate.rule());
        streaks.put(polled.id(), result.time().isAfter(countsFrom) ? streak : streak.reset());
        changed = true;
    }

    /** Resets all counts because results were lost. Results of polls that began before now no longer count. */
    void resetCounts(Instant now) {
        countsFrom = now;
        streaks.replaceAll((id, streak) -> streak.reset());
        changed = true;
    }

    /** Adds or removes a member, by the target as it is now; null if it is not watched. */
    void update(TargetId id, @Nullable Target target, Instant now) {
        boolean selected = target != null && gate.selection().matches(target);
        if (selected && members.add(id)) {
            unsaved |= gone.remove(id);
            addEvent(new GateEvent(now, "appeared", id.toString()));
        } else if (!selected && members.remove(id)) {
            streaks.remove(id);
            if (gate.selection().targets().isEmpty() && !gate.rule().allowGone()) {
                unsaved |= gone.add(id);
            }
            addEvent(new GateEvent(now, "gone", id.toString()));
        } else if (!selected) {
            return;
        }
        changed = true;
    }

    /** Returns the targets that the gate requires and that are not watched. */
    Set<TargetId> missing() {
        Set<TargetId> missing = new TreeSet<>(gate.selection().targets());
        missing.removeAll(members);
        missing.addAll(gone);
        return missing;
    }

    void addEvent(GateEvent event) {
        events.add(event);
        if (events.size() > MAX_EVENTS) {
            events.remove(1);
        }
    }

    void removeLastEvent() {
        events.remove(events.size() - 1);
    }

    /** Adds an event with the reason for waiting, unless the last such event has the same reason. */
    void addWaitingEvent(Instant now, String why) {
        for (int i = events.size() - 1; i >= 0; i--) {
            GateEvent event = events.get(i);
            if (event.what().equals("waiting")) {
                if (event.text().equals(why)) {
                    return;
                }
                break;
            }
        }
        addEvent(new GateEvent(now, "waiting", why));
    }

    /** Replaces the planned wake-up; null for none. */
    void plan(Scheduler.@Nullable Cancellation next) {
        if (wakeUp != null) {
            wakeUp.cancel();
        }
        wakeUp = next;
    }

    /** Returns the row for the store; the view is null before the first decision. */
    GateRow row(@Nullable GateView view, Instant now) {
        GateState state = view == null ? GateState.WAITING : view.state();
        return new GateRow(
                gate.id(),
                state.word(),
                gate.attribution().at(),
                state.isFinal() ? now : null,
                gate.fields(),
                view == null ? Map.of() : view.answer(),
                gone.stream().map(TargetId::toString).toList(),
                events.stream().map(GateEvent::fields).toList());
    }
}
