package dev.vitals.health.monitor.maintenance;

import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TimeRange;
import java.time.Instant;
import java.util.List;

/** When targets were, are and will be under maintenance. Thread-safe; asks memory alone. */
@FunctionalInterface
public interface Calendar {
    /**
     * Returns the spans between these times in which the target is under maintenance, in order, without overlap. A window
     * counts from its making on, and one that was changed or removed counts for the past as it was.
     */
    List<TimeRange> intervals(Target target, Instant from, Instant to);
}
