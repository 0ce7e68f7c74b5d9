package dev.vitals.health.monitor.gate;

import dev.vitals.health.State;
import dev.vitals.health.monitor.gate.Gate.Rule;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Rfc3339;
import dev.vitals.health.monitor.model.Selection;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.TargetState;
import dev.vitals.health.monitor.model.TimeRange;
import dev.vitals.health.monitor.model.WatchedTarget;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a gate that follows from its targets. Pure: no clock, no thread, no lock.
 *
 * @param state the answer
 * @param why the reason in one line, for people
 * @param targets the number of targets that the gate depends on
 * @param failing all targets that do not pass, in the order of their names
 */
record Decision(GateState state, String why, int targets, List<TargetVerdict> failing) {
    private static final int NAMED = 3;

    /**
     * Decides. A gate opens only within its time range, if something is selected (or need not be) and all of it passes.
     *
     * @param range the time in which the gate can open; null if there is none
     * @param verdicts one for each target that is selected or missing
     */
    static Decision of(Gate gate, @Nullable TimeRange range, List<TargetVerdict> verdicts, Instant now) {
        int targets = verdicts.size();
        List<TargetVerdict> failing = verdicts.stream()
                .filter(verdict -> !verdict.passing())
                .sorted(Comparator.comparing(TargetVerdict::id))
                .toList();
        if (range == null) {
            String why = "the maintenance window was removed, or has no time left before the deadline";
            return new Decision(GateState.CLOSED, why, targets, failing);
        }
        if (!now.isBefore(range.to())) {
            String why = "the deadline passed at " + Rfc3339.text(range.to()) + "; " + summary(targets, failing);
            return new Decision(GateState.CLOSED, why, targets, failing);
        }
        if (targets > Selection.MAX_TARGETS) {
            String why = targets + " targets are selected, the limit is " + Selection.MAX_TARGETS;
            return new Decision(GateState.WAITING, why, targets, failing);
        }
        if (!failing.isEmpty() || (targets == 0 && !gate.rule().allowEmpty())) {
            return new Decision(GateState.WAITING, summary(targets, failing), targets, failing);
        }
        if (now.isBefore(range.from())) {
            String why = "the maintenance window begins at " + Rfc3339.text(range.from());
            return new Decision(GateState.WAITING, why, targets, failing);
        }
        return new Decision(GateState.OPEN, summary(targets, failing), targets, failing);
    }

    /** Returns the same findings with another answer. */
    Decision as(GateState other, String reason) {
        return new Decision(other, reason, targets, failing);
    }

    private static String summary(int targets, List<TargetVerdict> failing) {
        if (targets == 0) {
            return "no target is selected";
        }
        if (failing.isEmpty()) {
            return targets == 1 ? "the check passed" : "all " + targets + " checks passed";
        }
        String named = failing.stream()
                .limit(NAMED)
                .map(one -> one.id() + " " + one.state() + " (" + one.why() + ")")
                .collect(Collectors.joining(", "));
        String more = failing.size() > NAMED ? ", ..." : "";
        return failing.size() + " of " + targets + " do not pass: " + named + more;
    }

    /**
     * Whether one target passes. Immutable and pure.
     *
     * @param id the target
     * @param state its state; UNKNOWN if it is not watched
     * @param passing whether the gate may open as far as this target is concerned
     * @param why the reason if it does not pass
     * @param passes fresh passes in a row
     * @param lastResult the begin of the latest poll; null before the first
     */
    record TargetVerdict(
            TargetId id,
            State state,
            boolean passing,
            String why,
            int passes,
            @Nullable Instant lastResult) {
        static TargetVerdict missing(TargetId id) {
            return new TargetVerdict(id, State.UNKNOWN, false, "is not watched, or no longer selected", 0, null);
        }

        /** Judges a target as the registry shows it; the streak is null if the gate has not seen a result of it. */
        static TargetVerdict of(WatchedTarget watched, @Nullable Streak streak, Rule rule) {
            TargetState known = watched.state();
            PollResult last = known.lastResult();
            if (last == null) {
                return new TargetVerdict(watched.id(), known.state(), false, "no result yet", 0, null);
            }
            int passes = streak == null ? 0 : streak.passes(watched.target(), last);
            boolean passing = passes >= rule.passes() && rule.isPass(last) && rule.isGood(known.state());
            String why = passing ? "passed" : why(known, last, passes, rule);
            return new TargetVerdict(watched.id(), known.state(), passing, why, passes, last.time());
        }

        private static String why(TargetState known, PollResult last, int passes, Rule rule) {
            if (!rule.isGood(last) || known.unseen() != null) {
                return known.why();
            }
            if (!rule.isFromRelease(last)) {
                return last.releaseId() == null
                        ? "does not report its release, " + rule.release() + " is expected"
                        : "runs release " + last.releaseId() + ", " + rule.release() + " is expected";
            }
            if (rule.after() != null && !rule.isFresh(last)) {
                return "not polled since " + Rfc3339.text(rule.after());
            }
            return passes < rule.passes()
                    ? passes + " of " + rule.passes() + " passes"
                    : "passes, but is still " + known.state();
        }

        Map<String, Object> fields() {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("name", id.toString());
            fields.put("state", state.name());
            fields.put("why", why);
            fields.put("passes", passes);
            if (lastResult != null) {
                fields.put("lastResult", Rfc3339.text(lastResult));
            }
            return fields;
        }
    }

    /**
     * The fresh passes in a row of one target, as one gate has counted them. Immutable and pure.
     *
     * @param polled the target at the time of the poll
     * @param passes the count
     * @param newest the result whose poll began last
     */
    record Streak(Target polled, int passes, PollResult newest) {
        /**
         * Returns the streak after one more result. Anything but a fresh pass resets it, as does a new registration. A pass
         * whose poll began no later than the newest one has been counted, or cannot be put in order, and does not count.
         */
        static Streak after(@Nullable Streak before, Target polled, PollResult result, Rule rule) {
            boolean pass = rule.isPass(result);
            if (before == null || !before.polled.acceptsResultOf(polled)) {
                return new Streak(polled, pass ? 1 : 0, result);
            }
            boolean newer = result.time().isAfter(before.newest.time());
            int counted = newer ? before.passes + 1 : before.passes;
            return new Streak(polled, pass ? counted : 0, newer ? result : before.newest);
        }

        /** Returns the streak without its passes, for use after a gap in the results. */
        Streak reset() {
            return new Streak(polled, 0, newest);
        }

        /**
         * Returns the passes that count for the target as the registry shows it: none if it was registered again or is
         * polled in another way, and none while the registry does not yet show the state that follows from them.
         */
        int passes(Target target, PollResult shown) {
            boolean counts = polled.acceptsResultOf(target) && !newest.time().isAfter(shown.time());
            return counts ? passes : 0;
        }
    }
}
