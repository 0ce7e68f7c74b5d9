package dev.vitals.health.monitor.maintenance;

import dev.vitals.health.monitor.model.Rfc3339;
import dev.vitals.health.monitor.model.TimeRange;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A schedule with one occurrence.
 *
 * @param range the occurrence
 */
public record OneTimeSchedule(TimeRange range) implements Schedule {
    static OneTimeSchedule read(Map<String, Object> fields) {
        return new OneTimeSchedule(new TimeRange(
                Instant.parse(String.valueOf(fields.get("from"))), Instant.parse(String.valueOf(fields.get("to")))));
    }

    @Override
    public List<TimeRange> occurrences(Instant from, Instant to) {
        return range.within(from, to).isPresent() ? List.of(range) : List.of();
    }

    @Override
    public Optional<TimeRange> next(Instant at) {
        return range.to().isAfter(at) ? Optional.of(range) : Optional.empty();
    }

    @Override
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("from", Rfc3339.text(range.from()));
        fields.put("to", Rfc3339.text(range.to()));
        return fields;
    }
}
