package dev.vitals.health.monitor.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartDelaysTest {
    private final StartDelays lateness = new StartDelays();

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 3, 4, 5, 7, 8, 100, 999, 1_000, 12_345, 1_000_000, 3_600_000_000L})
    void aQuantileIsAtMostAQuarterTooMuch(long micros) {
        lateness.note(micros * 1_000);
        long found = lateness.snapshot().quantile(1).toNanos() / 1_000;
        assertThat(found).isBetween(micros + 1, Math.max(micros + 1, micros + micros / 4 + 1));
    }

    @Test
    void tellsSharesApart() {
        for (int i = 0; i < 990; i++) {
            lateness.note(Duration.ofMillis(1).toNanos());
        }
        for (int i = 0; i < 10; i++) {
            lateness.note(Duration.ofSeconds(1).toNanos());
        }
        StartDelays.Snapshot snapshot = lateness.snapshot();
        assertThat(snapshot.count()).isEqualTo(1_000);
        assertThat(snapshot.quantile(0.99)).isBetween(Duration.ofMillis(1), Duration.ofNanos(1_300_000));
        assertThat(snapshot.quantile(0.995)).isBetween(Duration.ofSeconds(1), Duration.ofMillis(1_300));
        assertThat(snapshot.countUpTo(Duration.ofMillis(10))).isEqualTo(990);
        assertThat(snapshot.countUpTo(Duration.ofSeconds(2))).isEqualTo(1_000);
    }

    @Test
    void tellsWhatCameSince() {
        lateness.note(Duration.ofSeconds(1).toNanos());
        StartDelays.Snapshot before = lateness.snapshot();
        lateness.note(Duration.ofMillis(1).toNanos());
        StartDelays.Snapshot since = lateness.snapshot().since(before);
        assertThat(since.count()).isEqualTo(1);
        assertThat(since.quantile(1)).isLessThan(Duration.ofMillis(2));
    }

    @Test
    void takesWhatIsOutOfAllMeasure() {
        lateness.note(-5);
        lateness.note(Long.MAX_VALUE);
        assertThat(lateness.snapshot().count()).isEqualTo(2);
        assertThat(new StartDelays().snapshot().quantile(0.99)).isZero();
        assertThatThrownBy(() -> lateness.snapshot().quantile(1.1)).hasMessage("share must be from 0 to 1, was 1.1");
    }
}
