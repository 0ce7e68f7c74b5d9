package dev.vitals.health.monitor.maintenance;

import dev.vitals.health.monitor.model.TimeRange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The times at which a suppression is in effect: once or weekly. Immutable and pure. */
public sealed interface Schedule permits OneTimeSchedule, WeeklySchedule {
    /** Returns the occurrences that overlap the given times, in order. They are not cut to these times. */
    List<TimeRange> occurrences(Instant from, Instant to);

    /** Returns the occurrence in effect at that time, or the next one; empty if there are no more. */
    Optional<TimeRange> next(Instant at);

    /** Returns the values by field name. {@link #read} does the reverse. */
    Map<String, Object> fields();

    /** Returns the schedule with these values: weekly if there is a field {@code weekly}. */
    static Schedule read(Map<String, Object> fields) {
        return fields.get("weekly") instanceof Map<?, ?> weekly
                ? WeeklySchedule.read(weekly)
                : OneTimeSchedule.read(fields);
    }
}
