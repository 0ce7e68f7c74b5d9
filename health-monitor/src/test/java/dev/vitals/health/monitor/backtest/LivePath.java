package dev.vitals.health.monitor.backtest;

import dev.vitals.health.State;
import dev.vitals.health.monitor.history.chunk.KeptResult;
import dev.vitals.health.monitor.model.Change;
import dev.vitals.health.monitor.model.Moment;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What the recorder does with the results of one target: it judges each, and keeps those that the store gets. */
final class LivePath {
    final List<Change> changes = new ArrayList<>();
    final List<KeptResult> kept = new ArrayList<>();
    private TargetState state;

    LivePath(Instant start) {
        state = TargetState.start(start);
    }

    void take(PollResult result, Target target) {
        Moment end = moment(result.time().plus(result.latency()));
        age(end, target);
        TargetState before = state;
        state = state.after(result, target, end);
        if (state.isResultStored()) {
            kept.add(KeptResult.of(result));
        }
        changed(before, target, state.why());
    }

    void age(Instant now, Target target) {
        age(moment(now), target);
    }

    private void age(Moment now, Target target) {
        if (state.isStale(now, target)) {
            TargetState before = state;
            state = state.stale(target);
            changed(before, target, TargetState.whyStale(target));
        }
    }

    private void changed(TargetState before, Target target, String why) {
        if (before.state() != state.state()) {
            State from = before.state();
            changes.add(new Change(target.id(), from, state.state(), state.since(), why));
        }
    }

    private static Moment moment(Instant time) {
        return new Moment(time, TimeUnit.MILLISECONDS.toNanos(time.toEpochMilli()));
    }
}
