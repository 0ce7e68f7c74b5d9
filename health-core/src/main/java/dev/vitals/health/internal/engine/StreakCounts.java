package dev.vitals.health.internal.engine;

import dev.vitals.health.Outcome;
import dev.vitals.health.State;
import java.util.Objects;

/**
 * A state and the counters that led to it; the memory of {@link StateMachine}. Immutable.
 *
 * <p>Every counter counts results in a row and stops at {@link Integer#MAX_VALUE}.
 */
public final class StreakCounts {
    private static final StreakCounts START = new StreakCounts(State.UNKNOWN, 0, 0, 0);

    private final State state;
    private final int errors;
    private final int oks;
    private final int passes;

    private StreakCounts(State state, int errors, int oks, int passes) {
        this.state = state;
        this.errors = errors;
        this.oks = oks;
        this.passes = passes;
    }

    /** Returns the counts before the first result: UNKNOWN, all counters at zero. */
    public static StreakCounts start() {
        return START;
    }

    /**
     * Returns counts that were kept elsewhere, such as in a database.
     *
     * @throws IllegalArgumentException if a counter is negative
     */
    public static StreakCounts of(State state, int errors, int oks, int passes) {
        Objects.requireNonNull(state, "state");
        if (errors < 0 || oks < 0 || passes < 0) {
            throw new IllegalArgumentException(
                    "counters must not be negative, were errors=" + errors + ", oks=" + oks + ", passes=" + passes);
        }
        return new StreakCounts(state, errors, oks, passes);
    }

    /** Returns the state that follows from the results so far. */
    public State state() {
        return state;
    }

    /** Returns how many of the latest results in a row are ERROR. */
    public int errors() {
        return errors;
    }

    /** Returns how many of the latest results in a row are OK. */
    public int oks() {
        return oks;
    }

    /** Returns how many of the latest results in a row are OK or WARNING. */
    public int passes() {
        return passes;
    }

    StreakCounts count(Outcome.Code code) {
        return switch (code) {
            case OK -> new StreakCounts(state, 0, plusOne(oks), plusOne(passes));
            case WARNING -> new StreakCounts(state, 0, 0, plusOne(passes));
            case ERROR -> new StreakCounts(state, plusOne(errors), 0, 0);
        };
    }

    /** Returns the same counts with another state. */
    public StreakCounts withState(State next) {
        return next == state ? this : new StreakCounts(next, errors, oks, passes);
    }

    private static int plusOne(int counter) {
        return counter == Integer.MAX_VALUE ? counter : counter + 1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StreakCounts that
                && state == that.state
                && errors == that.errors
                && oks == that.oks
                && passes == that.passes;
    }

    @Override
    public int hashCode() {
        return Objects.hash(state, errors, oks, passes);
    }

    @Override
    public String toString() {
        return state + "(errors=" + errors + ", oks=" + oks + ", passes=" + passes + ")";
    }
}
