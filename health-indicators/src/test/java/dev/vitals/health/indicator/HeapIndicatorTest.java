package dev.vitals.health.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vitals.health.Measurement;
import dev.vitals.health.Outcome;
import dev.vitals.health.internal.Usage;
import dev.vitals.health.internal.UsageThresholds;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HeapIndicatorTest {
    private long nanos;
    private long collections;

    @Test
    void aHeapWithRoomIsOkAndMeasured() {
        System.gc();
        Outcome outcome = HeapIndicator.of().run();
        Expect.ok(outcome);
        assertThat(outcome.measurements()).extracting(Measurement::name).containsExactly("utilization", "used", "max");
        assertThat(outcome.measurements()).extracting(Measurement::unit).containsExactly("percent", "bytes", "bytes");
        assertThat(Measured.of(outcome, "used")).isBetween(1.0, Measured.of(outcome, "max"));
    }

    @Test
    void objectsThatSurviveACollectionCount() {
        byte[] held = new byte[(int) Math.min(1 << 30, Runtime.getRuntime().maxMemory() / 50)];
        System.gc();
        Outcome outcome = HeapIndicator.of().limits(0.001, 0.01).run();
        assertThat(held).startsWith(0); // and so is held until here
        assertThat(outcome.code()).isEqualTo(Outcome.Code.ERROR);
        assertThat(Measured.of(outcome, "used")).isGreaterThan(held.length);
    }

    @Test
    void allocationsBetweenTwoCollectionsDoNotCount() {
        System.gc();
        HeapIndicator check = HeapIndicator.of();
        double before = Measured.of(check.run(), "used");
        byte[][] held = new byte[1_000][1_000];
        double after = Measured.of(check.run(), "used");
        assertThat(held[0]).startsWith(0);
        assertThat(after).isEqualTo(before);
    }

    @Test
    void warnsFrom85AndFailsFrom95Percent() {
        Expect.ok(filled(849).run());
        Expect.warning(filled(850).run(), "850 of 1000 bytes of heap used after collection: 85 %, the limit is 85 %");
        Expect.warning(filled(949).run(), "949 of 1000 bytes of heap used after collection: 94.9 %, the limit is 85 %");
        Outcome full = filled(950).run();
        Expect.error(full, "950 of 1000 bytes of heap used after collection: 95 %, the limit is 95 %");
        assertThat(Measured.all(full)).containsExactly("utilization=95.0 percent", "used=950 bytes", "max=1000 bytes");
    }

    @Test
    void aCollectorThatCountsNothingIsAWarning() {
        Measured.notAvailable(
                new HeapIndicator(UsageThresholds.of(0.5, 0.5), Optional::empty, () -> nanos).run(),
                "the heap used after collection is not available: the collector does not count it");
    }

    @Test
    void beforeTheFirstCollectionThereIsNothingToJudge() {
        Measured.nothing(filled(0).run(), "no collection of long-lived objects yet");
    }

    @Test
    void aFullHeapIsAWarningOnceItsReadingIsOld() {
        String full = "970 of 1000 bytes of heap used after collection: 97 %, the limit is 95 %";
        HeapIndicator check = filled(970);
        Expect.error(check.run(), full);
        nanos += TimeUnit.MINUTES.toNanos(5);
        Expect.error(check.run(), full);
        nanos += TimeUnit.MINUTES.toNanos(2);
        Outcome old = check.run();
        Expect.warning(old, full + "; nothing was collected for 7 min, so it may be less now");
        assertThat(Measured.all(old)).containsExactly("utilization=97.0 percent", "used=970 bytes", "max=1000 bytes");
        collections++;
        Expect.error(check.run(), full);
    }

    @Test
    void refusesBadLimits() {
        HeapIndicator check = HeapIndicator.of();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.limits(0, 0.5))
                .withMessage("warnAt must be from 0.001 to 1.0, was 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.limits(0.9, 0.8))
                .withMessage("failAt must be from 0.9 to 1.0, was 0.8");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.limits(0.9, 90))
                .withMessage("failAt must be from 0.9 to 1.0, was 90.0");
    }

    @Test
    void isPartOfTheSystem() {
        assertThat(HeapIndicator.of().componentType()).contains("system");
        assertThat(HeapIndicator.of().remote()).isFalse();
    }

    private HeapIndicator filled(long used) {
        return new HeapIndicator(
                HeapIndicator.DEFAULT,
                () -> Optional.of(new HeapIndicator.Reading(new Usage(used, 1_000), collections)),
                () -> nanos);
    }
}
