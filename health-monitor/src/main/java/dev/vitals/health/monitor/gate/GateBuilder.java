package dev.vitals.health.monitor.gate;

import dev.vitals.health.monitor.model.Attribution;
import dev.vitals.health.monitor.model.FieldErrors;
import dev.vitals.health.monitor.model.InvalidFieldsException;
import dev.vitals.health.monitor.model.Selection;
import dev.vitals.health.monitor.model.TimeValue;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Builds a gate; {@link #build} checks all fields at once. Not thread-safe. */
public final class GateBuilder {
    /** The bound of {@code deadline}, in words that follow "must be". */
    public static final String DEADLINE =
            "an RFC 3339 time, a number of seconds or the time from now such as 2h, after now and within 7 days;"
                    + " optional with a window";

    /** The bound of {@code passes}, in words that follow "must be". */
    public static final String PASSES = "a whole number from 1 to 20";

    /** The bound of {@code retry}, in words that follow "must be". */
    public static final String RETRY = "a number of seconds from 10 to 3600";

    /** The bound of {@code after}, in words that follow "must be". */
    public static final String AFTER = "an RFC 3339 time or the time from now such as 2h, within 7 days from now";

    /** The bound of {@code release}, in words that follow "must be". */
    public static final String RELEASE = "text of 1 to 200 characters";

    /** The default number of passes. */
    public static final int DEFAULT_PASSES = 1;

    /** The default time between extra polls. */
    public static final Duration DEFAULT_RETRY = Duration.ofMinutes(5);

    /** The longest time a gate can wait. */
    static final Duration LONGEST = Duration.ofDays(7);

    private static final int MAX_RELEASE = 200;
    private static final int MAX_PASSES = 20;
    private static final Duration MIN_RETRY = Duration.ofSeconds(10);
    private static final Duration MAX_RETRY = Duration.ofHours(1);

    private final FieldErrors errors;
    private @Nullable Selection selection;
    private @Nullable Instant deadline;
    private @Nullable Duration deadlineIn;
    private @Nullable String window;
    private int passes = DEFAULT_PASSES;
    private @Nullable Instant after;
    private @Nullable String release;
    private Duration retry = DEFAULT_RETRY;
    private boolean allowDegraded;
    private boolean allowEmpty;
    private boolean allowGone;
    private @Nullable String by;
    private @Nullable String reason;

    /** Starts with the errors found so far; {@link #build} adds to them. */
    public GateBuilder(FieldErrors errors) {
        this.errors = errors;
    }

    /** Sets the targets that must pass; required. */
    public GateBuilder selection(Selection selection) {
        this.selection = selection;
        return this;
    }

    /** Sets the latest time at which the gate closes. */
    public GateBuilder deadline(@Nullable Instant deadline) {
        this.deadline = deadline;
        return this;
    }

    /** Sets the longest time the gate waits from now on; wins over {@link #deadline}. */
    public GateBuilder deadlineIn(@Nullable Duration time) {
        this.deadlineIn = time;
        return this;
    }

    /** Sets the maintenance window in which the gate can open; the gate closes at its end. */
    public GateBuilder window(@Nullable String id) {
        this.window = id;
        return this;
    }

    /** Sets the number of fresh passes in a row; default 1, from 1 to 20. */
    public GateBuilder passes(int passes) {
        this.passes = passes;
        return this;
    }

    /** Sets the time after which a poll must begin to count; default is now, or any time if there is a release. */
    public GateBuilder after(@Nullable Instant after) {
        this.after = after;
        return this;
    }

    /** Sets the release from which a result must come to count; default is any. */
    public GateBuilder release(@Nullable String release) {
        this.release = release;
        return this;
    }

    /** Sets the time between extra polls of failing targets; default 5 min, from 10 s to 1 h. */
    public GateBuilder retry(Duration retry) {
        this.retry = retry;
        return this;
    }

    /** Sets whether a DEGRADED target is accepted; default no. */
    public GateBuilder allowDegraded(boolean allow) {
        this.allowDegraded = allow;
        return this;
    }

    /** Sets whether the gate opens if nothing is selected; default no. */
    public GateBuilder allowEmpty(boolean allow) {
        this.allowEmpty = allow;
        return this;
    }

    /** Sets whether targets may disappear while the gate waits; default no. */
    public GateBuilder allowGone(boolean allow) {
        this.allowGone = allow;
        return this;
    }

    /** Sets who asks and why. */
    public GateBuilder attribution(@Nullable String by, @Nullable String reason) {
        this.by = by;
        this.reason = reason;
        return this;
    }

    /**
     * Returns the gate.
     *
     * @throws InvalidFieldsException if fields are invalid; names all of them
     */
    public Gate build(String id, Instant now) {
        Selection selected = Objects.requireNonNull(selection, "selection");
        selected.check(errors);
        Attribution attribution = new Attribution(by, reason, now);
        attribution.check(errors);
        errors.unless(passes >= 1 && passes <= MAX_PASSES, "passes", passes, PASSES);
        boolean retryFits = retry.compareTo(MIN_RETRY) >= 0 && retry.compareTo(MAX_RETRY) <= 0;
        errors.unless(retryFits, "retry", TimeValue.seconds(retry), RETRY);
        errors.unless(after == null || !after.isAfter(now.plus(LONGEST)), "after", after, AFTER);
        boolean releaseFits = release == null || (!release.isBlank() && release.length() <= MAX_RELEASE);
        errors.unless(releaseFits, "release", release, RELEASE);
        Instant closesAt = closesAt(now);
        errors.check();
        Instant countsFrom = after != null || release != null ? after : now;
        Gate.Rule rule = new Gate.Rule(passes, countsFrom, release, allowDegraded, allowEmpty, allowGone);
        return new Gate(id, selected, rule, new Gate.Limits(closesAt, window, retry), attribution);
    }

    private @Nullable Instant closesAt(Instant now) {
        Instant at = deadline;
        if (deadlineIn != null) {
            at = now.plus(deadlineIn);
        }
        boolean missing = at == null && window == null;
        boolean fits = at == null || (at.isAfter(now) && !at.isAfter(now.plus(LONGEST)));
        errors.unless(
                !missing && fits, "deadline", deadlineIn != null ? TimeValue.seconds(deadlineIn) : deadline, DEADLINE);
        return at == null ? null : at.truncatedTo(ChronoUnit.MILLIS);
    }
}
