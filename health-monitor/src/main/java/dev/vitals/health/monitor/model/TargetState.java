package dev.vitals.health.monitor.model;

import dev.vitals.health.Outcome;
import dev.vitals.health.State;
import dev.vitals.health.internal.engine.StreakCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The state of a target after its results so far. Pure: callers pass the time.
 *
 * @param counts the state machine's state, with its counters of results in a row
 * @param state the state that is shown; mostly that of the counts, see {@link #after}
 * @param since when the state that is shown began
 * @param lastResult the latest result; null before the first
 * @param storedAt the time of the latest result that was handed to the store; null before the first
 */
public record TargetState(
        StreakCounts counts,
        State state,
        Instant since,
        @Nullable PollResult lastResult,
        @Nullable Instant storedAt) {
    private static final Duration STORE_REPEATS_EVERY = Duration.ofMinutes(1);
    private static final int STALE_AFTER_INTERVALS = 2;
    private static final String INSIDE_ONLY = "reachable only from inside: ";

    /** Returns the state before the first result: UNKNOWN. */
    public static TargetState start(Instant now) {
        return new TargetState(StreakCounts.start(), State.UNKNOWN, now, null, null);
    }

    /**
     * Returns the state after one more result.
     *
     * <p>If polls get no response, but the instance renews its registration, the target is DEGRADED instead of UNHEALTHY:
     * it runs, but the monitor cannot reach it.
     */
    public TargetState after(PollResult result, Target target) {
        StreakCounts next = target.thresholds().next(counts, result.code());
        State shown = next.state() == State.UNHEALTHY && insideOnly(result, target) ? State.DEGRADED : next.state();
        Instant from = shown == state ? since : result.time();
        TargetState after = new TargetState(next, shown, from, result, storedAt);
        return after.repeats(this) ? after : after.withResultStored();
    }

    private static boolean insideOnly(PollResult result, Target target) {
        return result.code() == Outcome.Code.ERROR
                && result.httpStatus() == null
                && target.probe().asksTheApp()
                && target.renewedRecently(result.time());
    }

    // Such a result is not stored: the store has the same one from less than a minute ago, and the counters do not
    // matter
    // any more.
    private boolean repeats(TargetState before) {
        PollResult old = before.lastResult;
        PollResult now = lastResult;
        return old != null
                && now != null
                && storedAt != null
                && state == before.state
                && settled(now.code())
                && now.isSameAs(old)
                && Duration.between(storedAt, now.time()).compareTo(STORE_REPEATS_EVERY) < 0;
    }

    private boolean settled(Outcome.Code code) {
        return counts.state()
                == switch (code) {
                    case OK -> State.HEALTHY;
                    case WARNING -> State.DEGRADED;
                    case ERROR -> State.UNHEALTHY;
                };
    }

    /** Returns this state with its latest result marked as handed to the store. */
    public TargetState withResultStored() {
        return new TargetState(counts, state, since, lastResult, lastResult == null ? null : lastResult.time());
    }

    /** Returns whether the latest result was, or is to be, handed to the store. */
    public boolean isResultStored() {
        return lastResult != null && lastResult.time().equals(storedAt);
    }

    /**
     * Returns the state at that time: HEALTHY and DEGRADED become UNKNOWN two intervals after the latest result. The
     * counters stay, so that one more failure counts with those before.
     */
    public TargetState at(Instant now, Target target) {
        if (!isStale(now, target)) {
            return this;
        }
        Instant stale = Objects.requireNonNull(staleAt(target));
        StreakCounts unknown = StreakCounts.of(State.UNKNOWN, counts.errors(), counts.oks(), counts.passes());
        return new TargetState(unknown, State.UNKNOWN, stale, lastResult, storedAt);
    }

    /** Returns whether the state is HEALTHY or DEGRADED, but the latest result is too old for it. */
    public boolean isStale(Instant now, Target target) {
        Instant stale = staleAt(target);
        boolean good = state == State.HEALTHY || state == State.DEGRADED;
        return stale != null && good && stale.isBefore(now);
    }

    private @Nullable Instant staleAt(Target target) {
        return lastResult == null
                ? null
                : lastResult.time().plus(target.interval().multipliedBy(STALE_AFTER_INTERVALS));
    }

    /** Returns the reason of the state: the summary of the latest result. */
    public String why() {
        if (lastResult == null) {
            return "no result yet";
        }
        String summary = lastResult.summary();
        return state == State.DEGRADED && counts.state() == State.UNHEALTHY ? INSIDE_ONLY + summary : summary;
    }
}
