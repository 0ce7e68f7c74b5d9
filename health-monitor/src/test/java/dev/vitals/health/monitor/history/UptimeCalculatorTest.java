package dev.vitals.health.monitor.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.State;
import dev.vitals.health.monitor.model.TimeRange;
import dev.vitals.health.monitor.store.HistoryRows;
import dev.vitals.health.monitor.store.HistoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class UptimeCalculatorTest {
    private static final long END = 1_000;

    private static Instant at(long millis) {
        return Instant.ofEpochMilli(millis);
    }

    private static TimeRange range(long from, long to) {
        return new TimeRange(at(from), at(to));
    }

    private static HistoryRows.Life life(long began, Long ended) {
        return new HistoryRows.Life(1, at(began), ended == null ? null : at(ended));
    }

    private static HistoryStore.Step step(long number, long time, State to) {
        return new HistoryStore.Step(number, time, to);
    }

    private static long[] millis(Uptime uptime) {
        return new long[] {
            uptime.healthy().toMillis(),
            uptime.degraded().toMillis(),
            uptime.unhealthy().toMillis(),
            uptime.unknown().toMillis(),
            uptime.maintenance().toMillis(),
            uptime.notWatched().toMillis()
        };
    }

    /** The past of a target. */
    record Past(List<HistoryRows.Life> lives, List<HistoryStore.Step> steps, List<TimeRange> maintenance) {
        UptimeCalculator calculator() {
            return new UptimeCalculator(lives, steps, maintenance);
        }

        Past shuffled(long seed) {
            Random random = new Random(seed);
            List<HistoryRows.Life> otherLives = new ArrayList<>(lives);
            List<HistoryStore.Step> otherSteps = new ArrayList<>(steps);
            List<TimeRange> otherMaintenance = new ArrayList<>(maintenance);
            Collections.shuffle(otherLives, random);
            Collections.shuffle(otherSteps, random);
            Collections.shuffle(otherMaintenance, random);
            return new Past(otherLives, otherSteps, otherMaintenance);
        }

        // Sums of each part in the order of millis(), counted one millisecond at a time.
        long[] counted(long from, long to) {
            long[] sums = new long[6];
            for (long time = from; time < to; time++) {
                sums[partAt(time)]++;
            }
            return sums;
        }

        private int partAt(long time) {
            long began = -1;
            for (long begin = 0; begin <= time; begin++) {
                began = lived(begin) ? (began < 0 ? begin : began) : -1;
            }
            if (began < 0) {
                return 5;
            }
            if (maintenance.stream()
                    .anyMatch(
                            one -> one.from().toEpochMilli() <= time && one.to().toEpochMilli() > time)) {
                return 4;
            }
            HistoryStore.Step last = null;
            for (HistoryStore.Step step : steps) {
                if (step.at() <= time && (last == null || step.number() > last.number())) {
                    last = step;
                }
            }
            if (last == null || last.at() < began) {
                return 3;
            }
            return switch (last.to()) {
                case HEALTHY -> 0;
                case DEGRADED -> 1;
                case UNHEALTHY -> 2;
                case UNKNOWN -> 3;
            };
        }

        private boolean lived(long time) {
            return lives.stream()
                    .anyMatch(life -> life.began().toEpochMilli() <= time
                            && (life.ended() == null || life.ended().toEpochMilli() > time));
        }
    }

    @Provide
    Arbitrary<Past> pasts() {
        return pasts(END);
    }

    @Provide
    Arbitrary<Past> shortPasts() {
        return pasts(60);
    }

    private static Arbitrary<Past> pasts(long end) {
        Arbitrary<Long> times = Arbitraries.longs().between(0, end);
        Arbitrary<HistoryRows.Life> lives = Combinators.combine(times, times.injectNull(0.2))
                .as((began, length) -> life(began, length == null ? null : began + length));
        Arbitrary<List<HistoryStore.Step>> steps = Combinators.combine(times, Arbitraries.of(State.class))
                .as((time, state) -> step(0, time, state))
                .list()
                .ofMaxSize(12)
                .map(UptimeCalculatorTest::numbered);
        Arbitrary<TimeRange> maintenance =
                Combinators.combine(times, times).as((from, length) -> range(from, from + length / 4));
        return Combinators.combine(
                        lives.list().ofMaxSize(3), steps, maintenance.list().ofMaxSize(4))
                .as(Past::new);
    }

    private static List<HistoryStore.Step> numbered(List<HistoryStore.Step> steps) {
        List<HistoryStore.Step> numbered = new ArrayList<>();
        for (HistoryStore.Step step : steps) {
            numbered.add(step(numbered.size() + 1L, step.at(), step.to()));
        }
        return numbered;
    }

    @Property
    void theFivePartsAndTheTimeNotWatchedAddUpToTheRange(
            @ForAll("pasts") Past past, @ForAll("ranges") TimeRange range) {
        Uptime uptime = past.calculator().over(range);
        assertThat(uptime.watched().plus(uptime.notWatched())).isEqualTo(range.length());
        for (long part : millis(uptime)) {
            assertThat(part).isNotNegative();
        }
    }

    @Provide
    Arbitrary<TimeRange> ranges() {
        Arbitrary<Long> times = Arbitraries.longs().between(0, END);
        return Combinators.combine(times, times).as((one, other) -> range(Math.min(one, other), Math.max(one, other)));
    }

    @Property
    void adjoiningRangesAddUp(@ForAll("pasts") Past past, @ForAll("ranges") TimeRange range, @ForAll("cuts") int cut) {
        long from = range.from().toEpochMilli();
        long middle = from + range.length().toMillis() * cut / 100;
        UptimeCalculator calculator = past.calculator();
        long[] first = millis(calculator.over(range(from, middle)));
        long[] second = millis(calculator.over(range(middle, range.to().toEpochMilli())));
        long[] whole = millis(calculator.over(range));
        for (int i = 0; i < whole.length; i++) {
            assertThat(first[i] + second[i]).isEqualTo(whole[i]);
        }
    }

    @Provide
    Arbitrary<Integer> cuts() {
        return Arbitraries.integers().between(0, 100);
    }

    @Property
    void theOrderOfTheInputDoesNotMatter(
            @ForAll("pasts") Past past, @ForAll("ranges") TimeRange range, @ForAll long seed) {
        assertThat(past.shuffled(seed).calculator().over(range))
                .isEqualTo(past.calculator().over(range));
    }

    @Property(tries = 300)
    void countsEachMillisecondByTheRules(@ForAll("shortPasts") Past past) {
        assertThat(millis(past.calculator().over(range(10, 50)))).isEqualTo(past.counted(10, 50));
    }

    @Test
    void aTargetIsUnknownUntilItsFirstStepAndNotWatchedBefore() {
        UptimeCalculator calculator =
                new UptimeCalculator(List.of(life(100, null)), List.of(step(1, 130, State.HEALTHY)), List.of());
        Uptime uptime = calculator.over(range(0, 200));
        assertThat(millis(uptime)).containsExactly(70, 0, 0, 30, 0, 100);
        assertThat(uptime.watched()).isEqualTo(Duration.ofMillis(100));
        assertThat(uptime.share(uptime.healthy())).isEqualTo(0.7);
    }

    @Test
    void aGapBetweenTwoLivesIsNotWatched() {
        UptimeCalculator calculator = new UptimeCalculator(
                List.of(life(0, 50L), life(80, null)),
                List.of(step(1, 10, State.HEALTHY), step(2, 50, State.UNKNOWN), step(3, 90, State.UNHEALTHY)),
                List.of());
        assertThat(millis(calculator.over(range(0, 100)))).containsExactly(40, 0, 10, 20, 0, 30);
    }

    @Test
    void aStateOfAnEarlierLifeDoesNotReachIntoTheNext() {
        UptimeCalculator calculator = new UptimeCalculator(
                List.of(life(0, 50L), life(60, null)), List.of(step(1, 10, State.HEALTHY)), List.of());
        assertThat(millis(calculator.over(range(0, 100)))).containsExactly(40, 0, 0, 50, 0, 10);
    }

    @Test
    void maintenanceWinsOverEveryStateAndIsCountedOnce() {
        UptimeCalculator calculator = new UptimeCalculator(
                List.of(life(0, null)),
                List.of(step(1, 0, State.HEALTHY), step(2, 40, State.UNHEALTHY)),
                List.of(range(30, 60), range(50, 70), range(20, 25)));
        assertThat(millis(calculator.over(range(0, 100)))).containsExactly(25, 0, 30, 0, 45, 0);
    }

    @Test
    void aStepThatWasRecordedLaterOverrulesEarlierOnes() {
        // After a restart at 100 the target is UNKNOWN since 60.
        UptimeCalculator calculator = new UptimeCalculator(
                List.of(life(0, null)),
                List.of(step(1, 10, State.HEALTHY), step(2, 80, State.DEGRADED), step(3, 60, State.UNKNOWN)),
                List.of());
        assertThat(millis(calculator.over(range(0, 100)))).containsExactly(50, 0, 0, 50, 0, 0);
    }

    @Test
    void anEmptyRangeHasNoTime() {
        Uptime uptime = new UptimeCalculator(List.of(life(0, null)), List.of(), List.of()).over(range(5, 5));
        assertThat(millis(uptime)).containsOnly(0);
        assertThat(uptime.share(uptime.healthy())).isZero();
    }
}
