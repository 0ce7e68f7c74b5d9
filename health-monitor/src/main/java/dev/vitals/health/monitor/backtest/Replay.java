package dev.vitals.health.monitor.backtest;

import dev.vitals.health.Outcome;
import dev.vitals.health.State;
import dev.vitals.health.internal.engine.StateMachine;
import dev.vitals.health.internal.engine.StreakCounts;
import dev.vitals.health.monitor.model.Change;
import dev.vitals.health.monitor.model.Moment;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.ProbeSettings;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetState;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The state of a target under certain thresholds, from stored results: {@link TargetState} decides everything. It knows
 * whether its state is certain, although the store leaves out results that repeat the one before. Not thread-safe.
 */
final class Replay {
    private final Target silent;
    private final boolean live;
    private final Instant from;
    private final Account account;
    private final Set<Doubt> doubts = EnumSet.noneOf(Doubt.class);
    private TargetState state;
    private @Nullable Doubt doubt;
    private @Nullable Instant failing;
    private int streak;

    /**
     * Starts without a result.
     *
     * @param live whether these are the thresholds under which the results were stored
     * @param from doubts before that time do not matter
     */
    Replay(Target target, StateMachine thresholds, boolean live, Instant from, Account account) {
        ProbeSettings settings = target.settings();
        ProbeSettings replayed = new ProbeSettings(
                settings.probe(),
                settings.interval(),
                settings.timeout(),
                thresholds,
                settings.notifyAddresses(),
                settings.labels(),
                settings.lease());
        this.silent = new Target(target.id(), target.source(), replayed, target.registeredAt(), null, null);
        this.live = live;
        this.from = from;
        this.account = account;
        this.state = TargetState.start(Instant.EPOCH);
    }

    /** Begins anew, in the state before the first result. */
    void begin(Instant at) {
        begin(TargetState.start(at), null);
    }

    /** Begins within a life of the target, in the state that was recorded. */
    void begin(State recorded, Instant at) {
        begin(new TargetState(StreakCounts.of(recorded, 0, 0, 0), recorded, at, null, null), Doubt.BEGINNING);
    }

    private void begin(TargetState first, @Nullable Doubt why) {
        state = first;
        doubt = why;
        failing = null;
        streak = 0;
    }

    /** The target is no longer watched. */
    void end(Instant at) {
        account.removed(at);
    }

    /** Returns whether results that repeat the latest one are left out by the store now. */
    boolean leavesOutRepeats() {
        PollResult last = state.lastResult();
        return last != null && !repeated(last, last.time().plusMillis(1)).isResultStored();
    }

    private TargetState repeated(PollResult last, Instant time) {
        PollResult again = at(last, time);
        return state.withResultStored().after(again, silent, end(again));
    }

    private static PollResult at(PollResult result, Instant time) {
        return new PollResult(
                result.code(), result.message(), result.httpStatus(), time, result.latency(), result.components());
    }

    /** Fills in the results that were left out before the time of the next one. */
    void fill(Instant next) {
        PollResult last = state.lastResult();
        if (live || last == null || isSettled(last)) {
            return;
        }
        doubt = Doubt.LEFT_OUT;
        streak = 0;
        Duration step = silent.interval();
        // Half an interval before the next result: what comes later is that result.
        Instant end = next.minus(step.dividedBy(2));
        Instant limit = last.time().plus(TargetState.STORE_REPEATS_EVERY);
        for (Instant time = last.time().plus(step);
                time.isBefore(end) && time.isBefore(limit) && !isSettled(last);
                time = time.plus(step)) {
            apply(at(last, time), silent);
        }
        noteDoubt(next);
    }

    /** Returns when the poll would have come after which the target was not seen for its max age, until {@code stale}. */
    Instant pollAfterSeen(Instant stale) {
        return stale.minus(silent.maxAge()).plus(silent.interval());
    }

    // Repetitions change nothing.
    private boolean isSettled(PollResult last) {
        TargetState after = repeated(last, last.time().plusMillis(1));
        return !after.isResultStored()
                && after.counts().state() == state.counts().state();
    }

    /**
     * Looks whether the target was UNKNOWN by age before a time. The store has that change, unless the recorded state was
     * one that does not age.
     *
     * @param mayRepeat whether results may have been left out after the latest one
     */
    void age(Instant now, State recorded, boolean mayRepeat) {
        PollResult last = state.lastResult();
        if (last == null || recorded == State.HEALTHY || recorded == State.DEGRADED) {
            return;
        }
        Moment seen = end(mayRepeat ? at(last, last.time().plus(TargetState.STORE_REPEATS_EVERY)) : last);
        TargetState latest = state.withSeen(seen);
        if (latest.isStale(moment(now), silent)) {
            doubt = mayRepeat ? Doubt.PAUSE : doubt;
            move(latest.stale(silent), TargetState.whyStale(silent));
        }
    }

    /** The target was UNKNOWN from that time on, since no result had come. */
    void stale(Instant at) {
        TargetState seen = state.withSeen(moment(at.minus(silent.maxAge())));
        move(seen.stale(silent), TargetState.whyStale(silent));
    }

    /** Counts a stored result; {@code recorded} is the state that was recorded after it. */
    void result(PollResult result, State recorded) {
        PollResult last = state.lastResult();
        streak = last != null && last.code() == result.code() ? streak + 1 : 1;
        apply(result, renewing(result, recorded));
        int needed = result.code() == Outcome.Code.ERROR
                ? silent.thresholds().failureThreshold()
                : silent.thresholds().successThreshold();
        if (streak >= needed) {
            // From whatever state, that many results lead here.
            doubt = null;
        }
        noteDoubt(result.time());
    }

    // Whether the instance renewed its registration is known from what was recorded.
    private Target renewing(PollResult result, State recorded) {
        Target renewed =
                new Target(silent.id(), silent.source(), silent.settings(), silent.registeredAt(), null, result.time());
        State without = state.after(result, silent, end(result)).state();
        State with = state.after(result, renewed, end(result)).state();
        if (without == with) {
            return silent;
        }
        if (!live) {
            doubts(result.time(), Doubt.RENEWALS);
        }
        return recorded == State.UNHEALTHY ? silent : renewed;
    }

    private void apply(PollResult result, Target target) {
        if (result.code() != Outcome.Code.ERROR) {
            failing = null;
        } else if (failing == null) {
            failing = result.time();
        }
        TargetState after = state.after(result, target, end(result));
        move(after, after.why());
    }

    private void move(TargetState after, String why) {
        State before = state.state();
        state = after;
        if (after.state() != before) {
            Change change = new Change(silent.id(), before, after.state(), after.since(), why);
            account.add(change, failing == null ? after.since() : failing);
        }
        PollResult last = after.lastResult();
        Instant at = after.state() != before || last == null ? after.since() : last.time();
        account.state(after.state(), after.isTrouble(), at);
    }

    private void noteDoubt(Instant at) {
        if (doubt != null) {
            doubts(at, doubt);
        }
    }

    private void doubts(Instant at, Doubt why) {
        if (!at.isBefore(from)) {
            doubts.add(why);
        }
    }

    Set<Doubt> doubts() {
        return doubts;
    }

    Account account() {
        return account;
    }

    private static Moment end(PollResult result) {
        return moment(result.time().plus(result.latency()));
    }

    private static Moment moment(Instant time) {
        return new Moment(time, TimeUnit.MILLISECONDS.toNanos(time.toEpochMilli()));
    }
}
