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
        Outcome outcome = loaded(0.8949).run();
        Expect.ok(outcome);
        assertThat(Measured.all(outcome)).containsExactly("utilization=89.5 percent");
        Expect.warning(loaded(0.9).run(), "CPU load of this process: 90 %, the limit is 90 %");
        Expect.warning(loaded(1).run(), "CPU load of this process: 100 %, the limit is 90 %");
    }

    @Test
    void usesTheConfiguredLimits() {
        Expect.warning(loaded(0.5).warnAt(0.5).run(), "CPU load of this process: 50 %, the limit is 50 %");
        Expect.error(loaded(0.7).limits(0.5, 0.6).run(), "CPU load of this process: 70 %, the limit is 60 %");
        Expect.warning(
                loaded(1).limits(0.5, 0.6).warnAt(0.5).run(), "CPU load of this process: 100 %, the limit is 50 %");
    }

    @Test
    void anUnknownLoadIsOkWithAMessage() {
        Measured.nothing(
                new CpuLoadIndicator("the system", UsageThresholds.warnOnly(0.9), OptionalDouble::empty).run(),
                "this JVM does not know the CPU load of the system");
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

    private static CpuLoadIndicator loaded(double load) {
        return new CpuLoadIndicator("this process", CpuLoadIndicator.DEFAULT, () -> OptionalDouble.of(load));
    }
}
