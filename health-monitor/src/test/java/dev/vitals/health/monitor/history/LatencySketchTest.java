package dev.vitals.health.monitor.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LatencySketchTest {
    @Property
    void quantilesOfMergedPartsAreWithinTheErrorOfTheTrueOnes(
            @ForAll @Size(min = 1, max = 300) List<@IntRange(max = 60_000_000) Integer> values,
            @ForAll @IntRange(max = 300) int cut) {
        int middle = Math.min(cut, values.size());
        LatencySketch one = of(values.subList(0, middle));
        LatencySketch other = of(values.subList(middle, values.size()));
        LatencySketch merged = new LatencySketch();
        merged.merge(one);
        merged.merge(other.encode(), other.count());
        Collections.sort(values);
        for (double share : new double[] {0.5, 0.95, 0.99}) {
            double exact = values.get((int) Math.floor(share * (values.size() - 1)));
            assertThat((double) merged.quantile(share))
                    .isCloseTo(exact, within(exact * LatencySketch.RELATIVE_ERROR + 1));
        }
        assertThat(merged.count()).isEqualTo(values.size());
        assertThat(merged.min()).isEqualTo(values.get(0).longValue());
        assertThat(merged.max()).isEqualTo(values.get(values.size() - 1).longValue());
        assertThat(merged.sum())
                .isEqualTo(values.stream().mapToLong(Integer::longValue).sum());
    }

    private static LatencySketch of(List<Integer> values) {
        LatencySketch latencies = new LatencySketch();
        values.forEach(latencies::add);
        return latencies;
    }

    @Test
    void anEmptySketchHasNoQuantiles() {
        LatencySketch none = new LatencySketch();
        none.merge(new LatencySketch());
        assertThat(none.quantile(0.5)).isZero();
        assertThat(none.min()).isZero();
        assertThat(none.max()).isZero();
    }

    @Test
    void anHourOfTwoMinutelyPollsTakesFewBytes() {
        LatencySketch hour = new LatencySketch();
        for (int i = 0; i < 120; i++) {
            hour.add(1_500 + 13L * i);
        }
        assertThat(hour.encode().bytes().length).isLessThan(200);
    }
}
