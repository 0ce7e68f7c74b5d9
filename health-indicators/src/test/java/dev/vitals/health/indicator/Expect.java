package dev.vitals.health.indicator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.Outcome;
import java.util.function.BooleanSupplier;

/** What the tests of all indicators expect. */
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

    /** Watches a thing outside of this JVM, such as a process, for which there is nothing to wait on. */
    static void becomesTrue(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            Thread.onSpinWait();
        }
    }
}
