package dev.vitals.health;

import dev.vitals.health.internal.engine.StreakCounts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of one check and everything that led to it: the state machine's counts, the tolerance by time, and the
 * detection of flapping. Pure: elapsed time is a parameter. Immutable.
 *
 * @param failingSince when the latest ERRORs in a row began, in nanoseconds; meaningless while there are none
 * @param changes the times of the latest changes of state, no more than the flap rule counts
 * @param runs how many results there were in all; the state does not depend on it
 */
record CheckState(StreakCounts counts, boolean flapping, long failingSince, List<Long> changes, Runs runs) {
    static final CheckState START = new CheckState(StreakCounts.start(), false, 0, List.of(), new Runs(0, 0, 0));

    /** Counts the results of each code, in a row or not. */
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
        return flapping ? State.DEGRADED : counts.state();
    }

    CheckState after(Outcome.Code code, long nanos, Thresholds thresholds) {
        StreakCounts counted = thresholds.machine().next(counts, code);
        long since = counted.errors() == 1 ? nanos : failingSince;
        StreakCounts next = tolerate(counted, nanos - since, thresholds);
        Thresholds.FlapRule rule = thresholds.flapRule();
        List<Long> latest = rule == null ? List.of() : latest(next, nanos, rule);
        return new CheckState(next, isFlapping(latest, nanos, rule), since, latest, runs.plusOne(code));
    }

    // The count of ERRORs is reached, but the check may not have been failing for long enough.
    private StreakCounts tolerate(StreakCounts counted, long failingNanos, Thresholds thresholds) {
        boolean enters = counted.state() == State.UNHEALTHY && counts.state() != State.UNHEALTHY;
        if (!enters
                || thresholds.unhealthyAfter() == null
                || failingNanos >= thresholds.unhealthyAfter().toNanos()) {
            return counted;
        }
        return counted.withState(counts.state() == State.UNKNOWN ? State.UNKNOWN : State.DEGRADED);
    }

    // The end of UNKNOWN does not count: the first result always ends it.
    private List<Long> latest(StreakCounts next, long nanos, Thresholds.FlapRule rule) {
        if (next.state() == counts.state() || counts.state() == State.UNKNOWN) {
            return changes;
        }
        List<Long> more = new ArrayList<>(changes);
        more.add(nanos);
        return List.copyOf(more.subList(Math.max(0, more.size() - rule.changes()), more.size()));
    }

    private static boolean isFlapping(List<Long> latest, long nanos, Thresholds.@Nullable FlapRule rule) {
        return rule != null
                && latest.size() == rule.changes()
                && nanos - latest.get(0) < rule.within().toNanos();
    }
}
