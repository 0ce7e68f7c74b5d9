package dev.vitals.health.monitor.history;

import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.TimeRange;
import java.util.List;

/** Says when a target was in maintenance. */
@FunctionalInterface
public interface MaintenancePlan {
    /** Never. */
    MaintenancePlan NONE = (target, range) -> List.of();

    /** Returns the times of maintenance that touch the range; they may overlap, in any order. */
    List<TimeRange> of(TargetId target, TimeRange range);
}
