package dev.vitals.health.monitor.maintenance;

import dev.vitals.health.monitor.model.Attribution;
import dev.vitals.health.monitor.model.FieldErrors;
import dev.vitals.health.monitor.model.InvalidFieldsException;
import dev.vitals.health.monitor.model.Selection;
import dev.vitals.health.monitor.model.TimeRange;
import dev.vitals.health.monitor.model.TimeText;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Builds a maintenance window or a silence; {@link #build} checks all fields at once. Not thread-safe. */
public final class SuppressionBuilder {
    /** The bound of {@code weekly}, in words that follow "must be". */
    public static final String WEEKLY = WeeklyReader.BOUND + "; and until, for an end";

    /** The bound of {@code name}, in words that follow "must be". */
    public static final String NAME = "text of 1 to 100 characters";

    private static final int MAX_NAME = 100;
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration FARTHEST = Duration.ofDays(366);

    private final SuppressionKind kind;
    private final FieldErrors errors;
    private @Nullable String name;
    private @Nullable Selection selection;
    private @Nullable Instant from;
    private @Nullable Instant to;
    private @Nullable WeeklySchedule weekly;
    private @Nullable String by;
    private @Nullable String reason;

    /** Starts with the errors found so far; {@link #build} adds to them. */
    public SuppressionBuilder(SuppressionKind kind, FieldErrors errors) {
        this.kind = kind;
        this.errors = errors;
    }

    /** Sets the name for people; default is the reason, or the kind if there is no reason. */
    public SuppressionBuilder name(@Nullable String name) {
        this.name = name;
        return this;
    }

    /** Sets the targets; required. */
    public SuppressionBuilder selection(Selection selection) {
        this.selection = selection;
        return this;
    }

    /** Sets a single occurrence; {@code from} is null for now. */
    public SuppressionBuilder once(@Nullable Instant from, @Nullable Instant to) {
        this.from = from;
        this.to = to;
        return this;
    }

    /** Sets a weekly schedule; null for none. */
    public SuppressionBuilder weekly(@Nullable WeeklySchedule weekly) {
        this.weekly = weekly;
        return this;
    }

    /** Sets who asks and why; a silence needs both. */
    public SuppressionBuilder attribution(@Nullable String by, @Nullable String reason) {
        this.by = by;
        this.reason = reason;
        return this;
    }

    /**
     * Returns the suppression.
     *
     * @throws InvalidFieldsException if fields are invalid; names all of them
     */
    public Suppression build(String id, Instant now) {
        Attribution attribution = new Attribution(by, reason, now);
        attribution.check(errors);
        if (kind == SuppressionKind.SILENCE) {
            errors.unless(by != null, "by", null, Attribution.BY);
            errors.unless(reason != null, "reason", null, Attribution.REASON);
        }
        errors.unless(name == null || (!name.isBlank() && name.length() <= MAX_NAME), "name", name, NAME);
        Selection selected = Objects.requireNonNull(selection, "selection");
        selected.check(errors);
        Schedule schedule = weekly != null ? checked(weekly, now) : once(now);
        errors.check();
        return new Suppression(id, kind, nameOrDefault(), selected, Objects.requireNonNull(schedule), attribution);
    }

    private String nameOrDefault() {
        String given = name != null ? name : reason != null ? reason : kind.word();
        return given.length() <= MAX_NAME ? given : given.substring(0, MAX_NAME);
    }

    private @Nullable Schedule once(Instant now) {
        if (errors.any() && to == null) {
            return null;
        }
        Instant start = from == null ? now : from;
        if (to == null) {
            errors.refuse("to", null, TimeText.AHEAD + ", unless weekly is given");
            return null;
        }
        errors.unless(
                !start.isAfter(now.plus(FARTHEST)), "from", from, "at most " + FARTHEST.toDays() + " days from now");
        boolean fits = to.isAfter(now) && !to.isBefore(start.plus(SHORTEST)) && !to.isAfter(start.plus(kind.longest()));
        String bound = "after now, and from 60 s to " + kind.longest().toDays() + " days after from";
        errors.unless(fits, "to", to, bound);
        return fits ? new OneTimeSchedule(new TimeRange(start, to)) : null;
    }

    private Schedule checked(WeeklySchedule rule, Instant now) {
        errors.unless(from == null && to == null, "from", from, "absent, like to, when weekly is given");
        Instant until = rule.until();
        boolean ends = until != null && until.isAfter(now);
        if (kind == SuppressionKind.SILENCE) {
            boolean soon = ends && !Objects.requireNonNull(until).isAfter(now.plus(kind.longest()));
            String bound = "an RFC 3339 time within " + kind.longest().toDays() + " days from now";
            errors.unless(soon, "weekly.until", until, bound);
        } else {
            errors.unless(until == null || ends, "weekly.until", until, "an RFC 3339 time after now");
        }
        return rule;
    }
}
