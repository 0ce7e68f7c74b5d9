package dev.vitals.health.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vitals.health.Outcome;
import dev.vitals.health.internal.UsageThresholds;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class CpuLoadIndicatorTest {
    @Test
    void theLoadOfThisProcessBecomesKnown() {
        CpuLoadIndicator check = CpuLoadIndicator.ofProcess();
        Expect.becomesTrue("a load", () -> !check.run().measurements().isEmpty());
    }

    @Test
    void theLoadOfTheSystemBecomesKnown() {
        CpuLoadIndicator check = CpuLoadIndicator.ofSystem();
        Expect.becomesTrue("a load", () -> !check.run().measurements().isEmpty());
    }

    @Test
    void warnsFrom90PercentAndNeverFails() {
        Outcome outcome = third(loaded(0.8949));
        Expect.ok(outcome);
        assertThat(Measured.all(outcome)).containsExactly("utilization=89.5 percent");
        Expect.warning(
                third(loaded(0.9)), "CPU load of this process, the lowest of 3 readings: 90 %, the limit is 90 %");
        Expect.warning(
                third(loaded(1)), "CPU load of this process, the lowest of 3 readings: 100 %, the limit is 90 %");
    }

    @Test
    void aBusyMomentIsMeasuredButIsNoTrouble() {
        double[] loads = {1, 1, 0.2, 1, 1, 0.95, 0.1};
        int[] next = {0};
        CpuLoadIndicator check = new CpuLoadIndicator(
                "this process", UsageThresholds.of(0.9, 0.99), () -> OptionalDouble.of(loads[next[0]++]));
        for (int run = 0; run < 5; run++) {
            Outcome outcome = check.run();
            Expect.ok(outcome);
            assertThat(Measured.of(outcome, "utilization")).isEqualTo(loads[run] * 100);
        }
        Outcome third = check.run();
        Expect.warning(third, "CPU load of this process, the lowest of 3 readings: 95 %, the limit is 90 %");
        assertThat(Measured.all(third)).containsExactly("utilization=95.0 percent");
        Expect.ok(check.run());
    }

    @Test
    void usesTheConfiguredLimits() {
        String seen = "CPU load of this process, the lowest of 3 readings: ";
        Expect.warning(third(loaded(0.5).warnAt(0.5)), seen + "50 %, the limit is 50 %");
        Expect.error(third(loaded(0.7).limits(0.5, 0.6)), seen + "70 %, the limit is 60 %");
        Expect.warning(third(loaded(1).limits(0.5, 0.6).warnAt(0.5)), seen + "100 %, the limit is 50 %");
    }

    @Test
    void aLoadThatStaysUnknownIsAWarning() {
        CpuLoadIndicator check =
                new CpuLoadIndicator("the system", UsageThresholds.warnOnly(0.9), OptionalDouble::empty);
        Measured.nothing(check.run(), "the CPU load of the system is not known yet");
        Measured.nothing(check.run(), "the CPU load of the system is not known yet");
        Measured.notAvailable(check.run(), "the CPU load of the system is not available: this JVM does not report it");
    }

    @Test
    void refusesBadLimits() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CpuLoadIndicator.ofProcess().warnAt(1.1))
                .withMessage("warnAt must be from 0.001 to 1.0, was 1.1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CpuLoadIndicator.ofSystem().limits(0.9, 0.8))
                .withMessage("failAt must be from 0.9 to 1.0, was 0.8");
    }

    @Test
    void isPartOfTheSystem() {
        assertThat(CpuLoadIndicator.ofSystem().componentType()).contains("system");
    }

    private static Outcome third(CpuLoadIndicator check) {
        check.run();
        check.run();
        return check.run();
    }

    private static CpuLoadIndicator loaded(double load) {
        return new CpuLoadIndicator("this process", CpuLoadIndicator.DEFAULT, () -> OptionalDouble.of(load));
    }
}
