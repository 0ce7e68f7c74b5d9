package dev.vitals.health;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of one check at the moment of its report. Immutable. */
public final class CheckResult {
    private final CheckDefinition definition;
    private final Tally tally;
    private final Instant since;
    private final @Nullable Run last;
    private final @Nullable Duration staleFor;

    /** The last run that has ended; the nanoseconds are the scheduler's. */
    record Run(Outcome outcome, Instant time, Duration duration, long endNanos) {
        static Run of(Outcome outcome, Instant time, long startNanos, long endNanos) {
            return new Run(outcome, time, Duration.ofNanos(endNanos - startNanos), endNanos);
        }
    }

    private CheckResult(
            CheckDefinition definition, Tally tally, Instant since, @Nullable Run last, @Nullable Duration staleFor) {
        this.definition = definition;
        this.tally = tally;
        this.since = since;
        this.last = last;
        this.staleFor = staleFor;
    }

    static CheckResult none(CheckDefinition definition, Instant now) {
        return new CheckResult(definition, Tally.start(), now, null, null);
    }

    CheckResult after(Run run) {
        Tally next = definition.stateMachine().next(tally, run.outcome().code());
        return new CheckResult(definition, next, next.state() == state() ? since : run.time(), run, null);
    }

    /** Returns this result as it stands at that time: stale if it is older than the max age. */
    CheckResult at(long nanoTime, Instant now) {
        if (last == null || nanoTime - freshUntilNanos(nanoTime) < 0) {
            return this;
        }
        Duration age = Duration.ofNanos(nanoTime - last.endNanos());
        return new CheckResult(definition, tally, state() == State.UNKNOWN ? since : now, last, age);
    }

    /** Returns when this result stops to count; in the far future if there is no result that could. */
    long freshUntilNanos(long nanoTime) {
        return last == null
                ? nanoTime + Snapshot.FAR_NANOS
                : last.endNanos() + definition.maxAge().toNanos();
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

    /** Returns the state after thresholds; UNKNOWN before the first result and when the last one is too old. */
    public State state() {
        return staleFor == null ? tally.state() : State.UNKNOWN;
    }

    /** Returns how the state is shown on the wire. */
    public Status status() {
        return state().status();
    }

    /** Returns since when the check has been in this state. */
    public Instant since() {
        return since;
    }

    /** Returns whether the last result is older than the max age. */
    public boolean stale() {
        return staleFor != null;
    }

    /**
     * Returns the latest outcome, before thresholds; where there is none, or it is too old, an ERROR that says so.
     */
    public Outcome outcome() {
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

    /** Returns what there is to say about a check that does not pass; empty on pass. */
    public Optional<String> output() {
        if (status() == Status.PASS) {
            return Optional.empty();
        }
        Outcome outcome = outcome();
        if (outcome.code() == Outcome.Code.OK) {
            return Optional.of("recovering: " + tally.oks() + " of "
                    + definition.stateMachine().successThreshold() + " OK in a row");
        }
        return outcome.message();
    }

    @Override
    public String toString() {
        return name() + " " + state() + output().map(text -> " (" + text + ")").orElse("");
    }
}
