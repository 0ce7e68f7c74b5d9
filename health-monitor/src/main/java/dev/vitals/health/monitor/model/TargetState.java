package dev.vitals.health.monitor.model;

import dev.vitals.health.State;
import dev.vitals.health.StateMachine;
import dev.vitals.health.Tally;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the results so far amount to.
 *
 * @param tally the state, and the counters that led to it
 * @param since when the target came into this state
 * @param lastResult the latest result; null before the first
 */
public record TargetState(
        Tally tally, Instant since, @Nullable PollResult lastResult) {
    /** Returns the state before the first result: UNKNOWN. */
    public static TargetState start(Instant now) {
        return new TargetState(Tally.start(), now, null);
    }

    /** Returns HEALTHY, DEGRADED, UNHEALTHY or UNKNOWN. */
    public State state() {
        return tally.state();
    }

    /** Returns what follows from one more result. */
    public TargetState after(PollResult result, StateMachine thresholds) {
        Tally next = thresholds.next(tally, result.code());
        return new TargetState(next, next.state() == state() ? since : result.time(), result);
    }

    /** Returns why the state is what it is: the message of the last result, else what came. */
    public String why() {
        if (lastResult == null) {
            return "no result yet";
        }
        if (lastResult.message() != null) {
            return lastResult.message();
        }
        return lastResult.httpStatus() == null ? lastResult.code().name() : "answered " + lastResult.httpStatus();
    }
}
