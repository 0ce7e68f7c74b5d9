package dev.vitals.health.monitor.rule;

import dev.vitals.health.State;
import dev.vitals.health.monitor.alert.Receiver;
import dev.vitals.health.monitor.maintenance.WeeklySchedule;
import dev.vitals.health.monitor.model.Selection;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is told of what.
 *
 * @param name unique
 * @param selection the targets; null for all of them, and for what the monitor says of itself
 * @param states the states that are told; at least one of DEGRADED, UNHEALTHY, UNKNOWN
 * @param receivers who is told; at least one
 * @param delay how long trouble must last before they are told; an acknowledgement in this time cancels the message
 * @param reminder the time between reminders; null for none
 * @param window how long a message waits for others with the same cause
 * @param during the times of the week at which the rule tells; null for always. Outside, messages wait
 * @param quiet the times of the week at which messages wait; null for none
 * @param fromFile whether it comes from the services file; such a rule cannot be changed over the API
 */
public record Rule(
        String name,
        @Nullable Selection selection,
        Set<State> states,
        List<Receiver> receivers,
        Duration delay,
        @Nullable Duration reminder,
        Duration window,
        @Nullable WeeklySchedule during,
        @Nullable WeeklySchedule quiet,
        boolean fromFile) {
    /** The default of {@link #window}. */
    public static final Duration DEFAULT_WINDOW = Duration.ofSeconds(10);

    /** The states that are told by default. */
    public static final Set<State> DEFAULT_STATES =
            Collections.unmodifiableSet(EnumSet.of(State.DEGRADED, State.UNHEALTHY));

    /** Copies the collections. */
    public Rule {
        states = Collections.unmodifiableSet(EnumSet.copyOf(states));
        receivers = List.copyOf(receivers);
    }

    /** Returns whether the rule is about the target. */
    public boolean selects(Target target) {
        return selection == null || selection.matches(target);
    }

    /** Returns the reason for its receivers, such as {@code rule night}. */
    public String reason() {
        return "rule " + name;
    }

    /** Returns how long a message waits at least: the delay, or the window if that is longer. */
    public Duration patience() {
        return delay.compareTo(window) > 0 ? delay : window;
    }

    /** Returns until when a message waits that is due now; empty if the hours of the rule do not hold it. */
    public Optional<Instant> heldUntil(Instant now) {
        if (quiet != null) {
            Optional<TimeRange> hours = quiet.next(now).filter(range -> range.contains(now));
            if (hours.isPresent()) {
                return hours.map(TimeRange::to);
            }
        }
        if (during != null) {
            return during.next(now).filter(range -> !range.contains(now)).map(TimeRange::from);
        }
        return Optional.empty();
    }
}
