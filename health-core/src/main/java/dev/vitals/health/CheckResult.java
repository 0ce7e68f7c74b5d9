package dev.vitals.health;

import dev.vitals.health.internal.MemoHolder;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of one check at the moment of its report. Immutable. */
@SuppressWarnings("exports") // what views add is for the sister modules only
public final class CheckResult extends MemoHolder<CheckResult> {
    private final CheckDefinition definition;
    private final CheckState verdict;
    private final Since since;
    private final @Nullable Run last;
    private final @Nullable Duration staleFor;
    private final @Nullable String blockedBy;

    // Looked at for every check whenever any check has a result, so it is worked out once.
    private final boolean ages;
    private final long freshUntilNanos;

    /** The last run that has ended; the nanoseconds are the scheduler's. */
    record Run(Outcome outcome, Instant time, Duration duration, long endNanos) {
        static Run of(Outcome outcome, Instant time, long startNanos, long endNanos) {
            return new Run(outcome, time, Duration.ofNanos(endNanos - startNanos), endNanos);
        }
    }

    /** When the state came about by the wall clock, and the status by elapsed time. */
    private record Since(Instant state, long statusNanos) {}

    private CheckResult(
            CheckDefinition definition,
            CheckState verdict,
            Since since,
            @Nullable Run last,
            @Nullable Duration staleFor,
            @Nullable String blockedBy) {
        this.definition = definition;
        this.verdict = verdict;
        this.since = since;
        this.last = last;
        this.staleFor = staleFor;
        this.blockedBy = blockedBy;
        this.ages = last != null && blockedBy == null;
        this.freshUntilNanos = last == null
                ? 0
                : last.endNanos()
                        + last.outcome().holdsFor().orElse(definition.maxAge()).toNanos();
    }

    static CheckResult none(CheckDefinition definition, Instant now, long nanoTime) {
        return new CheckResult(definition, CheckState.START, new Since(now, nanoTime), null, null, null);
    }

    /** Returns this result after one more run, which also ends its being blocked. */
    CheckResult after(Run run) {
        CheckState next = verdict.after(run.outcome().code(), run.endNanos(), definition.thresholds());
        return new CheckResult(definition, next, since, run, null, null).sinceFrom(this, run.time(), run.endNanos());
    }

    /** Returns this result as blocked by the named check, the root cause. */
    CheckResult blocked(String cause, Instant now, long nanoTime) {
        return cause.equals(blockedBy)
                ? this
                : new CheckResult(definition, verdict, since, last, null, cause).sinceFrom(this, now, nanoTime);
    }

    /** Returns this result as it stands at that time: stale if it is too old; what is blocked does not grow old. */
    CheckResult at(long nanoTime, Instant now) {
        if (last == null || !ages || nanoTime - freshUntilNanos < 0) {
            return this;
        }
        Duration age = Duration.ofNanos(nanoTime - last.endNanos());
        return new CheckResult(definition, verdict, since, last, age, null).sinceFrom(this, now, nanoTime);
    }

    private CheckResult sinceFrom(CheckResult before, Instant now, long nanoTime) {
        Since adjusted = new Since(
                state() == before.state() ? before.since.state() : now,
                status() == before.status() ? before.since.statusNanos() : nanoTime);
        return new CheckResult(definition, verdict, adjusted, last, staleFor, blockedBy);
    }

    /** Returns when this result stops to count; in the far future if there is no result that could. */
    long freshUntilNanos(long nanoTime) {
        return ages ? freshUntilNanos : nanoTime + Snapshot.FAR_NANOS;
    }

    /** Returns when the failure of a shared check counts in full; in the far future if never. */
    long countsInFullAtNanos(long nanoTime) {
        Duration grace = definition.sharedFor();
        return grace == null ? nanoTime + Snapshot.FAR_NANOS : since.statusNanos() + grace.toNanos();
    }

    /** Returns whether the latest result is older than that, or there is none. */
    boolean olderThan(Duration age, long nanoTime) {
        return last == null || nanoTime - last.endNanos() > age.toNanos();
    }

    /** Returns the name of the check. */
    public String name() {
        return definition.name();
    }

    /** Returns the check's options. */
    public CheckDefinition definition() {
        return definition;
    }

    /**
     * Returns the state after thresholds; UNKNOWN before the first result and when the last one is too old; DEGRADED
     * while the check flaps or is blocked.
     */
    public State state() {
        if (blockedBy != null) {
            return State.DEGRADED;
        }
        return staleFor == null ? verdict.state() : State.UNKNOWN;
    }

    /** Returns how the state is shown on the wire. */
    public Status status() {
        return state().status();
    }

    /** Returns since when the check has been in this state. */
    public Instant since() {
        return since.state();
    }

    /** Returns whether the last result is older than the max age. */
    public boolean stale() {
        return staleFor != null;
    }

    /** Returns the check whose failure blocks this one: the root cause, not one that is blocked itself. */
    public Optional<String> blockedBy() {
        return Optional.ofNullable(blockedBy);
    }

    /**
     * Returns the latest outcome, before thresholds; where there is none, or it is too old, an ERROR that says so; where
     * the check is blocked, a WARNING that names the cause.
     */
    public Outcome outcome() {
        if (blockedBy != null) {
            return Outcome.warning("blocked: " + blockedBy + " is down");
        }
        if (last == null) {
            return Outcome.error("no result yet");
        }
        return staleFor == null ? last.outcome() : Outcome.error("no result for " + staleFor.toSeconds() + " s");
    }

    /** Returns the wall time at which the latest result arrived, if there was one. */
    public Optional<Instant> time() {
        return Optional.ofNullable(last).map(Run::time);
    }

    /** Returns how long the latest run took, if there was one; up to its timeout if it overran it. */
    public Optional<Duration> duration() {
        return Optional.ofNullable(last).map(Run::duration);
    }

    /**
     * Returns how many runs have ended with that code since the check was registered. A run that overran its timeout is
     * an ERROR, and one more for each start that it makes the check miss.
     */
    public long runs(Outcome.Code code) {
        return verdict.runs().of(code);
    }

    /** Returns how long ago the latest result arrived, if there was one. */
    Optional<Duration> age(long nanoTime) {
        return Optional.ofNullable(last).map(run -> Duration.ofNanos(Math.max(0, nanoTime - run.endNanos())));
    }

    /** Returns what there is to say about a check that does not pass; empty on pass. */
    public Optional<String> output() {
        if (status() == Status.PASS) {
            return Optional.empty();
        }
        Outcome outcome = outcome();
        String text = outcome.code() == Outcome.Code.OK
                ? recovering()
                : outcome.message().orElse(null);
        boolean flapping = verdict.flapping() && blockedBy == null && staleFor == null;
        return flapping ? Optional.of(text == null ? "flapping" : "flapping, " + text) : Optional.ofNullable(text);
    }

    private String recovering() {
        int needed = definition.thresholds().machine().successThreshold();
        return "recovering: " + Math.min(verdict.tally().oks(), needed) + " of " + needed + " OK in a row";
    }

    @Override
    public String toString() {
        return name() + " " + state() + output().map(text -> " (" + text + ")").orElse("");
    }
}
