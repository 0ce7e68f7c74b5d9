package dev.vitals.health;

import dev.vitals.health.internal.AgeClock;
import dev.vitals.health.internal.MemoHolder;
import dev.vitals.health.internal.engine.StreakCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The state of one check and its latest outcome, at the moment of its report. Immutable. */
public final class CheckResult {
    static {
        MemoHolder.register(CheckResult.class, result -> result.memos);
    }

    private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();

    private final MemoHolder<CheckResult> memos = new MemoHolder<>();
    private final CheckDefinition definition;
    private final CheckState checkState;
    private final Since since;
    private final @Nullable Run last;
    private final @Nullable Duration staleFor;
    private final @Nullable String blockedBy;
    private final boolean closed;

    // Read for every check whenever any check has a result, so it is computed once.
    private final boolean ages;
    private final long freshUntilNanos;

    /** The last run that has ended; the nanoseconds are those of the {@link AgeClock}. */
    record Run(Outcome outcome, Instant time, Duration duration, long endNanos) {}

    /** When the state began by the wall clock, and when the status began by elapsed time. */
    private record Since(Instant state, long statusNanos) {}

    private CheckResult(
            CheckDefinition definition,
            CheckState checkState,
            Since since,
            @Nullable Run last,
            @Nullable Duration staleFor,
            @Nullable String blockedBy,
            boolean closed) {
        this.definition = definition;
        this.checkState = checkState;
        this.since = since;
        this.last = last;
        this.staleFor = staleFor;
        this.blockedBy = blockedBy;
        this.closed = closed;
        this.ages = last != null && blockedBy == null;
        this.freshUntilNanos = last == null
                ? 0
                : last.endNanos()
                        + last.outcome().holdsFor().orElse(definition.maxAge()).toNanos();
    }

    static CheckResult none(CheckDefinition definition, Instant now, long nanoTime) {
        return new CheckResult(definition, CheckState.START, new Since(now, nanoTime), null, null, null, false);
    }

    /** Returns this result after one more run; it is not blocked any more. */
    CheckResult after(Run run) {
        CheckState next = checkState.after(run.outcome().code(), run.endNanos(), definition.thresholds());
        return new CheckResult(definition, next, since, run, null, null, false)
                .sinceFrom(this, run.time(), run.endNanos());
    }

    /** Returns this result as blocked by the named check, the root cause. */
    CheckResult blocked(String cause, Instant now, long nanoTime) {
        return cause.equals(blockedBy)
                ? this
                : new CheckResult(definition, checkState, since, last, null, cause, false)
                        .sinceFrom(this, now, nanoTime);
    }

    /** Returns this result as of that time: stale if it is too old; a blocked check does not become stale. */
    CheckResult at(long nanoTime, Instant now) {
        if (last == null || !ages || nanoTime - freshUntilNanos < 0) {
            return this;
        }
        Duration age = Duration.ofNanos(nanoTime - last.endNanos());
        return new CheckResult(definition, checkState, since, last, age, null, closed).sinceFrom(this, now, nanoTime);
    }

    /** Returns this result when nothing looks any more: too old, whatever its age. */
    CheckResult closed(long nanoTime, Instant now) {
        Duration age = age(nanoTime).orElse(Duration.ZERO);
        return new CheckResult(definition, checkState, since, last, age, null, true).sinceFrom(this, now, nanoTime);
    }

    private CheckResult sinceFrom(CheckResult before, Instant now, long nanoTime) {
        Since adjusted = new Since(
                state() == before.state() ? before.since.state() : now,
                status() == before.status() ? before.since.statusNanos() : nanoTime);
        return new CheckResult(definition, checkState, adjusted, last, staleFor, blockedBy, closed);
    }

    /** Returns when this result becomes too old; in the far future if it cannot. */
    long freshUntilNanos(long nanoTime) {
        return ages ? freshUntilNanos : nanoTime + Snapshot.FAR_NANOS;
    }

    /** Returns until when this result is shown as it is if no other arrives. */
    long validUntilNanos(long nanoTime) {
        // The text of a stale result names its age in seconds, so it holds for a second.
        long text = stale() ? nanoTime + SECOND_NANOS : freshUntilNanos(nanoTime);
        if (definition.sharedFor() == null) {
            return text;
        }
        long full = countsInFullAtNanos(nanoTime);
        return full - nanoTime > 0 ? Snapshot.earlier(text, full) : text;
    }

    /** Returns whether only its runs and its age change it, so that the next change is known in advance. */
    boolean changesByItself() {
        boolean fed = definition.onRequest() || definition.check() instanceof InMemoryCheck;
        return !fed && last != null && staleFor == null && blockedBy == null;
    }

    /** Returns when the failure of a shared check begins to fail reports; in the far future if never. */
    long countsInFullAtNanos(long nanoTime) {
        Duration grace = definition.sharedFor();
        return grace == null ? nanoTime + Snapshot.FAR_NANOS : since.statusNanos() + grace.toNanos();
    }

    /** Returns whether the latest result is older than that; true if there is none. */
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
     * Returns the state after thresholds: UNKNOWN before the first result and when the latest one is too old, DEGRADED
     * while the check flaps or is blocked.
     */
    public State state() {
        if (blockedBy != null) {
            return State.DEGRADED;
        }
        return staleFor == null ? checkState.state() : State.UNKNOWN;
    }

    /** Returns how the state is shown on the wire. */
    public Status status() {
        return state().status();
    }

    /** Returns when the check entered this state. */
    public Instant since() {
        return since.state();
    }

    /** Returns whether the latest result is older than the max age. */
    public boolean stale() {
        return staleFor != null;
    }

    /** Returns the check whose failure blocks this one: the root cause, not a check that is blocked itself. */
    public Optional<String> blockedBy() {
        return Optional.ofNullable(blockedBy);
    }

    /**
     * Returns the latest outcome, before thresholds: an ERROR if there is none, it is too old or all is closed, and a WARNING that names
     * the cause if the check is blocked.
     */
    public Outcome outcome() {
        if (blockedBy != null) {
            return Outcome.warning("blocked: " + blockedBy + " is down");
        }
        if (closed) {
            return Outcome.error("closed");
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
     * Returns how many runs ended with that code since the check was registered. A run that overruns its timeout counts
     * as an ERROR, and as one more for each start that the check misses because of it.
     */
    public long runs(Outcome.Code code) {
        return checkState.runs().of(code);
    }

    /** Returns the counts of results in a row, up to the latest run. */
    StreakCounts counts() {
        return checkState.counts();
    }

    /** Returns how long ago the latest result arrived, if there was one. */
    Optional<Duration> age(long nanoTime) {
        return Optional.ofNullable(last).map(run -> Duration.ofNanos(Math.max(0, nanoTime - run.endNanos())));
    }

    /** Returns why the check does not pass; empty on pass. */
    public Optional<String> output() {
        if (status() == Status.PASS) {
            return Optional.empty();
        }
        Outcome outcome = outcome();
        String text = outcome.code() == Outcome.Code.OK
                ? recovering()
                : outcome.message().orElse(null);
        boolean flapping = checkState.flapping() && blockedBy == null && staleFor == null;
        return flapping ? Optional.of(text == null ? "flapping" : "flapping, " + text) : Optional.ofNullable(text);
    }

    private String recovering() {
        int needed = definition.successThreshold();
        return "recovering: " + Math.min(checkState.counts().oks(), needed) + " of " + needed + " OK in a row";
    }

    @Override
    public String toString() {
        return name() + " " + state() + output().map(text -> " (" + text + ")").orElse("");
    }
}
