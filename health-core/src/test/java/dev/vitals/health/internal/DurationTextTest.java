package dev.vitals.health.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {
    @ParameterizedTest
    @CsvSource({
        "500ms, PT0.5S",
        "30s, PT30S",
        "5m, PT5M",
        "2h, PT2H",
        "1d, PT24H",
        "0s, PT0S",
        "999999999d, PT23999999976H"
    })
    void readsANumberAndAUnit(String text, Duration duration) {
        assertThat(DurationText.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "5", "-5s", "5 s", "5S", "1.5s", "5us", "1h30m", "1234567890s", "5s\n", "٥s"})
    void refusesEverythingElse(String text) {
        assertThat(DurationText.parse(text)).isNull();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DurationText.parse("interval", text))
                .withMessageStartingWith("interval must be a whole number with ms, s, m, h or d, such as 10s, was '");
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0s",
        "PT0.25S, 250ms",
        "PT1.5S, 1500ms",
        "PT1S, 1s",
        "PT60S, 60s",
        "PT90S, 90s",
        "PT2M, 2m",
        "PT1H, 60m",
        "PT24H, 24h",
        "PT48H, 2d",
        "PT-1S, -1s",
        "PT-0.5S, -500ms",
        "PT0.0005S, PT0.0005S",
        "PT2562047788015215H, PT2562047788015215H"
    })
    void printsTheLargestUnitThatFitsMoreThanOnce(Duration duration, String text) {
        assertThat(DurationText.print(duration)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1ms", "999ms", "1s", "7m", "36h", "400d"})
    void readsWhatItPrints(String text) {
        Duration duration = DurationText.parse("time", text);
        assertThat(DurationText.parse(DurationText.print(duration))).isEqualTo(duration);
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0 s",
        "PT0.2S, 200 ms",
        "PT0.9999S, 999 ms",
        "PT1S, 1 s",
        "PT2.5S, 2.5 s",
        "PT10.25S, 10.25 s",
        "PT2M, 120 s"
    })
    void writesWordsForASentence(Duration duration, String words) {
        assertThat(DurationText.inWords(duration)).isEqualTo(words);
    }

    @Test
    void keepsALongDurationReadable() {
        assertThat(DurationText.inWords(Duration.ofDays(3))).isEqualTo("259200 s");
    }

    @ParameterizedTest
    @CsvSource({
        "PT-1S, 0 s",
        "PT0.9S, 0 s",
        "PT59.9S, 59 s",
        "PT6M59S, 6 min",
        "PT5H12M, 5 h 12 min",
        "PT2H, 2 h",
        "PT76H, 3 d 4 h",
        "PT48H59M, 2 d"
    })
    void saysRoughlyHowLongItLasts(Duration duration, String text) {
        assertThat(DurationText.roughly(duration)).isEqualTo(text);
    }
}
