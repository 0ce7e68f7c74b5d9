package dev.vitals.health.monitor.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.Outcome;
import dev.vitals.health.monitor.history.chunk.ChunkWriter;
import dev.vitals.health.monitor.history.chunk.Entry;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class OpenMinuteTest {
    private static Rollup written(Entry.Minute minute) {
        ChunkWriter chunk = new ChunkWriter();
        chunk.add(minute);
        Rollup.Builder total = new Rollup.Builder();
        total.add((Entry.Minute) chunk.snapshot(1).entries().get(0));
        return total.build(Instant.EPOCH);
    }

    @Property
    void aMinuteHasEachLatencyOrTheirSketch(@ForAll("latencies") List<Integer> latencies) {
        OpenMinute open = new OpenMinute();
        latencies.forEach(latency -> open.add(77, Outcome.Code.OK, latency));
        open.add(77, Outcome.Code.ERROR, 5_000_000);
        Entry.Minute minute = open.take();
        assertThat(minute.minute()).isEqualTo(77);
        assertThat(minute.sketch() == null).isEqualTo(latencies.size() < 64);
        Rollup total = written(minute);
        assertThat(List.of(total.oks(), total.warnings(), total.errors()))
                .containsExactly((long) latencies.size(), 0L, 1L);
        assertThat(total.latencies().count()).isEqualTo(latencies.size() + 1L);
        assertThat(total.latencies().max()).isEqualTo(5_000_000);
        assertThat(total.latencies().sum())
                .isEqualTo(latencies.stream().mapToLong(Integer::longValue).sum() + 5_000_000);
        assertThat(open.isEmpty()).isTrue();
    }

    @Provide
    Arbitrary<List<Integer>> latencies() {
        return Arbitraries.integers().between(0, 4_000_000).list().ofMaxSize(200);
    }

    @Test
    void theNextMinuteStartsEmptyAlsoAfterASketch() {
        OpenMinute open = new OpenMinute();
        for (int i = 0; i < 100; i++) {
            open.add(1, Outcome.Code.OK, 1_000);
        }
        assertThat(open.take().polls()).isEqualTo(100);
        open.add(2, Outcome.Code.WARNING, 7);
        Entry.Minute next = open.take();
        assertThat(next.polls()).isEqualTo(1);
        assertThat(next.sketch()).isNull();
        assertThat(next.latencies()).containsExactly(7);
    }

    @Test
    void aLatencyThatDoesNotFitIsTheNearestThatDoes() {
        OpenMinute open = new OpenMinute();
        open.add(1, Outcome.Code.OK, Long.MAX_VALUE);
        open.add(1, Outcome.Code.OK, -1);
        assertThat(open.take().latencies()).containsExactly(0, Integer.MAX_VALUE);
    }
}
