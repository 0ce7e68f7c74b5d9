package dev.vitals.health.monitor.model;

import dev.vitals.health.Outcome;
import dev.vitals.health.State;
import dev.vitals.health.internal.DurationText;
import dev.vitals.health.internal.engine.StreakCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The state of a target after its results so far. Pure: callers pass the time.
 *
 * @param counts the state machine's state, with its counters of results in a row
 * @param state the state that is shown; mostly that of the counts, see {@link #after} and {@link #shown}
 * @param since when the state that is shown began
 * @param lastResult the latest result; null before the first
 * @param storedAt the time of the latest result that was handed to the store; null before the first
 * @param seen when the target was seen last: the end of the latest poll; null before the first
 * @param unseen why the latest result no longer counts; null while it does, and in what is stored
 */
public record TargetState(
        StreakCounts counts,
        State state,
        Instant since,
        @Nullable PollResult lastResult,
        @Nullable Instant storedAt,
        @Nullable Moment seen,
        @Nullable String unseen) {
    /** How often a result is handed to the store that repeats the one before, while the counters do not matter. */
    public static final Duration STORE_REPEATS_EVERY = Duration.ofMinutes(1);

    private static final String INSIDE_ONLY = "reachable only from inside: ";
    private static final String NO_RESULT = "no result for ";

    /** Returns a state that was kept elsewhere; whoever knows the elapsed time adds it by {@link #withSeen}. */
    public TargetState(
            StreakCounts counts,
            State state,
            Instant since,
            @Nullable PollResult lastResult,
            @Nullable Instant storedAt) {
        this(counts, state, since, lastResult, storedAt, null, null);
    }

    /** Returns the state before the first result: UNKNOWN. */
    public static TargetState start(Instant now) {
        return new TargetState(StreakCounts.start(), State.UNKNOWN, now, null, null);
    }

    /** Returns UNKNOWN for a target that cannot be polled, with the reason in place of a result. */
    public TargetState unreadable(String problem, Instant now) {
        PollResult reason = new PollResult(Outcome.Code.ERROR, problem, null, now, Duration.ZERO, List.of());
        return new TargetState(StreakCounts.start(), State.UNKNOWN, state == State.UNKNOWN ? since : now, reason, now);
    }

    /**
     * Returns the state after one more result. No OK makes the shown state worse, and no ERROR makes it better.
     *
     * <p>If polls get no response, but the instance renews its registration, a target that was HEALTHY or DEGRADED is
     * DEGRADED instead of UNHEALTHY: it runs, but the monitor cannot reach it. It leaves that state along the machine's table.
     *
     * @param end when the poll ended
     */
    public TargetState after(PollResult result, Target target, Moment end) {
        boolean pass = result.code() != Outcome.Code.ERROR;
        // DEGRADED was shown over UNHEALTHY, also if that became UNKNOWN by its age.
        boolean over = counts.state() == State.UNHEALTHY && state != State.UNHEALTHY;
        StreakCounts from = pass && over ? counts.withState(State.DEGRADED) : counts;
        StreakCounts next = target.thresholds().next(from, result.code());
        State shown = pass ? next.state() : afterError(next.state(), result, target);
        Instant began = shown == state ? since : result.time();
        TargetState after = new TargetState(next, shown, began, result, storedAt, end, null);
        return after.repeats(this) ? after : after.withResultStored();
    }

    private State afterError(State next, PollResult result, Target target) {
        if (next == State.UNHEALTHY) {
            boolean good = state == State.HEALTHY || state == State.DEGRADED;
            return good && insideOnly(result, target) ? State.DEGRADED : State.UNHEALTHY;
        }
        return state == State.UNKNOWN ? State.UNKNOWN : next;
    }

    private static boolean insideOnly(PollResult result, Target target) {
        return result.httpStatus() == null && target.probe().asksTheApp() && target.renewedRecently(result.time());
    }

    // Such a result is not stored: the store has the same one from less than a minute ago, and the counters do not
    // matter any more.
    private boolean repeats(TargetState before) {
        PollResult old = before.lastResult;
        PollResult now = lastResult;
        return old != null
                && now != null
                && storedAt != null
                && state == before.state
                && settled(now.code())
                && now.isSameAs(old)
                // The wall clock may have been set back.
                && Duration.between(storedAt, now.time()).abs().compareTo(STORE_REPEATS_EVERY) < 0;
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
        Instant stored = lastResult == null ? null : lastResult.time();
        return new TargetState(counts, state, since, lastResult, stored, seen, unseen);
    }

    /** Returns this state, seen last at that moment. */
    public TargetState withSeen(@Nullable Moment moment) {
        return new TargetState(counts, state, since, lastResult, storedAt, moment, unseen);
    }

    /**
     * Returns whether this is trouble that people may want to know of: UNHEALTHY, a warning, or an instance that only it
     * itself can reach. Failures below the threshold are not trouble, and neither is UNKNOWN.
     */
    public boolean isTrouble() {
        return switch (state) {
            case UNHEALTHY -> true;
            case DEGRADED ->
                counts.state() == State.UNHEALTHY || (lastResult != null && lastResult.code() == Outcome.Code.WARNING);
            case HEALTHY, UNKNOWN -> false;
        };
    }

    /** Returns whether the latest poll failed without an answer, so that the target's host may be the cause. */
    public boolean isWithoutAnswer() {
        return lastResult != null && lastResult.code() == Outcome.Code.ERROR && lastResult.httpStatus() == null;
    }

    /** Returns whether the latest result was, or is to be, handed to the store. */
    public boolean isResultStored() {
        return lastResult != null && lastResult.time().equals(storedAt);
    }

    /**
     * Returns the state as it is shown at that moment: the one place that decides whether a result is too old. HEALTHY and
     * DEGRADED become UNKNOWN when the target has not been seen for its max age. The counters stay, so that the next result
     * counts with those before.
     *
     * @param trouble returns why results that came in are not shown; null if there is no such reason. Asked only if needed
     */
    public TargetState shown(Moment now, Target target, Supplier<@Nullable String> trouble) {
        // An UNKNOWN with a reason keeps it.
        if (seen == null || unseen != null || !isUnseen(now, target)) {
            return this;
        }
        String reason = trouble.get();
        String why = reason != null ? reason : NO_RESULT + words(now.since(seen));
        return aged(target, seen, why);
    }

    private TargetState aged(Target target, Moment last, @Nullable String why) {
        boolean ages = ages();
        Instant from = ages ? last.wall().plus(target.maxAge()) : since;
        return new TargetState(counts, ages ? State.UNKNOWN : state, from, lastResult, storedAt, seen, why);
    }

    /** Returns whether the state must be recorded as UNKNOWN, since the target has not been seen for its max age. */
    public boolean isStale(Moment now, Target target) {
        return ages() && isUnseen(now, target);
    }

    /** Returns the state to record for a stale one: UNKNOWN since the max age was reached. */
    public TargetState stale(Target target) {
        return seen == null ? this : aged(target, seen, null);
    }

    /** Returns UNKNOWN since that time, because the monitor cannot see; UNHEALTHY stays, since nobody has seen anything better. */
    public TargetState unseen(Instant at, String why) {
        return ages() ? new TargetState(counts, State.UNKNOWN, at, lastResult, storedAt, seen, why) : this;
    }

    /** Returns the reason of the change to {@link #stale}. */
    public static String whyStale(Target target) {
        return NO_RESULT + DurationText.inWords(target.maxAge());
    }

    /** Returns whether this is the reason of a change to {@link #stale}, of whatever max age. */
    public static boolean saysStale(String why) {
        return why.startsWith(NO_RESULT);
    }

    // UNHEALTHY needs no fresh result: whatever was found then, nobody has seen anything better.
    private boolean ages() {
        return state == State.HEALTHY || state == State.DEGRADED;
    }

    private boolean isUnseen(Moment now, Target target) {
        return seen != null && now.since(seen).compareTo(target.maxAge()) > 0;
    }

    private static String words(Duration age) {
        return DurationText.inWords(Duration.ofSeconds(age.toSeconds()));
    }

    /** Returns the reason of the state: the summary of the latest result, or why it no longer counts. */
    public String why() {
        if (lastResult == null) {
            return "no result yet";
        }
        if (unseen != null && state == State.UNKNOWN) {
            return unseen;
        }
        String summary = lastResult.summary();
        String known = state == State.DEGRADED && counts.state() == State.UNHEALTHY ? INSIDE_ONLY + summary : summary;
        return unseen == null ? known : known + "; " + unseen;
    }
}
