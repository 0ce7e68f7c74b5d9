package dev.vitals.health.monitor.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitals.health.Outcome;
import dev.vitals.health.Status;
import dev.vitals.health.monitor.model.ComponentState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What is written to a chunk is what is read from it. */
class EntriesTest {
    private static final long NOW = 1_795_000_000_000L;

    private static byte[] written(List<KeptResult> results) {
        ByteWriter out = new ByteWriter(4);
        DeltaState tail = new DeltaState();
        results.forEach(result -> EntryWriter.result(out, tail, result));
        return out.toBytes();
    }

    @Property
    void resultsComeBackAsTheyWere(@ForAll("results") List<KeptResult> results) {
        byte[] bytes = written(results);
        assertThat(EntryReader.all(bytes, bytes.length)).isEqualTo(results);
    }

    @Provide
    Arbitrary<List<KeptResult>> results() {
        Arbitrary<String> texts = Arbitraries.strings().ofMaxLength(20).injectNull(0.5);
        Arbitrary<ComponentState> components = Combinators.combine(
                        Arbitraries.strings().ofMaxLength(10), Arbitraries.of(Status.class), texts)
                .as(ComponentState::new);
        return Combinators.combine(
                        Arbitraries.longs().between(0, 2 * NOW),
                        Arbitraries.of(Outcome.Code.class),
                        Arbitraries.longs().between(0, Long.MAX_VALUE),
                        Arbitraries.integers().between(100, 599).injectNull(0.3),
                        texts,
                        components.list().ofMaxSize(3))
                .as(KeptResult::new)
                .list()
                .ofMaxSize(20);
    }

    @Property
    void numbersComeBackAsTheyWere(@ForAll List<Long> numbers, @ForAll List<Double> decimals) {
        ByteWriter out = new ByteWriter(1);
        numbers.forEach(out::number);
        numbers.forEach(out::signed);
        decimals.forEach(out::decimal);
        ByteReader in = new ByteReader(out.toBytes(), out.length());
        List<Object> read = new ArrayList<>();
        numbers.forEach(number -> read.add(in.number()));
        numbers.forEach(number -> read.add(in.signed()));
        decimals.forEach(number -> read.add(in.decimal()));
        List<Object> expected = new ArrayList<>(numbers);
        expected.addAll(numbers);
        expected.addAll(decimals);
        assertThat(read).isEqualTo(expected);
        assertThat(in.hasMore()).isFalse();
    }

    @Property
    void aMinuteHoldsEachLatencyOrItsSketch(@ForAll("latencies") List<Integer> latencies) {
        OpenMinute open = new OpenMinute();
        latencies.forEach(latency -> open.add(77, Outcome.Code.OK, latency));
        open.add(77, Outcome.Code.ERROR, 5_000_000);
        ByteWriter out = new ByteWriter(4);
        open.writeTo(out, new DeltaState());
        Minute minute = (Minute) EntryReader.all(out.toBytes(), out.length()).get(0);
        assertThat(minute.minute()).isEqualTo(77);
        assertThat(List.of(minute.oks(), minute.warnings(), minute.errors()))
                .containsExactly((long) latencies.size(), 0L, 1L);
        LatencySketch total = new LatencySketch();
        minute.addTo(total);
        assertThat(total.count()).isEqualTo(latencies.size() + 1L);
        assertThat(total.max()).isEqualTo(5_000_000);
        assertThat(total.sum())
                .isEqualTo(latencies.stream().mapToLong(Integer::longValue).sum() + 5_000_000);
    }

    @Provide
    Arbitrary<List<Integer>> latencies() {
        return Arbitraries.integers().between(0, 4_000_000).list().ofMaxSize(200);
    }

    @Test
    void aRepeatedResultTakesSevenBytesAndAMinuteOfTwoPollsNine() {
        ByteWriter out = new ByteWriter(64);
        DeltaState tail = new DeltaState();
        KeptResult first = new KeptResult(NOW, Outcome.Code.OK, 1_500, 200, null, List.of());
        EntryWriter.result(out, tail, first);
        int before = out.length();
        EntryWriter.result(out, tail, new KeptResult(NOW + 60_000, Outcome.Code.OK, 1_700, 200, null, List.of()));
        assertThat(out.length() - before).isLessThanOrEqualTo(7);
        EntryWriter.minute(out, tail, 100, new int[] {2, 0, 0}, new int[] {1_500, 1_700}, 2);
        before = out.length();
        EntryWriter.minute(out, tail, 101, new int[] {2, 0, 0}, new int[] {1_500, 1_700}, 2);
        assertThat(out.length() - before).isLessThanOrEqualTo(9);
    }

    @Test
    void seriesComeBackAsTheyWere() {
        List<SeriesMinute> written = List.of(
                new SeriesMinute(9, 0, NumberSummary.of(-0.5)),
                new SeriesMinute(9, 19, new NumberSummary(3, -2, 1e300, 1e300, 7)),
                new SeriesMinute(10, 0, NumberSummary.of(Double.MIN_VALUE)));
        ByteWriter out = new ByteWriter(4);
        DeltaState tail = new DeltaState();
        written.forEach(entry -> EntryWriter.series(out, tail, entry));
        assertThat(EntryReader.all(out.toBytes(), out.length())).isEqualTo(written);
    }

    @Test
    void saysThatItIsDamagedIfItEndsTooEarly() {
        byte[] bytes = written(List.of(new KeptResult(NOW, Outcome.Code.ERROR, 1, 500, "some text", List.of())));
        byte[] cut = Arrays.copyOf(bytes, bytes.length - 3);
        assertThatThrownBy(() -> EntryReader.all(cut, cut.length))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("the history is damaged");
    }
}
