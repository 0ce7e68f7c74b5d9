package dev.vitals.health.indicator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.Outcome;
import java.util.function.BooleanSupplier;

/** Assertions for the tests of all indicators. */
final class Expect {
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    private Expect() {}

    static void ok(Outcome outcome) {
        assertThat(outcome.message()).isEmpty();
        assertThat(outcome.code()).isEqualTo(Outcome.Code.OK);
    }

    static void warning(Outcome outcome, String message) {
        assertThat(outcome.message()).contains(message);
        assertThat(outcome.code()).isEqualTo(Outcome.Code.WARNING);
    }

    static void error(Outcome outcome, String message) {
        assertThat(outcome.message()).contains(message);
        assertThat(outcome.code()).isEqualTo(Outcome.Code.ERROR);
    }

    /** Polls a condition outside of this JVM, such as the end of a process, which cannot be waited for. */
    static void becomesTrue(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            Thread.onSpinWait();
        }
    }
}
