package dev.vitals.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.internal.engine.StateMachine;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CheckStateTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private static Thresholds thresholds(@Nullable Duration unhealthyAfter, Thresholds.@Nullable FlapRule rule) {
        return new Thresholds(StateMachine.of(2, 1), unhealthyAfter, rule);
    }

    /** Applies one outcome a second, beginning at a time that overflows on the way. */
    private static CheckState run(Thresholds thresholds, String sequence) {
        CheckState checkState = CheckState.START;
        long now = Long.MAX_VALUE - 3 * SECOND;
        for (int i = 0; i < sequence.length(); i++) {
            Outcome.Code code = sequence.charAt(i) == 'O' ? Outcome.Code.OK : Outcome.Code.ERROR;
            checkState = checkState.after(code, now + i * SECOND, thresholds);
        }
        return checkState;
    }

    @Test
    void staysDegradedUntilItHasBeenFailingForLongEnough() {
        Thresholds thresholds = thresholds(Duration.ofSeconds(5), null);
        assertThat(run(thresholds, "OEEEEE").state()).isEqualTo(State.DEGRADED);
        assertThat(run(thresholds, "OEEEEEE").state()).isEqualTo(State.UNHEALTHY);
        assertThat(run(thresholds, "OEEEEOEEE").state()).isEqualTo(State.DEGRADED);
        assertThat(run(thresholds, "EEEEE").state()).isEqualTo(State.UNKNOWN);
        assertThat(run(thresholds, "EEEEEE").state()).isEqualTo(State.UNHEALTHY);
    }

    @Test
    void needsTheThresholdByCountAsWell() {
        assertThat(run(thresholds(Duration.ofMillis(1), null), "OE").state()).isEqualTo(State.DEGRADED);
    }

    @Test
    void holdsAtDegradedWhileFlapping() {
        Thresholds thresholds = thresholds(null, new Thresholds.FlapRule(4, Duration.ofSeconds(10)));
        assertThat(run(thresholds, "OEOE").flapping()).isFalse();
        CheckState flapping = run(thresholds, "OEOEO");
        assertThat(flapping.flapping()).isTrue();
        assertThat(flapping.state()).isEqualTo(State.DEGRADED);
        assertThat(run(thresholds, "OEOEOOOOOOO").state()).isEqualTo(State.DEGRADED);
        assertThat(run(thresholds, "OEOEOOOOOOOO").state()).isEqualTo(State.HEALTHY);
        assertThat(run(thresholds, "OEOEEEEEEEEE").state()).isEqualTo(State.UNHEALTHY);
    }

    @Test
    void remembersNoMoreChangesThanTheRuleCounts() {
        Thresholds thresholds = thresholds(null, new Thresholds.FlapRule(3, Duration.ofSeconds(10)));
        assertThat(run(thresholds, "OE".repeat(10_000)).changes()).hasSize(3);
        assertThat(run(thresholds(null, null), "OE".repeat(1_000)).changes()).isEmpty();
    }

    @Test
    void countsAllResultsByCode() {
        CheckState checkState =
                run(thresholds(null, null), "OEOEEO").after(Outcome.Code.WARNING, 0, thresholds(null, null));
        assertThat(checkState.runs()).isEqualTo(new CheckState.Runs(3, 1, 3));
        assertThat(Outcome.Code.values()).extracting(checkState.runs()::of).containsExactly(3L, 1L, 3L);
    }
}
