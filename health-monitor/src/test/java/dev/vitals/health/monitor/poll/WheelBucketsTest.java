package dev.vitals.health.monitor.poll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.monitor.poll.TimingWheel.Planned;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The wheel without a clock. */
class WheelBucketsTest {
    private final WheelBuckets buckets = new WheelBuckets();
    private final TimingWheel wheel = TimingWheel.start("test-buckets");

    private Planned plan(long tick) {
        Planned planned = wheel.new Planned(() -> {}, tick);
        buckets.add(planned);
        return planned;
    }

    private List<Planned> advance(long tick) {
        List<Planned> due = new ArrayList<>();
        buckets.advance(tick, due);
        return due;
    }

    @Test
    void keepsTasksOfLaterRounds() {
        Planned sooner = plan(5);
        Planned later = plan(5 + WheelBuckets.COUNT);
        assertThat(buckets.next()).isEqualTo(5);
        assertThat(advance(5)).containsExactly(sooner);
        assertThat(advance(4 + WheelBuckets.COUNT)).isEmpty();
        assertThat(buckets.next()).isEqualTo(5 + WheelBuckets.COUNT);
        assertThat(advance(5 + WheelBuckets.COUNT)).containsExactly(later);
        assertThat(buckets.next()).isEqualTo(5 + 2L * WheelBuckets.COUNT);
    }

    @Test
    void returnsAllDueTasksAfterALongPause() {
        List<Planned> planned = new ArrayList<>();
        for (int i = 0; i < 3 * WheelBuckets.COUNT; i += 100) {
            planned.add(plan(i));
        }
        assertThat(advance(10L * WheelBuckets.COUNT)).containsExactlyInAnyOrderElementsOf(planned);
    }

    @Test
    void anOverdueTaskIsDueNext() {
        advance(100);
        Planned overdue = plan(50);
        assertThat(buckets.next()).isEqualTo(101);
        assertThat(advance(101)).containsExactly(overdue);
    }

    @Test
    void agreesWithASortedMap() {
        Random random = new Random(1);
        Map<Planned, Long> model = new TreeMap<>(
                (one, other) -> Integer.compare(System.identityHashCode(one), System.identityHashCode(other)));
        List<Planned> all = new ArrayList<>();
        long now = 0;
        for (int step = 0; step < 20_000; step++) {
            switch (random.nextInt(4)) {
                case 0, 1 -> {
                    Planned planned = plan(now + random.nextInt(2 * WheelBuckets.COUNT));
                    model.put(planned, planned.tick);
                    all.add(planned);
                }
                case 2 -> {
                    if (!all.isEmpty()) {
                        Planned any = all.get(random.nextInt(all.size()));
                        buckets.remove(any);
                        model.remove(any);
                    }
                }
                default -> {
                    now += random.nextInt(200);
                    long tick = now;
                    List<Planned> due = advance(tick);
                    assertThat(due).allMatch(planned -> planned.tick <= tick && model.remove(planned) != null);
                    assertThat(model.values()).allMatch(later -> later > tick);
                    long next = model.values().stream()
                            .mapToLong(Long::longValue)
                            .min()
                            .orElse(Long.MAX_VALUE);
                    assertThat(buckets.next()).isLessThanOrEqualTo(next);
                }
            }
        }
    }
}
