package dev.vitals.health.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vitals.health.Outcome;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class GcTimeIndicatorTest {
    private long collectedMillis = 777;
    private long nanos;

    @Test
    void theFirstRunIsOkAndMeasuresNothing() {
        Measured.nothing(GcTimeIndicator.of().run(), "the time of collections is known from the second run on");
    }

    @Test
    void collectionsOfThisJvmAreCounted() {
        long[] time = {0};
        GcTimeIndicator check =
                new GcTimeIndicator(GcTimeIndicator.DEFAULT, GcTimeIndicator::pausedMillis, () -> time[0]);
        check.run();
        long before = GcTimeIndicator.pausedMillis();
        Expect.becomesTrue("collections take time", () -> {
            System.gc();
            return GcTimeIndicator.pausedMillis() > before;
        });
        time[0] = TimeUnit.HOURS.toNanos(1);
        Outcome outcome = check.run();
        Expect.ok(outcome);
        assertThat(Measured.of(outcome, "collected")).isPositive();
    }

    @Test
    void warnsFrom20AndFailsFrom50PercentOfTheTimeSinceTheLastRun() {
        GcTimeIndicator check = check();
        check.run();
        Expect.ok(later(check, 10_000, 1_999));
        Expect.warning(
                later(check, 10_000, 2_000), "2000 of 10000 ms went into garbage collection: 20 %, the limit is 20 %");
        Outcome error = later(check, 1_000, 505);
        Expect.error(error, "505 of 1000 ms went into garbage collection: 50.5 %, the limit is 50 %");
        assertThat(Measured.all(error)).containsExactly("utilization=50.5 percent", "collected=505 ms");
        Expect.ok(later(check, 10_000, 0));
    }

    @Test
    void aJvmThatDoesNotReportTheTimeIsAWarning() {
        collectedMillis = -1;
        Measured.notAvailable(check().run(), "the time of collections is not available: this JVM does not report it");
    }

    @Test
    void severalCollectorsAtOnceAreNotMoreThanAllTheTime() {
        GcTimeIndicator check = check();
        check.run();
        assertThat(Measured.of(later(check, 1_000, 3_000), "utilization")).isEqualTo(100);
    }

    @Test
    void aRunRightAfterTheLastRepeatsItsOutcome() {
        GcTimeIndicator check = check();
        check.run();
        Outcome error = later(check, 10_000, 9_000);
        assertThat(later(check, 999, 0)).isSameAs(error);
        Expect.ok(later(check, 1, 0));
    }

    @Test
    void refusesBadLimits() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GcTimeIndicator.of().limits(0.3, 0.2))
                .withMessage("failAt must be from 0.3 to 1.0, was 0.2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GcTimeIndicator.of().limits(Double.NaN, 0.2))
                .withMessage("warnAt must be from 0.001 to 1.0, was NaN");
    }

    @Test
    void usesTheConfiguredLimits() {
        GcTimeIndicator check = check().limits(0.8, 0.9);
        check.run();
        Expect.ok(later(check, 1_000, 700));
    }

    @Test
    void isPartOfTheSystem() {
        assertThat(GcTimeIndicator.of().componentType()).contains("system");
    }

    private GcTimeIndicator check() {
        return new GcTimeIndicator(GcTimeIndicator.DEFAULT, () -> collectedMillis, () -> nanos);
    }

    private Outcome later(GcTimeIndicator check, long millis, long collected) {
        nanos += TimeUnit.MILLISECONDS.toNanos(millis);
        collectedMillis += collected;
        return check.run();
    }
}
