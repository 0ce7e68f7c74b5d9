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

    private static PollOffset grid(int number) {
        return PollOffset.of(ORIGIN, new TargetId("orders", "m" + number), INTERVAL);
    }

    @Test
    void theNextPlaceIsNeverBeforeNowAndLessThanAnIntervalAway() {
        for (int i = 0; i < 1_000; i++) {
            long now = ORIGIN + i * 77_777_777_777L;
            long place = grid(i).notBefore(now);
            assertThat(place - now).isBetween(0L, STEP - 1);
            assertThat(grid(i).notBefore(place)).isEqualTo(place);
            assertThat(grid(i).notBefore(place + 1)).isEqualTo(place + STEP);
        }
    }

    @Test
    void theFirstPlaceAfterTheStartIsTheOwnOne() {
        assertThat(grid(1).notBefore(ORIGIN)).isEqualTo(ORIGIN + (long) (grid(1).place() * STEP));
        assertThat(grid(1)).isEqualTo(grid(1));
    }

    @Test
    void aNewTargetComesWithinASecond() {
        for (int i = 0; i < 100; i++) {
            assertThat(grid(i).soonAfter(ORIGIN) - ORIGIN).isBetween(0L, 999_999_999L);
        }
    }

    @Test
    void similarNamesAreSpreadEvenly() {
        int[] tenths = new int[10];
        for (int i = 0; i < 10_000; i++) {
            tenths[(int) (grid(i).place() * 10)]++;
        }
        assertThat(Arrays.stream(tenths).min().orElseThrow()).isGreaterThan(850);
        assertThat(Arrays.stream(tenths).max().orElseThrow()).isLessThan(1_150);
    }
}
