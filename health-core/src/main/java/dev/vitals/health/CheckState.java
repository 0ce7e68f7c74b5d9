package dev.vitals.health;

import dev.vitals.health.internal.engine.StreakCounts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of one check with everything that led to it: the state machine's tally, and on top of it the tolerance by
 * time and the detection of flapping. Pure: elapsed time is handed in. Immutable.
 *
 * @param failingSince when the ERRORs in a row began, in nanoseconds; of no meaning while there are none
 * @param changes the times of the latest changes of the tally's state, no more than the rule counts
 * @param runs how many results there were in all; nothing follows from them
 */
record CheckState(StreakCounts tally, boolean flapping, long failingSince, List<Long> changes, Runs runs) {
    static final CheckState START = new CheckState(StreakCounts.start(), false, 0, List.of(), new Runs(0, 0, 0));

    /** How many results of each code there were, in a row or not. */
    record Runs(long oks, long warnings, long errors) {
        long of(Outcome.Code code) {
            return switch (code) {
                case OK -> oks;
                case WARNING -> warnings;
                case ERROR -> errors;
            };
        }

        Runs plusOne(Outcome.Code code) {
            return switch (code) {
                case OK -> new Runs(oks + 1, warnings, errors);
                case WARNING -> new Runs(oks, warnings + 1, errors);
                case ERROR -> new Runs(oks, warnings, errors + 1);
            };
        }
    }

    /** Returns the state that is shown: DEGRADED as long as the check flaps. */
    State state() {
        return flapping ? State.DEGRADED : tally.state();
    }

    CheckState after(Outcome.Code code, long nanos, Thresholds thresholds) {
        StreakCounts counted = thresholds.machine().next(tally, code);
        long since = counted.errors() == 1 ? nanos : failingSince;
        StreakCounts next = tolerate(counted, nanos - since, thresholds);
        FlapRule rule = thresholds.flapRule();
        List<Long> latest = rule == null ? List.of() : latest(next, nanos, rule);
        return new CheckState(next, isFlapping(latest, nanos, rule), since, latest, runs.plusOne(code));
    }

    // By count it would be UNHEALTHY now, but it has not been failing for long enough.
    private StreakCounts tolerate(StreakCounts counted, long failingNanos, Thresholds thresholds) {
        boolean enters = counted.state() == State.UNHEALTHY && tally.state() != State.UNHEALTHY;
        if (!enters
                || thresholds.unhealthyAfter() == null
                || failingNanos >= thresholds.unhealthyAfter().toNanos()) {
            return counted;
        }
        return counted.withState(tally.state() == State.UNKNOWN ? State.UNKNOWN : State.DEGRADED);
    }

    // The first result is no change: it is how UNKNOWN ends.
    private List<Long> latest(StreakCounts next, long nanos, FlapRule rule) {
        if (next.state() == tally.state() || tally.state() == State.UNKNOWN) {
            return changes;
        }
        List<Long> more = new ArrayList<>(changes);
        more.add(nanos);
        return List.copyOf(more.subList(Math.max(0, more.size() - rule.changes()), more.size()));
    }

    private static boolean isFlapping(List<Long> latest, long nanos, @Nullable FlapRule rule) {
        return rule != null
                && latest.size() == rule.changes()
                && nanos - latest.get(0) < rule.within().toNanos();
    }
}
