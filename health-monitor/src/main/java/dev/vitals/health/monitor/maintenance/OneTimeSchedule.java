package dev.vitals.health.monitor.maintenance;

import dev.vitals.health.monitor.model.Rfc3339;
import dev.vitals.health.monitor.model.TimeRange;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One span of time.
 *
 * @param span from when to when
 */
public record OneTimeSchedule(TimeRange span) implements Schedule {
    static OneTimeSchedule read(Map<String, Object> fields) {
        return new OneTimeSchedule(new TimeRange(
                Instant.parse(String.valueOf(fields.get("from"))), Instant.parse(String.valueOf(fields.get("to")))));
    }

    @Override
    public List<TimeRange> occurrences(Instant from, Instant to) {
        return span.within(from, to).isPresent() ? List.of(span) : List.of();
    }

    @Override
    public Optional<TimeRange> next(Instant at) {
        return span.to().isAfter(at) ? Optional.of(span) : Optional.empty();
    }

    @Override
    public Instant end() {
        return span.to();
    }

    @Override
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("from", Rfc3339.text(span.from()));
        fields.put("to", Rfc3339.text(span.to()));
        return fields;
    }
}
