package dev.vitals.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StartOffsetsTest {
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    @Test
    void leavesNoHundredMillisecondsWithMoreThanThreePercentOfTheStarts() {
        int[] buckets = new int[100];
        for (int number = 0; number < 1_000; number++) {
            CheckDefinition definition = CheckDefinition.of("c" + number, Outcome::ok, c -> c.interval(INTERVAL));
            long first = StartOffsets.firstDelay(definition, number).toNanos();
            long second = StartOffsets.onTick(first + StartOffsets.offsetNanos(INTERVAL, number), INTERVAL);
            buckets[(int) (second % INTERVAL.toNanos() / 100_000_000)]++;
        }
        assertThat(Arrays.stream(buckets).boxed().max(Integer::compare))
                .hasValueSatisfying(starts -> assertThat(starts).isLessThanOrEqualTo(30));
    }

    @Test
    void startsFirstRunsSoonAndOneAfterTheOther() {
        CheckDefinition definition = CheckDefinition.of("c", Outcome::ok, c -> {});
        assertThat(StartOffsets.firstDelay(definition, 0)).isZero();
        assertThat(StartOffsets.firstDelay(definition, 5)).isEqualTo(Duration.ofMillis(50));
        CheckDefinition delayed = CheckDefinition.of("c", Outcome::ok, c -> c.initialDelay(Duration.ofSeconds(3)));
        assertThat(StartOffsets.firstDelay(delayed, 5)).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void neverWaitsLongerThanAnIntervalForTheSecondRun() {
        for (int number = 0; number < 1_000; number++) {
            assertThat(StartOffsets.offsetNanos(INTERVAL, number)).isBetween(1L, INTERVAL.toNanos());
        }
    }

    @Test
    void skipsPlacesThatWereMissed() {
        long second = Duration.ofSeconds(1).toNanos();
        assertThat(StartOffsets.nextPlace(0, 0, INTERVAL)).isEqualTo(10 * second);
        assertThat(StartOffsets.nextPlace(0, 9 * second, INTERVAL)).isEqualTo(10 * second);
        assertThat(StartOffsets.nextPlace(0, 3600 * second, INTERVAL)).isEqualTo(3610 * second);
        assertThat(StartOffsets.nextPlace(-5 * second, -1, INTERVAL)).isEqualTo(5 * second);
    }

    @Test
    void movesStartsToTicksSoThatSeveralWakeThreadsTogether() {
        long milli = Duration.ofMillis(1).toNanos();
        assertThat(StartOffsets.onTick(50 * milli, INTERVAL)).isEqualTo(50 * milli);
        assertThat(StartOffsets.onTick(50 * milli + 1, INTERVAL)).isEqualTo(100 * milli);
        assertThat(StartOffsets.onTick(-1, INTERVAL)).isZero();
        assertThat(StartOffsets.onTick(Long.MAX_VALUE, INTERVAL)).isLessThan(0);
    }

    @Test
    void neverMovesAStartByMoreThanAHundredthOfItsInterval() {
        long due = 123_456_789;
        for (long millis : new long[] {1, 99, 100, 1_000, 4_999, 5_000, 3_600_000}) {
            Duration interval = Duration.ofMillis(millis);
            assertThat(StartOffsets.onTick(due, interval) - due)
                    .isBetween(
                            0L,
                            Math.min(
                                    interval.toNanos() / 100,
                                    Duration.ofMillis(50).toNanos()));
        }
    }
}
