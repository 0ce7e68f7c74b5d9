package dev.vitals.health.monitor.backtest;

import dev.vitals.health.State;
import dev.vitals.health.internal.engine.StateMachine;
import dev.vitals.health.monitor.history.History;
import dev.vitals.health.monitor.model.Change;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TimeRange;
import dev.vitals.health.monitor.store.HistoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Tells what other thresholds would have changed: replays the stored results of a target under its present thresholds and
 * under others. Thread-safe; reads the store.
 */
public final class Backtest {
    // Enough for ten results at the longest interval of a registration, so that the state at the begin is certain.
    private static final Duration WARM_UP = Duration.ofDays(1);
    private static final int MAX_CHANGES = 100_000;

    private final History history;

    /** Replays what this history holds. */
    public Backtest(History history) {
        this.history = history;
    }

    /**
     * Replays the results of a time range.
     *
     * @param other the other thresholds
     * @param told the states of which somebody is told
     * @param range the time whose messages and outages count; results of the day before prepare the state at its begin
     */
    public BacktestReport run(Target target, StateMachine other, Set<State> told, TimeRange range) {
        TimeRange read = new TimeRange(range.from().minus(WARM_UP), range.to());
        Replay live = replay(target, target.thresholds(), true, told, range);
        Replay changed = replay(target, other, other.equals(target.thresholds()), told, range);
        Timeline timeline = new Timeline(
                live,
                changed,
                read.from(),
                history.lives(target.id()),
                stateAt(target, read.from()),
                changes(target, read));
        history.replay(target.id(), read, timeline::accept);
        timeline.finish(range.to());
        Set<Doubt> doubts = EnumSet.noneOf(Doubt.class);
        doubts.addAll(live.doubts());
        doubts.addAll(changed.doubts());
        if (!asRecorded(live.account().changes(), timeline.recorded(), range)) {
            doubts.add(Doubt.OTHER_SETTINGS);
        }
        return BacktestReport.of(
                range,
                timeline.first(),
                new BacktestReport.Course(target.thresholds(), live.account()),
                new BacktestReport.Course(other, changed.account()),
                doubts.stream().map(Doubt::words).toList());
    }

    private static Replay replay(
            Target target, StateMachine thresholds, boolean live, Set<State> told, TimeRange range) {
        return new Replay(target, thresholds, live, range.from(), new Account(told, range));
    }

    private State stateAt(Target target, Instant time) {
        List<HistoryStore.NumberedChange> latest =
                history.changes(target.id(), new TimeRange(Instant.EPOCH, time), Long.MAX_VALUE, 1);
        return latest.isEmpty() ? State.UNKNOWN : latest.get(0).change().to();
    }

    private List<Change> changes(Target target, TimeRange range) {
        List<Change> changes = new ArrayList<>();
        history.changes(target.id(), range, Long.MAX_VALUE, MAX_CHANGES)
                .forEach(numbered -> changes.add(numbered.change()));
        Collections.reverse(changes);
        return changes;
    }

    private static boolean asRecorded(List<Change> replayed, List<Change> recorded, TimeRange range) {
        List<Change> expected =
                recorded.stream().filter(change -> range.contains(change.at())).toList();
        if (expected.size() != replayed.size()) {
            return false;
        }
        for (int i = 0; i < expected.size(); i++) {
            Change one = expected.get(i);
            Change same = replayed.get(i);
            if (one.from() != same.from() || one.to() != same.to() || !one.at().equals(same.at())) {
                return false;
            }
        }
        return true;
    }
}
