package dev.vitals.health.monitor.page;

import dev.vitals.health.State;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetState;
import dev.vitals.health.monitor.model.WatchedTarget;
import java.time.Instant;

/**
 * The state of a target with its reasons. Pure.
 *
 * @param rule by which rule, with the counters
 * @param passed how many of the steps are done, for a small meter
 * @param steps how many steps there are; none if there is nothing to count
 * @param heals what heals it, and when at the earliest; empty if it is healthy
 */
record Verdict(
        State state, Instant since, String lasted, String why, String rule, int passed, int steps, String heals) {
    private static final int MAX_METER = 10;

    String tone() {
        return Tone.of(state);
    }

    static Verdict of(WatchedTarget watched, Instant now) {
        TargetState state = watched.state();
        Target target = watched.target();
        int failing = target.thresholds().failureThreshold();
        int passing = target.thresholds().successThreshold();
        int failures = state.counts().errors();
        int passes = state.counts().passes();
        boolean healthy = state.state() == State.HEALTHY;
        String rule = failures > 0
                ? failures + " " + (failures == 1 ? "failure" : "failures in a row") + ", UNHEALTHY at " + failing
                : passes + " good " + (passes == 1 ? "poll" : "polls in a row") + ", HEALTHY at " + passing;
        int missing = Math.max(1, passing - passes);
        Instant earliest = earliest(state, target, now, missing);
        String heals = healthy
                ? ""
                : "Heals after " + missing + " good " + (missing == 1 ? "poll" : "polls in a row")
                        + ", at the earliest " + Times.text(earliest, now) + " UTC.";
        int steps = failures > 0 ? failing : passing;
        return new Verdict(
                state.state(),
                state.since(),
                Times.ago(state.since(), now),
                healthy ? "" : state.why(),
                rule,
                Math.min(failures > 0 ? failures : passes, steps),
                steps > MAX_METER ? 0 : steps,
                heals);
    }

    private static Instant earliest(TargetState state, Target target, Instant now, int missing) {
        PollResult last = state.lastResult();
        Instant next = last == null ? now : last.time().plus(target.interval());
        Instant first = next.isBefore(now) ? now : next;
        return first.plus(target.interval().multipliedBy(missing - 1L));
    }
}
