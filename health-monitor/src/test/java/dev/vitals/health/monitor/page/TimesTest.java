package dev.vitals.health.monitor.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimesTest {
    private static final Instant NOW = Instant.parse("2026-12-01T08:00:00Z");

    private static String until(String end) {
        return Times.until(Instant.parse(end), NOW);
    }

    @Test
    void anEndIsSaidByItsDay() {
        assertThat(until("2026-12-01T22:00:00Z")).isEqualTo("until today 22:00 UTC, in 14 h");
        assertThat(until("2026-12-02T22:00:00Z")).isEqualTo("until tomorrow 22:00 UTC, in 1 d 14 h");
        assertThat(until("2026-12-03T07:30:05Z")).isEqualTo("until 2026-12-03 07:30:05 UTC, in 1 d 23 h");
    }
}
