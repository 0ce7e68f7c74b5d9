package dev.vitals.health.monitor.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTextTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    // 13:00 in Berlin.
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "2h, 2026-11-28T14:00:00Z",
        "tomorrow 22:00, 2026-11-29T21:00:00Z",
        "Today 14:30, 2026-11-28T13:30:00Z",
        "22:00, 2026-11-28T21:00:00Z",
        "9:00, 2026-11-29T08:00:00Z",
        "2026-11-28T22:00:00+01:00, 2026-11-28T21:00:00Z"
    })
    void readsTimesAhead(String text, Instant time) {
        assertThat(TimeText.ahead(text, NOW, BERLIN)).isEqualTo(time);
    }

    @ParameterizedTest
    @CsvSource({
        "24h, 2026-11-27T12:00:00Z",
        "yesterday 22:00, 2026-11-27T21:00:00Z",
        "9:00, 2026-11-28T08:00:00Z",
        "22:00, 2026-11-27T21:00:00Z"
    })
    void readsTimesInThePast(String text, Instant time) {
        assertThat(TimeText.ago(text, NOW, BERLIN)).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "25:00", "tomorrow", "tomorrow 22", "tomorrow  22:00", "22:60", "2 h"})
    void refusesOtherText(String text) {
        assertThat(TimeText.ahead(text, NOW, BERLIN)).isNull();
        assertThat(TimeText.ago(text, NOW, BERLIN)).isNull();
    }

    @Test
    void aTimeThatSummerTimeSkipsIsAnHourLater() {
        assertThat(TimeText.ahead("tomorrow 02:30", Instant.parse("2026-03-28T12:00:00Z"), BERLIN))
                .isEqualTo(Instant.parse("2026-03-29T01:30:00Z"));
    }
}
