package dev.vitals.health.monitor.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChartTest {
    private static Chart of(Chart.Point... points) {
        return Chart.of("Latency", List.of(points), "-1 h", "", "now");
    }

    @Test
    void withoutValuesThereIsNothingToDraw() {
        assertThat(of().isEmpty()).isTrue();
    }

    @Test
    void theGreatestValueTouchesTheTopAndZeroTheBottom() {
        assertThat(of(new Chart.Point(0, 0), new Chart.Point(0.5, 5), new Chart.Point(1, 10))
                        .points())
                .isEqualTo("0,96.0 290,50.0 580,4.0");
    }

    @Test
    void zeroesAloneAreALineAtTheBottom() {
        assertThat(of(new Chart.Point(0, 0), new Chart.Point(1, 0)).points()).isEqualTo("0,96.0 580,96.0");
    }

    @Test
    void oneValueIsAShortLine() {
        assertThat(of(new Chart.Point(0.5, 3)).points()).isEqualTo("284,4.0 290,4.0");
        assertThat(of(new Chart.Point(0, 3)).points()).isEqualTo("0,4.0 0,4.0");
    }

    @ParameterizedTest
    @CsvSource({"0, 0.0", "250, 0.3", "9_940, 9.9", "10_000, 10", "1234567, '1,235'"})
    void millisecondsHaveDecimalsBelowTen(String micros, String text) {
        assertThat(Chart.millis(Long.parseLong(micros.replace("_", "")))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "2, 2", "2.5, 2.50", "-0.5, -0.50", "1234.5, '1,234.50'", "0.999, 1"})
    void numbersHaveAtMostTwoDecimals(double number, String text) {
        assertThat(Chart.number(number)).isEqualTo(text);
    }
}
