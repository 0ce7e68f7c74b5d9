package dev.vitals.health.monitor.maintenance;

import dev.vitals.health.monitor.model.TimeRange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Once, or again and again. Immutable and pure. */
public sealed interface Schedule permits OneTimeSchedule, WeeklySchedule {
    /** Returns the occurrences that have a moment in common with that range, in order, each as a whole. */
    List<TimeRange> occurrences(Instant from, Instant to);

    /** Returns the occurrence that is under way at that time, else the next one; empty if none will come. */
    Optional<TimeRange> next(Instant at);

    /** Returns when it is over for good; null for never. */
    @Nullable
    Instant end();

    /** Returns the values by the names of their fields; {@link #read} does the reverse. */
    Map<String, Object> fields();

    /** Returns what has these fields. */
    static Schedule read(Map<String, Object> fields) {
        return fields.get("weekly") instanceof Map<?, ?> weekly
                ? WeeklySchedule.read(weekly)
                : OneTimeSchedule.read(fields);
    }
}
