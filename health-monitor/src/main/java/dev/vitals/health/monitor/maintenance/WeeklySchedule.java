package dev.vitals.health.monitor.maintenance;

import dev.vitals.health.monitor.model.Rfc3339;
import dev.vitals.health.monitor.model.TimeRange;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A schedule that repeats on certain days of each week.
 *
 * <p>The start is a local time, the duration is elapsed time. If the clocks skip the start (the gap when summer time
 * begins), the occurrence starts at the end of the gap. If the clocks show the start twice, the first one counts.
 *
 * @param days the days on which an occurrence starts
 * @param start the local time at which an occurrence starts
 * @param duration the length of an occurrence
 * @param zone the time zone of days and start
 * @param until the end of the schedule, which also cuts an occurrence in progress; null for no end
 */
public record WeeklySchedule(
        Set<DayOfWeek> days,
        LocalTime start,
        Duration duration,
        ZoneId zone,
        @Nullable Instant until) implements Schedule {
    private static final int WEEK = 7;

    /** Copies the set and cuts the duration to whole seconds. */
    public WeeklySchedule {
        days = Collections.unmodifiableSet(EnumSet.copyOf(days));
        duration = duration.truncatedTo(ChronoUnit.SECONDS);
    }

    static WeeklySchedule read(Map<?, ?> fields) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (Object day : (List<?>) Objects.requireNonNull(fields.get("days"), "days")) {
            days.add(DayOfWeek.valueOf(String.valueOf(day)));
        }
        Object until = fields.get("until");
        return new WeeklySchedule(
                days,
                LocalTime.parse(String.valueOf(fields.get("start"))),
                Duration.ofSeconds(((Number) Objects.requireNonNull(fields.get("duration"), "duration")).longValue()),
                ZoneId.of(String.valueOf(fields.get("zone"))),
                until == null ? null : Instant.parse(String.valueOf(until)));
    }

    @Override
    public List<TimeRange> occurrences(Instant from, Instant to) {
        List<TimeRange> found = new ArrayList<>();
        LocalDate last = to.atZone(zone).toLocalDate().plusDays(1);
        for (LocalDate day = firstDay(from); !day.isAfter(last); day = day.plusDays(1)) {
            occurrence(day).filter(range -> range.within(from, to).isPresent()).ifPresent(found::add);
        }
        return found;
    }

    @Override
    public Optional<TimeRange> next(Instant at) {
        LocalDate first = firstDay(at);
        LocalDate last = at.atZone(zone).toLocalDate().plusDays(WEEK + 1);
        return first.datesUntil(last.plusDays(1))
                .flatMap(day -> occurrence(day).stream())
                .filter(range -> range.to().isAfter(at))
                .findFirst();
    }

    // The earliest day whose occurrence can still be in progress, and one more because zones can change their offset.
    private LocalDate firstDay(Instant at) {
        return at.minus(duration).atZone(zone).toLocalDate().minusDays(1);
    }

    private Optional<TimeRange> occurrence(LocalDate day) {
        if (!days.contains(day.getDayOfWeek())) {
            return Optional.empty();
        }
        Instant from = start(day.atTime(start));
        Instant end = from.plus(duration);
        Instant to = until != null && until.isBefore(end) ? until : end;
        return from.isBefore(to) ? Optional.of(new TimeRange(from, to)) : Optional.empty();
    }

    private Instant start(LocalDateTime local) {
        ZoneOffsetTransition transition = zone.getRules().getTransition(local);
        return transition != null && transition.isGap()
                ? transition.getInstant()
                : local.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
    }

    @Override
    public Map<String, Object> fields() {
        return Map.of("weekly", members());
    }

    /** Returns the values by field name; {@link WeeklyReader} reads them, except for {@code until}. */
    public Map<String, Object> members() {
        Map<String, Object> weekly = new LinkedHashMap<>();
        weekly.put("days", new TreeSet<>(days).stream().map(DayOfWeek::name).toList());
        weekly.put("start", start.toString());
        weekly.put("duration", duration.toSeconds());
        weekly.put("zone", zone.getId());
        if (until != null) {
            weekly.put("until", Rfc3339.text(until));
        }
        return weekly;
    }
}
