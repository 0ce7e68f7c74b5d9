package dev.vitals.health.monitor.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.monitor.model.TimeRange;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** Weekly schedules, mostly at the times when the clocks change. Berlin goes from 2:00 to 3:00 on 29 March, back on 25 October 2026. */
class WeeklyScheduleTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static WeeklySchedule sundays(String start, Duration duration) {
        return new WeeklySchedule(EnumSet.of(DayOfWeek.SUNDAY), LocalTime.parse(start), duration, BERLIN, null);
    }

    private static TimeRange range(String from, String to) {
        return new TimeRange(Instant.parse(from), Instant.parse(to));
    }

    private static List<TimeRange> in(WeeklySchedule weekly, String from, String to) {
        return weekly.occurrences(Instant.parse(from), Instant.parse(to));
    }

    @Test
    void startsAtItsLocalTimeInWinterAndInSummer() {
        WeeklySchedule weekly = sundays("04:00", Duration.ofHours(2));
        assertThat(in(weekly, "2026-03-22T00:00:00Z", "2026-04-06T00:00:00Z"))
                .containsExactly(
                        range("2026-03-22T03:00:00Z", "2026-03-22T05:00:00Z"),
                        range("2026-03-29T02:00:00Z", "2026-03-29T04:00:00Z"),
                        range("2026-04-05T02:00:00Z", "2026-04-05T04:00:00Z"));
    }

    @Test
    void aStartInTheGapIsTheEndOfTheGap() {
        WeeklySchedule weekly = sundays("02:30", Duration.ofHours(1));
        assertThat(in(weekly, "2026-03-28T12:00:00Z", "2026-03-30T00:00:00Z"))
                .containsExactly(range("2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z"));
        assertThat(in(sundays("02:00", Duration.ofHours(1)), "2026-03-28T12:00:00Z", "2026-03-30T00:00:00Z"))
                .containsExactly(range("2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z"));
    }

    @Test
    void aStartThatComesTwiceIsTheFirst() {
        WeeklySchedule weekly = sundays("02:30", Duration.ofHours(1));
        assertThat(in(weekly, "2026-10-24T12:00:00Z", "2026-10-26T00:00:00Z"))
                .containsExactly(range("2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"));
    }

    @Test
    void theDurationIsElapsedTimeAcrossAChange() {
        assertThat(in(sundays("01:00", Duration.ofHours(3)), "2026-03-28T12:00:00Z", "2026-03-30T00:00:00Z"))
                .containsExactly(range("2026-03-29T00:00:00Z", "2026-03-29T03:00:00Z"));
        assertThat(in(sundays("01:00", Duration.ofHours(3)), "2026-10-24T12:00:00Z", "2026-10-26T00:00:00Z"))
                .containsExactly(range("2026-10-24T23:00:00Z", "2026-10-25T02:00:00Z"));
    }

    @Test
    void aZoneCanSkipMidnightOrAWholeDay() {
        // Beirut went from 0:00 to 1:00 on Sunday 26 March 2017.
        WeeklySchedule beirut = new WeeklySchedule(
                EnumSet.of(DayOfWeek.SUNDAY), LocalTime.MIDNIGHT, Duration.ofHours(1), ZoneId.of("Asia/Beirut"), null);
        assertThat(in(beirut, "2017-03-25T12:00:00Z", "2017-03-26T12:00:00Z"))
                .containsExactly(range("2017-03-25T22:00:00Z", "2017-03-25T23:00:00Z"));
        // Samoa had no Friday 30 December 2011.
        WeeklySchedule apia = new WeeklySchedule(
                EnumSet.of(DayOfWeek.FRIDAY), LocalTime.NOON, Duration.ofHours(1), ZoneId.of("Pacific/Apia"), null);
        assertThat(in(apia, "2011-12-30T00:00:00Z", "2012-01-01T00:00:00Z"))
                .containsExactly(range("2011-12-30T10:00:00Z", "2011-12-30T11:00:00Z"));
    }

    @Test
    void anOccurrenceInProgressIsFoundEvenIfItLastsAWeek() {
        WeeklySchedule week = sundays("00:00", Duration.ofDays(7));
        Instant wednesday = Instant.parse("2026-11-18T12:00:00Z");
        assertThat(week.next(wednesday)).hasValue(range("2026-11-14T23:00:00Z", "2026-11-21T23:00:00Z"));
        assertThat(week.occurrences(wednesday, wednesday.plusMillis(1))).hasSize(1);
    }

    @Test
    void endsAtUntil() {
        WeeklySchedule weekly = new WeeklySchedule(
                EnumSet.of(DayOfWeek.SUNDAY),
                LocalTime.parse("04:00"),
                Duration.ofHours(2),
                BERLIN,
                Instant.parse("2026-11-22T04:00:00Z"));
        assertThat(weekly.next(Instant.parse("2026-11-20T00:00:00Z")))
                .as("the last is cut")
                .hasValue(range("2026-11-22T03:00:00Z", "2026-11-22T04:00:00Z"));
        assertThat(weekly.next(Instant.parse("2026-11-22T04:00:00Z"))).isEmpty();
    }

    @Test
    void isUnchangedAfterWritingAndReading() {
        WeeklySchedule weekly = new WeeklySchedule(
                EnumSet.of(DayOfWeek.SUNDAY, DayOfWeek.MONDAY),
                LocalTime.parse("23:59:30"),
                Duration.ofSeconds(61),
                BERLIN,
                Instant.parse("2027-01-01T00:00:00.5Z"));
        assertThat(Schedule.read(weekly.fields())).isEqualTo(weekly);
        OneTimeSchedule once = new OneTimeSchedule(range("2026-11-22T03:00:00Z", "2026-11-22T04:00:00.001Z"));
        assertThat(Schedule.read(once.fields())).isEqualTo(once);
    }

    @Property(tries = 500)
    void nextIsTheFirstOccurrenceThatIsNotOverAndStartsOnAGivenDayAndTime(
            @ForAll Set<DayOfWeek> days,
            @ForAll @IntRange(max = 1_439) int minute,
            @ForAll @IntRange(min = 1, max = 168) int hours,
            @ForAll @LongRange(min = 1_700_000_000L, max = 1_900_000_000L) long at) {
        if (days.isEmpty()) {
            return;
        }
        LocalTime start = LocalTime.ofSecondOfDay(minute * 60L);
        WeeklySchedule weekly = new WeeklySchedule(days, start, Duration.ofHours(hours), BERLIN, null);
        Instant now = Instant.ofEpochSecond(at);
        TimeRange next = weekly.next(now).orElseThrow();
        assertThat(next.to()).isAfter(now);
        assertThat(days).contains(next.from().atZone(BERLIN).getDayOfWeek());
        assertThat(Duration.between(next.from(), next.to())).isEqualTo(Duration.ofHours(hours));
        LocalTime local = next.from().atZone(BERLIN).toLocalTime();
        boolean inGap = local.equals(LocalTime.of(3, 0)) && start.getHour() == 2;
        assertThat(local.equals(start) || inGap).isTrue();
        List<TimeRange> around = weekly.occurrences(now, next.to());
        assertThat(around).contains(next).allMatch(range -> range.to().isAfter(now));
        assertThat(around.get(0)).isEqualTo(next);
    }
}
