package dev.vitals.health.internal.engine;

import static dev.vitals.health.Outcome.Code.ERROR;
import static dev.vitals.health.Outcome.Code.OK;
import static dev.vitals.health.Outcome.Code.WARNING;
import static dev.vitals.health.State.DEGRADED;
import static dev.vitals.health.State.HEALTHY;
import static dev.vitals.health.State.UNHEALTHY;
import static dev.vitals.health.State.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vitals.health.Outcome;
import dev.vitals.health.State;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateMachineTest {
    /** Each cell of the table: F = 3 and S = 2 unless the row tests the threshold. */
    @ParameterizedTest
    @CsvSource({
        // from UNKNOWN
        "3, 2, O, HEALTHY",
        "3, 2, W, DEGRADED",
        "3, 2, E, UNKNOWN",
        "3, 2, EE, UNKNOWN",
        "3, 2, EEE, UNHEALTHY",
        "1, 1, E, UNHEALTHY",
        // from HEALTHY
        "3, 2, OO, HEALTHY",
        "3, 2, OW, DEGRADED",
        "3, 2, OE, DEGRADED",
        "3, 2, OEE, DEGRADED",
        "3, 2, OEEE, UNHEALTHY",
        "1, 1, OE, UNHEALTHY",
        "2, 1, OEE, UNHEALTHY",
        // from DEGRADED
        "3, 2, OEO, DEGRADED",
        "3, 2, OEOO, HEALTHY",
        "3, 1, OEO, HEALTHY",
        "3, 2, OWO, DEGRADED",
        "3, 2, OWW, DEGRADED",
        "3, 2, OEW, DEGRADED",
        "3, 2, OWE, DEGRADED",
        "3, 2, OWEE, DEGRADED",
        "3, 2, OWEEE, UNHEALTHY",
        "3, 2, OEOWO, DEGRADED",
        // from UNHEALTHY
        "3, 2, EEEO, UNHEALTHY",
        "3, 2, EEEOO, HEALTHY",
        "3, 1, EEEO, HEALTHY",
        "3, 2, EEEW, UNHEALTHY",
        "3, 2, EEEWW, DEGRADED",
        "3, 2, EEEOW, DEGRADED",
        "3, 2, EEEWO, DEGRADED",
        "3, 3, EEEWO, UNHEALTHY",
        "3, 2, EEEWOO, HEALTHY",
        "3, 1, EEEW, DEGRADED",
        "3, 2, EEEE, UNHEALTHY",
        "3, 2, EEEOEO, UNHEALTHY",
        "3, 3, EEEWOW, DEGRADED",
        // in a row means in a row
        "3, 1, OEOOEOOEOOE, DEGRADED",
        "3, 1, EOOEOOE, DEGRADED",
        "3, 2, OEEWEE, DEGRADED",
        "3, 2, EEWEE, DEGRADED",
        "3, 2, EEOEE, DEGRADED",
    })
    void followsTheTable(int failureThreshold, int successThreshold, String sequence, State expected) {
        assertThat(run(StateMachine.of(failureThreshold, successThreshold), sequence)
                        .state())
                .isEqualTo(expected);
    }

    private static StreakCounts run(StateMachine machine, String sequence) {
        StreakCounts counts = StreakCounts.start();
        for (int i = 0; i < sequence.length(); i++) {
            counts = machine.next(counts, code(sequence.charAt(i)));
        }
        return counts;
    }

    private static Outcome.Code code(char letter) {
        return switch (letter) {
            case 'O' -> OK;
            case 'W' -> WARNING;
            case 'E' -> ERROR;
            default -> throw new IllegalArgumentException(String.valueOf(letter));
        };
    }

    @Test
    void failuresThatAreNotInARowNeverMakeUnhealthy() {
        StateMachine machine = StateMachine.of(3, 1);
        StreakCounts counts = StreakCounts.start();
        for (int week = 0; week < 1_000; week++) {
            for (String letter : List.of("E", "E", "O", "E", "O", "O")) {
                counts = machine.next(counts, code(letter.charAt(0)));
                assertThat(counts.state()).isNotEqualTo(UNHEALTHY);
            }
        }
    }

    @Property
    void isUnhealthyOnlyAfterThatManyErrorsInARow(
            @ForAll @Size(max = 60) List<Outcome.Code> codes,
            @ForAll @IntRange(min = 1, max = 5) int failureThreshold,
            @ForAll @IntRange(min = 1, max = 5) int successThreshold) {
        StateMachine machine = StateMachine.of(failureThreshold, successThreshold);
        StreakCounts counts = StreakCounts.start();
        for (int i = 0; i < codes.size(); i++) {
            State before = counts.state();
            counts = machine.next(counts, codes.get(i));
            int errors = inARow(codes, i, List.of(ERROR));
            boolean enters = before != UNHEALTHY && counts.state() == UNHEALTHY;
            assertThat(enters).isEqualTo(before != UNHEALTHY && errors >= failureThreshold);
        }
    }

    @Property
    void agreesWithTheTableReadLiterally(
            @ForAll @Size(max = 60) List<Outcome.Code> codes,
            @ForAll @IntRange(min = 1, max = 4) int failureThreshold,
            @ForAll @IntRange(min = 1, max = 4) int successThreshold) {
        StateMachine machine = StateMachine.of(failureThreshold, successThreshold);
        StreakCounts counts = StreakCounts.start();
        State expected = UNKNOWN;
        for (int i = 0; i < codes.size(); i++) {
            counts = machine.next(counts, codes.get(i));
            boolean failed = inARow(codes, i, List.of(ERROR)) >= failureThreshold;
            boolean healed = inARow(codes, i, List.of(OK)) >= successThreshold;
            boolean passed = inARow(codes, i, List.of(OK, WARNING)) >= successThreshold;
            expected = literal(expected, codes.get(i), failed, healed, passed);
            assertThat(counts.state()).isEqualTo(expected);
        }
    }

    @Property
    void aBetterOutcomeNeverGivesAWorseState(
            @ForAll @Size(min = 1, max = 20) List<Outcome.Code> codes,
            @ForAll @IntRange(max = 19) int position,
            @ForAll @IntRange(min = 1, max = 4) int failureThreshold,
            @ForAll @IntRange(min = 1, max = 4) int successThreshold) {
        StateMachine machine = StateMachine.of(failureThreshold, successThreshold);
        int changed = position % codes.size();
        StreakCounts worse = StreakCounts.start();
        StreakCounts better = StreakCounts.start();
        for (int i = 0; i <= changed; i++) {
            Outcome.Code code = codes.get(i);
            worse = machine.next(worse, code);
            better = machine.next(better, i < changed || code == OK ? code : OK);
        }
        assertThat(severity(better.state())).isLessThanOrEqualTo(severity(worse.state()));
    }

    private static int severity(State state) {
        return switch (state) {
            case HEALTHY -> 0;
            case DEGRADED -> 1;
            case UNKNOWN, UNHEALTHY -> 2;
        };
    }

    private static State literal(State from, Outcome.Code code, boolean failed, boolean healed, boolean passed) {
        return switch (from.name() + ' ' + code) {
            case "UNKNOWN OK", "HEALTHY OK" -> HEALTHY;
            case "UNKNOWN WARNING", "HEALTHY WARNING", "DEGRADED WARNING" -> DEGRADED;
            case "UNKNOWN ERROR" -> failed ? UNHEALTHY : UNKNOWN;
            case "HEALTHY ERROR", "DEGRADED ERROR" -> failed ? UNHEALTHY : DEGRADED;
            case "DEGRADED OK" -> healed ? HEALTHY : DEGRADED;
            case "UNHEALTHY OK" -> healed ? HEALTHY : passed ? DEGRADED : UNHEALTHY;
            case "UNHEALTHY WARNING" -> passed ? DEGRADED : UNHEALTHY;
            case "UNHEALTHY ERROR" -> UNHEALTHY;
            default -> throw new AssertionError(from + " " + code);
        };
    }

    private static int inARow(List<Outcome.Code> codes, int last, List<Outcome.Code> counted) {
        int count = 0;
        while (last - count >= 0 && counted.contains(codes.get(last - count))) {
            count++;
        }
        return count;
    }

    @Test
    void countersStopInsteadOfOverflowing() {
        StateMachine machine = StateMachine.of(3, 1);
        StreakCounts full = StreakCounts.of(UNHEALTHY, Integer.MAX_VALUE, 0, 0);
        assertThat(machine.next(full, ERROR).errors()).isEqualTo(Integer.MAX_VALUE);
    }

    @ParameterizedTest
    @CsvSource({"0, 1, failureThreshold, 0", "1001, 1, failureThreshold, 1001", "1, 0, successThreshold, 0"})
    void refusesThresholdsOutOfBounds(int failureThreshold, int successThreshold, String field, int value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StateMachine.of(failureThreshold, successThreshold))
                .withMessage(String.format(Locale.ROOT, "%s must be from 1 to 1000, was %d", field, value));
    }

    @Test
    void refusesNegativeCounters() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StreakCounts.of(HEALTHY, 0, -1, 0))
                .withMessageContaining("oks=-1");
    }
}
