package dev.vitals.health.monitor.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.vitals.health.State;
import dev.vitals.health.monitor.model.Change;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The drawing of a day: 144 pixels, ten minutes each. */
class DayStripTest {
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
    private static final TimeRange DAY = new TimeRange(NOON.minus(DayStrip.LENGTH), NOON);
    private static final TargetId ID = new TargetId("orders", "o1");

    private static Change change(State from, State to, Duration before) {
        return new Change(ID, from, to, NOON.minus(before), "");
    }

    private static Map<String, String> paths(State current, Change... changes) {
        return DayStrip.paths(DAY, DAY.from().minusSeconds(1), current, List.of(changes), List.of());
    }

    @Test
    void aDayWithoutChangesIsOneBar() {
        assertThat(paths(State.HEALTHY)).containsExactly(entry("w", "M0 0h143v12H0z"));
        assertThat(paths(State.UNKNOWN)).containsExactly(entry("u", "M0 0h143v12H0z"));
    }

    @Test
    void eachStateIsDrawnFromItsChangeToTheNext() {
        Map<String, String> paths = paths(
                State.HEALTHY,
                change(State.HEALTHY, State.UNHEALTHY, Duration.ofHours(12)),
                change(State.UNHEALTHY, State.HEALTHY, Duration.ofHours(6)));
        assertThat(paths).containsOnly(entry("w", "M0 0h72v12H0zM108 0h35v12H108z"), entry("x", "M72 0h36v12H72z"));
    }

    @Test
    void theOrderOfTheChangesDoesNotMatter() {
        Change down = change(State.HEALTHY, State.UNHEALTHY, Duration.ofHours(12));
        Change up = change(State.UNHEALTHY, State.DEGRADED, Duration.ofHours(6));
        assertThat(paths(State.DEGRADED, up, down)).isEqualTo(paths(State.DEGRADED, down, up));
    }

    @Test
    void troubleOfASecondIsSeenAndDrawnOverTheRest() {
        Map<String, String> paths = paths(
                State.HEALTHY,
                change(State.HEALTHY, State.UNHEALTHY, Duration.ofHours(12)),
                change(State.UNHEALTHY, State.HEALTHY, Duration.ofHours(12).minusSeconds(1)));
        assertThat(paths.get("x")).isEqualTo("M72 0h1v12H72z");
        assertThat(paths.keySet()).containsExactly("w", "x");
    }

    @Test
    void manyChangesWithinAPixelAreDrawnOnce() {
        Change[] changes = new Change[200];
        for (int i = 0; i < changes.length; i++) {
            boolean down = i % 2 == 0;
            Duration before = Duration.ofHours(12).minusSeconds(i);
            changes[i] = down
                    ? change(State.HEALTHY, State.UNHEALTHY, before)
                    : change(State.UNHEALTHY, State.HEALTHY, before);
        }
        assertThat(paths(State.HEALTHY, changes))
                .containsOnly(entry("w", "M0 0h143v12H0z"), entry("x", "M72 0h1v12H72z"));
    }

    @Test
    void nothingIsDrawnBeforeTheTargetWasWatched() {
        assertThat(DayStrip.paths(DAY, NOON.minus(Duration.ofHours(1)), State.HEALTHY, List.of(), List.of()))
                .containsExactly(entry("w", "M138 0h5v12H138z"));
        assertThat(DayStrip.paths(DAY, NOON, State.UNKNOWN, List.of(), List.of()))
                .isEmpty();
    }

    @Test
    void maintenanceIsDrawnOverAllAndOnlyWithinTheDay() {
        TimeRange begun =
                new TimeRange(DAY.from().minusSeconds(3_600), DAY.from().plusSeconds(3_600));
        TimeRange before =
                new TimeRange(DAY.from().minusSeconds(7_200), DAY.from().minusSeconds(3_600));
        Map<String, String> paths = DayStrip.paths(DAY, DAY.from(), State.UNHEALTHY, List.of(), List.of(begun, before));
        assertThat(paths.keySet()).containsExactly("x", "m");
        assertThat(paths.get("m")).isEqualTo("M0 0h6v12H0z");
    }
}
