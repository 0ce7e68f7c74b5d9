package dev.vitals.health.monitor.poll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.testkit.ManualScheduler;
import java.time.Duration;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class StartDelaysTest {
    private final ManualScheduler time = new ManualScheduler();
    private final StartDelays delays = new StartDelays(time);

    private void record(Duration delay) {
        delays.record(delay.toNanos());
    }

    @Test
    void theRecentMaximumLastsTenToTwentySeconds() {
        time.advance(Duration.ofSeconds(1));
        record(Duration.ofSeconds(3));
        time.advance(Duration.ofSeconds(1));
        record(Duration.ofSeconds(1));
        assertThat(delays.recentMax()).hasSeconds(3);
        time.advance(Duration.ofSeconds(8));
        assertThat(delays.recentMax()).hasSeconds(3);
        time.advance(Duration.ofSeconds(10));
        assertThat(delays.recentMax()).isZero();
    }

    @Test
    void aLaterGoodValueDoesNotHideABadOneAtOnce() {
        time.advance(Duration.ofSeconds(9));
        record(Duration.ofSeconds(3));
        time.advance(Duration.ofSeconds(2));
        record(Duration.ZERO);
        assertThat(delays.recentMax()).hasSeconds(3);
        time.advance(Duration.ofSeconds(10));
        record(Duration.ZERO);
        assertThat(delays.recentMax()).isZero();
    }

    @Test
    void theHistogramHasTheShares() {
        for (int i = 0; i < 990; i++) {
            record(Duration.ofMillis(1));
        }
        for (int i = 0; i < 10; i++) {
            record(Duration.ofSeconds(1));
        }
        Histogram histogram = delays.histogram();
        assertThat(histogram.getTotalCount()).isEqualTo(1_000);
        assertThat(histogram.getValueAtPercentile(99)).isBetween(1_000L, 1_010L);
        assertThat(histogram.getValueAtPercentile(99.5)).isBetween(1_000_000L, 1_010_000L);
        assertThat(histogram.getCountBetweenValues(0, 10_000)).isEqualTo(990);
    }

    @Test
    void aCopyOfTheHistogramCanBeSubtractedFromALaterOne() {
        record(Duration.ofSeconds(1));
        Histogram before = delays.histogram();
        record(Duration.ofMillis(1));
        Histogram since = delays.histogram();
        since.subtract(before);
        assertThat(since.getTotalCount()).isEqualTo(1);
        assertThat(since.getMaxValue()).isLessThan(2_000);
    }

    @Test
    void delaysBeyondTheBoundsCountAsTheBounds() {
        delays.record(-5);
        delays.record(Long.MAX_VALUE);
        assertThat(delays.histogram().getTotalCount()).isEqualTo(2);
        assertThat(delays.histogram().getMinValue()).isZero();
        assertThat(delays.histogram().getMaxValue()).isGreaterThanOrEqualTo(3_600_000_000L);
    }
}
