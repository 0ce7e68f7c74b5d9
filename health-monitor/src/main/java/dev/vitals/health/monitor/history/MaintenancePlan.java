package dev.vitals.health.monitor.history;

import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.TimeRange;
import java.util.List;

/** Tells when a target was in maintenance. */
@FunctionalInterface
public interface MaintenancePlan {
    /** A plan without maintenance. */
    MaintenancePlan NONE = (target, range) -> List.of();

    /** Returns the times of maintenance that touch the range. They may overlap, and have no order. */
    List<TimeRange> of(TargetId target, TimeRange range);
}
