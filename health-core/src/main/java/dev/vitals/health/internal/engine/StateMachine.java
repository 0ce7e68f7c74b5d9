package dev.vitals.health.internal.engine;

import dev.vitals.health.Outcome;
import dev.vitals.health.State;
import dev.vitals.health.internal.Require;
import java.util.Objects;

/**
 * Decides which state follows from the results so far and the next outcome. Pure: no clock, no thread, no lock; immutable.
 *
 * <p>Thresholds count results in a row, so a single opposite result resets the count. A failure threshold of 1
 * goes straight to UNHEALTHY. The first result other than ERROR ends UNKNOWN at once.
 */
public final class StateMachine {
    /** The default number of ERRORs in a row that make UNHEALTHY. */
    public static final int DEFAULT_FAILURE_THRESHOLD = 3;

    /** The default number of passes in a row that end DEGRADED or UNHEALTHY. */
    public static final int DEFAULT_SUCCESS_THRESHOLD = 1;

    /** The highest threshold allowed; the lowest is 1. */
    public static final int MAX_THRESHOLD = 1_000;

    private final int failureThreshold;
    private final int successThreshold;

    private StateMachine(int failureThreshold, int successThreshold) {
        this.failureThreshold = failureThreshold;
        this.successThreshold = successThreshold;
    }

    /**
     * Returns the machine for these thresholds.
     *
     * @throws IllegalArgumentException if a threshold is below 1 or above {@link #MAX_THRESHOLD}
     */
    public static StateMachine of(int failureThreshold, int successThreshold) {
        return new StateMachine(
                Require.range("failureThreshold", failureThreshold, 1, MAX_THRESHOLD),
                Require.range("successThreshold", successThreshold, 1, MAX_THRESHOLD));
    }

    /** Returns how many ERRORs in a row make UNHEALTHY. */
    public int failureThreshold() {
        return failureThreshold;
    }

    /** Returns how many passes in a row end DEGRADED or UNHEALTHY. */
    public int successThreshold() {
        return successThreshold;
    }

    /** Returns the counts and the state after one more outcome. */
    public StreakCounts next(StreakCounts counts, Outcome.Code code) {
        Objects.requireNonNull(counts, "counts");
        StreakCounts counted = counts.count(code);
        return counted.withState(
                switch (code) {
                    case OK -> afterOk(counted);
                    case WARNING -> afterWarning(counted);
                    case ERROR -> afterError(counted);
                });
    }

    private State afterOk(StreakCounts counted) {
        return switch (counted.state()) {
            case UNKNOWN, HEALTHY -> State.HEALTHY;
            case DEGRADED -> counted.oks() >= successThreshold ? State.HEALTHY : State.DEGRADED;
            // An OK leads at least as far as a WARNING in its place.
            case UNHEALTHY -> counted.oks() >= successThreshold ? State.HEALTHY : afterWarning(counted);
        };
    }

    private State afterWarning(StreakCounts counted) {
        return switch (counted.state()) {
            case UNKNOWN, HEALTHY, DEGRADED -> State.DEGRADED;
            case UNHEALTHY -> counted.passes() >= successThreshold ? State.DEGRADED : State.UNHEALTHY;
        };
    }

    private State afterError(StreakCounts counted) {
        if (counted.errors() >= failureThreshold) {
            return State.UNHEALTHY;
        }
        return counted.state() == State.HEALTHY ? State.DEGRADED : counted.state();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StateMachine that
                && failureThreshold == that.failureThreshold
                && successThreshold == that.successThreshold;
    }

    @Override
    public int hashCode() {
        return 31 * failureThreshold + successThreshold;
    }

    @Override
    public String toString() {
        return "unhealthy after " + failureThreshold + ", healthy after " + successThreshold;
    }
}
