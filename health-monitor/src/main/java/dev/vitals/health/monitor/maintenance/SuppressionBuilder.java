package dev.vitals.health.monitor.maintenance;

import dev.vitals.health.monitor.model.Attribution;
import dev.vitals.health.monitor.model.FieldErrors;
import dev.vitals.health.monitor.model.InvalidFieldsException;
import dev.vitals.health.monitor.model.Selection;
import dev.vitals.health.monitor.model.TimeRange;
import dev.vitals.health.monitor.model.TimeValue;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the fields of a maintenance window or a silence; {@link #build} judges them all at once. Not thread-safe. */
public final class SuppressionBuilder {
    /** What is needed, in words that follow "must be". */
    public static final String EITHER = "there, with to, or else weekly, not both";

    /** What a weekly rule is, in words that follow "must be". */
    public static final String WEEKLY = "an object with days, start, duration and zone, until if it shall end";

    /** How long an occurrence lasts, in words that follow "must be". */
    public static final String DURATION = "a number of seconds from 60 to 604800";

    /** Which days, in words that follow "must be". */
    public static final String DAYS = "an array of 1 to 7 names such as MONDAY";

    /** When it starts, in words that follow "must be". */
    public static final String START = "a local time such as 02:30";

    /** Whose time, in words that follow "must be". */
    public static final String ZONE = "the name of a time zone such as Europe/Berlin";

    /** What a name is, in words that follow "must be". */
    public static final String NAME = "text of 1 to 100 characters";

    private static final int MAX_NAME = 100;
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST_OCCURRENCE = Duration.ofDays(7);
    private static final Duration FARTHEST = Duration.ofDays(366);

    private final SuppressionKind kind;
    private final FieldErrors refusals;
    private @Nullable String name;
    private @Nullable Selection selection;
    private @Nullable Instant from;
    private @Nullable Instant to;
    private @Nullable WeeklySchedule weekly;
    private @Nullable String by;
    private @Nullable String reason;

    /** Starts with what was refused already. */
    public SuppressionBuilder(SuppressionKind kind, FieldErrors refusals) {
        this.kind = kind;
        this.refusals = refusals;
    }

    /** What people call it; default is the reason, else its kind. */
    public SuppressionBuilder name(@Nullable String name) {
        this.name = name;
        return this;
    }

    /** For which targets. */
    public SuppressionBuilder selection(Selection selection) {
        this.selection = selection;
        return this;
    }

    /** Once, from then (null: from now) to then. */
    public SuppressionBuilder once(@Nullable Instant from, @Nullable Instant to) {
        this.from = from;
        this.to = to;
        return this;
    }

    /** Each week; null values are refused with the others. */
    public SuppressionBuilder weekly(
            @Nullable Set<DayOfWeek> days,
            @Nullable LocalTime start,
            @Nullable Duration duration,
            @Nullable ZoneId zone,
            @Nullable Instant until) {
        refusals.unless(days != null && !days.isEmpty(), "weekly.days", null, DAYS);
        refusals.unless(start != null, "weekly.start", null, START);
        refusals.unless(zone != null, "weekly.zone", null, ZONE);
        boolean fits =
                duration != null && duration.compareTo(SHORTEST) >= 0 && duration.compareTo(LONGEST_OCCURRENCE) <= 0;
        refusals.unless(fits, "weekly.duration", duration == null ? null : TimeValue.seconds(duration), DURATION);
        if (fits && days != null && !days.isEmpty() && start != null && duration != null && zone != null) {
            weekly = new WeeklySchedule(days, start, duration, zone, until);
        }
        return this;
    }

    /** Who asks for it, and why; a silence needs both. */
    public SuppressionBuilder attribution(@Nullable String by, @Nullable String reason) {
        this.by = by;
        this.reason = reason;
        return this;
    }

    /**
     * Returns what was asked for.
     *
     * @throws InvalidFieldsException if fields were refused or are out of their bounds; names all of them
     */
    public Suppression build(String id, Instant now) {
        Attribution attribution = new Attribution(by, reason, now);
        attribution.check(refusals);
        if (kind == SuppressionKind.SILENCE) {
            refusals.unless(by != null, "by", null, Attribution.BY);
            refusals.unless(reason != null, "reason", null, Attribution.REASON);
        }
        refusals.unless(name == null || (!name.isBlank() && name.length() <= MAX_NAME), "name", name, NAME);
        Selection selected = Objects.requireNonNull(selection, "selection");
        selected.check(refusals);
        Schedule when = weekly != null ? judged(weekly, now) : once(now);
        refusals.check();
        return new Suppression(id, kind, called(), selected, Objects.requireNonNull(when), attribution);
    }

    private String called() {
        String given = name != null ? name : reason != null ? reason : kind.word();
        return given.length() <= MAX_NAME ? given : given.substring(0, MAX_NAME);
    }

    private @Nullable Schedule once(Instant now) {
        if (refusals.any() && to == null) {
            return null;
        }
        Instant start = from == null ? now : from;
        if (to == null) {
            refusals.refuse("to", null, "an RFC 3339 time, or there must be weekly");
            return null;
        }
        refusals.unless(
                !start.isAfter(now.plus(FARTHEST)), "from", from, "at most " + FARTHEST.toDays() + " days from now");
        boolean fits = to.isAfter(now) && !to.isBefore(start.plus(SHORTEST)) && !to.isAfter(start.plus(kind.longest()));
        String bound = "after now, and from 60 s to " + kind.longest().toDays() + " days after from";
        refusals.unless(fits, "to", to, bound);
        return fits ? new OneTimeSchedule(new TimeRange(start, to)) : null;
    }

    private Schedule judged(WeeklySchedule rule, Instant now) {
        refusals.unless(from == null && to == null, "from", from, EITHER);
        Instant until = rule.until();
        boolean ends = until != null && until.isAfter(now);
        if (kind == SuppressionKind.SILENCE) {
            boolean soon = ends && !Objects.requireNonNull(until).isAfter(now.plus(kind.longest()));
            refusals.unless(soon, "weekly.until", until, "an RFC 3339 time within 90 days from now");
        } else {
            refusals.unless(until == null || ends, "weekly.until", until, "an RFC 3339 time after now");
        }
        return rule;
    }
}
