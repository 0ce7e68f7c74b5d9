package dev.vitals.health.monitor.model;

import dev.vitals.health.Outcome;
import dev.vitals.health.State;
import dev.vitals.health.internal.engine.StreakCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the results so far amount to. Pure: the time is handed in.
 *
 * @param tally the state that follows from the results, and the counters that led to it
 * @param state the state that is shown: mostly the tally's, see {@link #after}
 * @param since when the target came into the state that is shown
 * @param lastResult the latest result; null before the first
 * @param keptAt the time of the latest result that went to the store; null before the first
 */
public record TargetState(
        StreakCounts tally,
        State state,
        Instant since,
        @Nullable PollResult lastResult,
        @Nullable Instant keptAt) {
    private static final Duration KEEP_EVERY = Duration.ofMinutes(1);
    private static final int STALE_AFTER_INTERVALS = 2;
    private static final String INSIDE_ONLY = "reachable only from inside: ";

    /** Returns the state before the first result: UNKNOWN. */
    public static TargetState start(Instant now) {
        return new TargetState(StreakCounts.start(), State.UNKNOWN, now, null, null);
    }

    /**
     * Returns what follows from one more result.
     *
     * <p>There are two witnesses: polls, and the renewals of the instance itself. While polls get no answer and renewals
     * arrive, the target is DEGRADED instead of UNHEALTHY: it runs, but cannot be reached from here.
     */
    public TargetState after(PollResult result, Target target) {
        StreakCounts next = target.thresholds().next(tally, result.code());
        State shown = next.state() == State.UNHEALTHY && insideOnly(result, target) ? State.DEGRADED : next.state();
        Instant from = shown == state ? since : result.time();
        TargetState after = new TargetState(next, shown, from, result, keptAt);
        return after.repeats(this) ? after : after.kept();
    }

    private static boolean insideOnly(PollResult result, Target target) {
        return result.code() == Outcome.Code.ERROR
                && result.httpStatus() == null
                && target.probe().asksTheApp()
                && target.heardOf(result.time());
    }

    // A result is kept unless it says the same as one that was kept less than a minute ago, and changes no counter
    // that matters.
    private boolean repeats(TargetState before) {
        PollResult old = before.lastResult;
        PollResult now = lastResult;
        return old != null
                && now != null
                && keptAt != null
                && state == before.state
                && settled(now.code())
                && now.saysTheSameAs(old)
                && Duration.between(keptAt, now.time()).compareTo(KEEP_EVERY) < 0;
    }

    private boolean settled(Outcome.Code code) {
        return tally.state()
                == switch (code) {
                    case OK -> State.HEALTHY;
                    case WARNING -> State.DEGRADED;
                    case ERROR -> State.UNHEALTHY;
                };
    }

    /** Returns this state with its latest result as one for the store. */
    public TargetState kept() {
        return new TargetState(tally, state, since, lastResult, lastResult == null ? null : lastResult.time());
    }

    /** Returns whether the latest result is one that the store has, or is to have. */
    public boolean toKeep() {
        return lastResult != null && lastResult.time().equals(keptAt);
    }

    /**
     * Returns this state as it stands at that time: what was HEALTHY or DEGRADED is UNKNOWN from two intervals after the
     * latest result on. The counters stay, so that one more failure counts with those before.
     */
    public TargetState at(Instant now, Target target) {
        if (!isStale(now, target)) {
            return this;
        }
        Instant stale = Objects.requireNonNull(staleAt(target));
        StreakCounts unknown = StreakCounts.of(State.UNKNOWN, tally.errors(), tally.oks(), tally.passes());
        return new TargetState(unknown, State.UNKNOWN, stale, lastResult, keptAt);
    }

    /** Returns whether the latest result is too old for a state as good as this one. */
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

    /** Returns why the state is what it is: the message of the last result, else what came. */
    public String why() {
        if (lastResult == null) {
            return "no result yet";
        }
        String said = lastResult.said();
        return state == State.DEGRADED && tally.state() == State.UNHEALTHY ? INSIDE_ONLY + said : said;
    }
}
