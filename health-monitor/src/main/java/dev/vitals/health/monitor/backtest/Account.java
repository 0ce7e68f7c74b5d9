package dev.vitals.health.monitor.backtest;

import dev.vitals.health.State;
import dev.vitals.health.monitor.model.Change;
import dev.vitals.health.monitor.model.TargetState;
import dev.vitals.health.monitor.model.TimeRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Counts the messages that follow from changes of one target, and its outages. One message tells of trouble, one that it
 * became UNHEALTHY from DEGRADED if both are told, and one of the recovery, which is HEALTHY. Not thread-safe.
 */
final class Account {
    private final Set<State> told;
    private final TimeRange range;
    private final List<Change> changes = new ArrayList<>();
    private final List<Outage> outages = new ArrayList<>();
    private int messages;
    private boolean open;
    private boolean worst;

    /** Counts what is in the range, for somebody who is told of these states. */
    Account(Set<State> told, TimeRange range) {
        this.told = told;
        this.range = range;
    }

    /** Takes the state after a result, or after none came for too long; trouble is as {@link TargetState#isTrouble} says. */
    void state(State now, boolean trouble, Instant at) {
        boolean counts = range.contains(at);
        if (now == State.HEALTHY && open) {
            messages += counts ? 1 : 0;
            open = false;
        } else if (tells(now, trouble) && (!open || (now == State.UNHEALTHY && !worst))) {
            messages += counts ? 1 : 0;
            worst = now == State.UNHEALTHY;
            open = true;
        }
    }

    // Failures below the threshold are told to nobody.
    private boolean tells(State now, boolean trouble) {
        return told.contains(now) && (trouble || now == State.UNKNOWN);
    }

    /** Takes the next change; {@code failing} is the first of the failures in a row. */
    void add(Change change, Instant failing) {
        boolean counts = range.contains(change.at());
        if (counts) {
            changes.add(change);
        }
        if (change.from() == State.UNHEALTHY) {
            endOutage(change.at());
        }
        if (change.to() == State.UNHEALTHY && counts) {
            outages.add(new Outage(failing, change.at(), null));
        }
    }

    /** The target is no longer watched: its trouble ends without a message. */
    void removed(Instant at) {
        open = false;
        endOutage(at);
    }

    private void endOutage(Instant at) {
        int last = outages.size() - 1;
        if (last >= 0 && outages.get(last).recoveredAt() == null && range.contains(at)) {
            outages.set(last, outages.get(last).recovered(at));
        }
    }

    int messages() {
        return messages;
    }

    List<Outage> outages() {
        return outages;
    }

    List<Change> changes() {
        return changes;
    }
}
