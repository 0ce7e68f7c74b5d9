package dev.vitals.health.monitor.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LagTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    @Test
    void isTheWorstOfTheLastSeconds() {
        Lag lag = new Lag(0);
        lag.note(3 * SECOND, SECOND);
        lag.note(SECOND, 2 * SECOND);
        assertThat(lag.worst(2 * SECOND)).hasSeconds(3);
        assertThat(lag.worst(19 * SECOND)).hasSeconds(3);
        assertThat(lag.worst(20 * SECOND)).isZero();
    }

    @Test
    void aLaterGoodValueDoesNotHideABadOneAtOnce() {
        Lag lag = new Lag(0);
        lag.note(3 * SECOND, 9 * SECOND);
        lag.note(0, 11 * SECOND);
        assertThat(lag.worst(11 * SECOND)).hasSeconds(3);
        lag.note(0, 21 * SECOND);
        assertThat(lag.worst(21 * SECOND)).isZero();
    }
}
