package dev.vitals.health.monitor.registry;

import dev.vitals.health.monitor.history.HistoryRecorder;
import dev.vitals.health.monitor.model.Change;
import dev.vitals.health.monitor.model.Moment;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.TargetState;
import dev.vitals.health.monitor.model.WatchedTarget;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The outcome of the results since the last commit: the newest state of each target, the changes, and the results themselves.
 * It grows while the store fails, up to a bound. Confined to the recorder's thread.
 */
final class UncommittedStates {
    private static final Logger log = LoggerFactory.getLogger(UncommittedStates.class);
    private static final int MAX_CHANGES = 100_000;
    private static final int MAX_JUDGED = 65_536;

    final Map<TargetId, TargetState> states = new HashMap<>();
    final Deque<Change> changes = new ArrayDeque<>();

    /** The targets whose trouble began, ended or changed. */
    final Set<TargetId> touched = new HashSet<>();

    private final Table table;
    private final List<Judged> judged = new ArrayList<>();
    private boolean judgedLost;
    private final HistoryRecorder history;
    final SeenJournal seen;

    /** A result that counted for its target; the target is as it was when the poll began. */
    record Judged(Target polled, PollResult result) {}

    UncommittedStates(Table table, HistoryRecorder history, SeenJournal seen) {
        this.seen = seen;
        this.table = table;
        this.history = history;
    }

    /** Returns a target with its newest state, stored or not. */
    @Nullable
    WatchedTarget get(TargetId id) {
        WatchedTarget stored = table.get(id);
        TargetState newer = states.get(id);
        return stored == null || newer == null ? stored : new WatchedTarget(stored.target(), newer);
    }

    /** Counts one result of a poll that ended at that moment; a result for an earlier registration is ignored. */
    void count(Target polled, PollResult result, Moment end) {
        WatchedTarget current = get(polled.id());
        if (current == null || !current.target().acceptsResultOf(polled)) {
            log.debug("{}: a result for an earlier registration is ignored", polled.id());
            return;
        }
        // A result that came late does not fill the gap before it.
        countStale(current, end);
        TargetState before = Objects.requireNonNullElse(states.get(polled.id()), current.state());
        TargetState after = before.after(result, current.target(), end);
        history.count(polled.id(), result, after.isResultStored());
        addJudged(new Judged(polled, result));
        if (after.isResultStored() || states.containsKey(polled.id())) {
            states.put(polled.id(), after);
        } else {
            // It repeats what the store knows.
            table.put(new WatchedTarget(current.target(), after));
            long number = history.number(polled.id());
            if (number != 0) {
                seen.add(number, end);
            }
        }
        if (after.state() != before.state()) {
            add(new Change(polled.id(), before.state(), after.state(), after.since(), after.why()));
        } else {
            if (after.isTrouble() != before.isTrouble()) {
                touched.add(polled.id());
            }
            log.debug("{}: still {}, {}", polled.id(), after.state(), result.code());
        }
    }

    /** Counts that there was no result for too long. */
    void countStale(WatchedTarget watched, Moment now) {
        WatchedTarget current = get(watched.id());
        if (current == null || !current.state().isStale(now, current.target())) {
            return;
        }
        TargetState before = current.state();
        TargetState after = before.stale(current.target());
        states.put(current.id(), after);
        String why = TargetState.whyStale(current.target());
        add(new Change(current.id(), before.state(), after.state(), after.since(), why));
    }

    /** Counts that the monitor cannot see a target. */
    void countUnseen(WatchedTarget watched, Instant at, String why) {
        TargetState after = watched.state().unseen(at, why);
        if (after.state() != watched.state().state()) {
            states.put(watched.id(), after);
            add(new Change(watched.id(), watched.state().state(), after.state(), at, why));
        }
    }

    /** Marks the latest result of each target for storing, even if it repeats what the store knows. */
    void keepAll() {
        for (WatchedTarget watched : table.all()) {
            if (watched.state().lastResult() != null && !watched.state().isResultStored()) {
                states.putIfAbsent(watched.id(), watched.state().withResultStored());
            }
        }
    }

    private void addJudged(Judged one) {
        if (judged.size() >= MAX_JUDGED) {
            // The store has failed for long. Listeners can start again from a gap, but not from several.
            judged.clear();
            judgedLost = true;
        }
        judged.add(one);
    }

    /** Returns the judged results since the last commit, in the order of arrival, and forgets them. */
    List<Judged> takeJudged() {
        List<Judged> taken = List.copyOf(judged);
        judged.clear();
        return taken;
    }

    /** Returns whether judged results had to be dropped since the last call; they were older than all that are left. */
    boolean takeJudgedLost() {
        boolean lost = judgedLost;
        judgedLost = false;
        return lost;
    }

    private void add(Change change) {
        if (changes.size() >= MAX_CHANGES) {
            changes.removeFirst();
        }
        changes.addLast(change);
        touched.add(change.target());
    }

    void clear() {
        states.clear();
        changes.clear();
        touched.clear();
    }
}
