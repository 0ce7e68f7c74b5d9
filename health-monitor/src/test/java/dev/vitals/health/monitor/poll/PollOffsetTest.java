package dev.vitals.health.monitor.poll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.monitor.model.TargetId;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PollOffsetTest {
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final long STEP = INTERVAL.toNanos();
    private static final long ORIGIN = -123_456_789L;

    private static PollOffset offset(int number) {
        return PollOffset.of(ORIGIN, new TargetId("orders", "m" + number), INTERVAL);
    }

    @Test
    void theNextStartIsLessThanAnIntervalAway() {
        for (int i = 0; i < 1_000; i++) {
            long now = ORIGIN + i * 77_777_777_777L;
            long start = offset(i).notBefore(now);
            assertThat(start - now).isBetween(0L, STEP - 1);
            assertThat(offset(i).notBefore(start)).isEqualTo(start);
            assertThat(offset(i).notBefore(start + 1)).isEqualTo(start + STEP);
        }
    }

    @Test
    void theFirstStartIsAtTheOffset() {
        assertThat(offset(1).notBefore(ORIGIN))
                .isEqualTo(ORIGIN + (long) (offset(1).share() * STEP));
        assertThat(offset(1)).isEqualTo(offset(1));
    }

    @Test
    void aNewTargetStartsWithinASecond() {
        for (int i = 0; i < 100; i++) {
            assertThat(offset(i).soonAfter(ORIGIN) - ORIGIN).isBetween(0L, 999_999_999L);
        }
    }

    @Test
    void spreadsSimilarNamesEvenly() {
        int[] tenths = new int[10];
        for (int i = 0; i < 10_000; i++) {
            tenths[(int) (offset(i).share() * 10)]++;
        }
        assertThat(Arrays.stream(tenths).min().orElseThrow()).isGreaterThan(850);
        assertThat(Arrays.stream(tenths).max().orElseThrow()).isLessThan(1_150);
    }
}
