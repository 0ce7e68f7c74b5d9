package dev.vitals.health.indicator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.Measurement;
import dev.vitals.health.Outcome;
import java.util.List;

/** Assertions for indicators with measurements. */
final class Measured {
    private Measured() {}

    static double of(Outcome outcome, String name) {
        return outcome.measurements().stream()
                .filter(measurement -> measurement.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + outcome.measurements()))
                .value()
                .doubleValue();
    }

    static List<String> all(Outcome outcome) {
        return outcome.measurements().stream().map(Measurement::toString).toList();
    }

    /** Expects a warning with this message and without measurements. */
    static void notAvailable(Outcome outcome, String message) {
        Expect.warning(outcome, message);
        assertThat(outcome.measurements()).isEmpty();
    }

    /** Expects OK with this message and without measurements. */
    static void nothing(Outcome outcome, String note) {
        assertThat(outcome.message()).contains(note);
        assertThat(outcome.code()).isEqualTo(Outcome.Code.OK);
        assertThat(outcome.measurements()).isEmpty();
    }
}
