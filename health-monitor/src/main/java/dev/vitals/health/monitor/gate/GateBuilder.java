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

/** Collects the fields of a gate; {@link #build} judges them all at once. Not thread-safe. */
public final class GateBuilder {
    /** When it closes, in words that follow "must be". */
    public static final String DEADLINE =
            "an RFC 3339 time or a number of seconds, after now and within 7 days, unless there is a window";

    /** How many passes, in words that follow "must be". */
    public static final String PASSES = "a whole number from 1 to 20";

    /** How often it is tried, in words that follow "must be". */
    public static final String RETRY = "a number of seconds from 10 to 3600";

    /** From when on polls count, in words that follow "must be". */
    public static final String AFTER = "an RFC 3339 time within 7 days from now";

    /** What a release is, in words that follow "must be". */
    public static final String RELEASE = "text of 1 to 200 characters";

    /** Passes unless said otherwise. */
    public static final int DEFAULT_PASSES = 1;

    /** The time between tries unless said otherwise. */
    public static final Duration DEFAULT_RETRY = Duration.ofMinutes(5);

    /** How long a gate can wait. */
    static final Duration LONGEST = Duration.ofDays(7);

    private static final int MAX_RELEASE = 200;
    private static final int MAX_PASSES = 20;
    private static final Duration MIN_RETRY = Duration.ofSeconds(10);
    private static final Duration MAX_RETRY = Duration.ofHours(1);

    private final FieldErrors refusals;
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

    /** Starts with what was refused already. */
    public GateBuilder(FieldErrors refusals) {
        this.refusals = refusals;
    }

    /** Which targets must pass. */
    public GateBuilder selection(Selection selection) {
        this.selection = selection;
        return this;
    }

    /** When it closes at the latest. */
    public GateBuilder deadline(@Nullable Instant deadline) {
        this.deadline = deadline;
        return this;
    }

    /** How long from now on it waits at most. */
    public GateBuilder deadlineIn(@Nullable Duration time) {
        this.deadlineIn = time;
        return this;
    }

    /** The maintenance window at whose end it closes, and before whose beginning it does not open. */
    public GateBuilder window(@Nullable String id) {
        this.window = id;
        return this;
    }

    /** Fresh passes in a row; default 1, from 1 to 20. */
    public GateBuilder passes(int passes) {
        this.passes = passes;
        return this;
    }

    /** Polls count that began after this; default is now, and any time if there is a release. */
    public GateBuilder after(@Nullable Instant after) {
        this.after = after;
        return this;
    }

    /** Results count that come from this release. */
    public GateBuilder release(@Nullable String release) {
        this.release = release;
        return this;
    }

    /** How often what does not pass is polled anew; default 5 min, from 10 s to 1 h. */
    public GateBuilder retry(Duration retry) {
        this.retry = retry;
        return this;
    }

    /** Whether DEGRADED is good enough; default no. */
    public GateBuilder allowDegraded(boolean allow) {
        this.allowDegraded = allow;
        return this;
    }

    /** Whether an empty selection opens; default no. */
    public GateBuilder allowEmpty(boolean allow) {
        this.allowEmpty = allow;
        return this;
    }

    /** Whether targets may vanish while it waits; default no. */
    public GateBuilder allowGone(boolean allow) {
        this.allowGone = allow;
        return this;
    }

    /** Who asks, and why. */
    public GateBuilder attribution(@Nullable String by, @Nullable String reason) {
        this.by = by;
        this.reason = reason;
        return this;
    }

    /**
     * Returns what was asked for.
     *
     * @throws InvalidFieldsException if fields were refused or are out of their bounds; names all of them
     */
    public Gate build(String id, Instant now) {
        Selection selected = Objects.requireNonNull(selection, "selection");
        selected.check(refusals);
        Attribution attribution = new Attribution(by, reason, now);
        attribution.check(refusals);
        refusals.unless(passes >= 1 && passes <= MAX_PASSES, "passes", passes, PASSES);
        boolean retryFits = retry.compareTo(MIN_RETRY) >= 0 && retry.compareTo(MAX_RETRY) <= 0;
        refusals.unless(retryFits, "retry", TimeValue.seconds(retry), RETRY);
        refusals.unless(after == null || !after.isAfter(now.plus(LONGEST)), "after", after, AFTER);
        boolean releaseFits = release == null || (!release.isBlank() && release.length() <= MAX_RELEASE);
        refusals.unless(releaseFits, "release", release, RELEASE);
        Instant closes = closes(now);
        refusals.check();
        Instant counts = after != null || release != null ? after : now;
        Rule rule = new Rule(passes, counts, release, allowDegraded, allowEmpty, allowGone);
        return new Gate(id, selected, rule, new Gate.Limits(closes, window, retry), attribution);
    }

    private @Nullable Instant closes(Instant now) {
        Instant at = deadline;
        if (deadlineIn != null) {
            at = now.plus(deadlineIn);
        }
        boolean missing = at == null && window == null;
        boolean fits = at == null || (at.isAfter(now) && !at.isAfter(now.plus(LONGEST)));
        refusals.unless(
                !missing && fits, "deadline", deadlineIn != null ? TimeValue.seconds(deadlineIn) : deadline, DEADLINE);
        return at == null ? null : at.truncatedTo(ChronoUnit.MILLIS);
    }
}
