package dev.vitals.health.monitor.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PhaseBarTest {
    private static List<String> drawn(PhaseBar bar) {
        return bar.segments().stream()
                .map(one -> one.tone() + " " + one.x() + "+" + one.width() + " " + one.words())
                .toList();
    }

    @Test
    void eachPhaseIsAsWideAsItIsLong() {
        PhaseBar bar = PhaseBar.of(List.of(100_000L, 100_000L, 200_000L, 400_000L, 200_000L), 1_000_000);
        assertThat(drawn(bar))
                .containsExactly(
                        "p0 0.0+59.0 DNS 100 ms",
                        "p1 60.0+59.0 connect 100 ms",
                        "p2 120.0+119.0 TLS 200 ms",
                        "p3 240.0+239.0 first byte 400 ms",
                        "p4 480.0+119.0 body 200 ms");
        assertThat(bar.words())
                .isEqualTo("DNS 100 ms, connect 100 ms, TLS 200 ms, first byte 400 ms, body 200 ms; 1,000 ms in all");
    }

    @Test
    void aPhaseThatDidNotHappenIsLeftOut() {
        PhaseBar bar = PhaseBar.of(List.of(-1L, -1L, -1L, 3_000L, 1_000L), 4_010);
        assertThat(drawn(bar)).containsExactly("p3 0.0+449.0 first byte 3.0 ms", "p4 450.0+149.0 body 1.0 ms");
    }

    @Test
    void whatEndedInNoPhaseIsTheRest() {
        PhaseBar bar = PhaseBar.of(List.of(1_000L, -1L, -1L, -1L, -1L), 2_000_000);
        assertThat(drawn(bar)).containsExactly("p0 0.0+1.0 DNS 1.0 ms", "rest 2.0+597.0 waiting 1,999 ms");
        assertThat(drawn(PhaseBar.of(List.of(-1L, -1L, -1L, -1L, -1L), 5_000)))
                .containsExactly("rest 0.0+599.0 waiting 5.0 ms");
    }

    @Test
    void aShortPhaseIsStillSeenAndNoneLeavesTheBar() {
        PhaseBar bar = PhaseBar.of(List.of(1_000_000L, 0L, 1L, 0L, 1L), 1_000_002);
        assertThat(bar.segments()).hasSize(5).allSatisfy(one -> {
            assertThat(Double.parseDouble(one.width())).isPositive();
            assertThat(Double.parseDouble(one.x()) + Double.parseDouble(one.width()))
                    .isLessThanOrEqualTo(PhaseBar.WIDTH);
        });
        assertThat(PhaseBar.of(List.of(0L, 0L, 0L, 0L, 0L), 0).words()).contains("0.0 ms in all");
    }
}
