package dev.vitals.health.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackOffTest {
    private static final double ALMOST_ONE = Math.nextDown(1.0);

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 4", "6, 32", "7, 60", "8, 60", "2147483647, 60"})
    void doublesItsMaximumUpToAMinute(int failures, int seconds) {
        assertThat(BackOff.after(failures, ALMOST_ONE)).isCloseTo(Duration.ofSeconds(seconds), Duration.ofMillis(1));
        assertThat(BackOff.after(failures, 0.5)).isEqualTo(Duration.ofMillis(500L * seconds));
    }

    @Test
    void neverRetriesAtOnce() {
        assertThat(BackOff.after(1, 0)).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void isSlowAfterARefusal() {
        assertThat(BackOff.afterRefusal(0)).isEqualTo(Duration.ofSeconds(30));
        assertThat(BackOff.afterRefusal(ALMOST_ONE)).isCloseTo(Duration.ofSeconds(60), Duration.ofMillis(1));
    }
}
