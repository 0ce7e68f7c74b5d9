package dev.vitals.health.monitor.history.chunk;

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

/** A chunk contains the entries that were written to it. */
class ChunkTest {
    private static final long NOW = 1_795_000_000_000L;

    private static ChunkWriter chunkOf(List<? extends Entry> entries) {
        ChunkWriter chunk = new ChunkWriter();
        entries.forEach(chunk::add);
        return chunk;
    }

    private static Entry.Minute minute(int number, int... latencies) {
        return new Entry.Minute(number, latencies.length, 0, 0, latencies, null);
    }

    @Property
    void resultsAreReadAsTheyWereWritten(@ForAll("results") List<KeptResult> results) {
        assertThat(chunkOf(results).snapshot(1).entries()).isEqualTo(results);
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
    void numbersAreReadAsTheyWereWritten(@ForAll List<Long> numbers, @ForAll List<Double> decimals) {
        ByteWriter out = new ByteWriter(1);
        numbers.forEach(out::number);
        numbers.forEach(out::signed);
        decimals.forEach(out::decimal);
        ByteReader in = new ByteReader(out.toBytes(), 0, out.length());
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
    void aMinuteIsReadAsItWasWritten(@ForAll("latencies") int[] latencies, @ForAll boolean sketched) {
        Arrays.sort(latencies);
        Entry.Minute written = sketched
                ? new Entry.Minute(
                        77, 70, 0, 3, new int[0], new Entry.Sketch(1, 9_000_000, 1L << 40, new byte[] {4, 2}))
                : new Entry.Minute(77, latencies.length, 0, 0, latencies, null);
        List<Entry> read = chunkOf(List.of(written, minute(78, 5))).snapshot(1).entries();
        assertThat(read).usingRecursiveComparison().isEqualTo(List.of(written, minute(78, 5)));
    }

    @Provide
    Arbitrary<int[]> latencies() {
        return Arbitraries.integers()
                .between(0, Integer.MAX_VALUE)
                .array(int[].class)
                .ofMaxSize(64);
    }

    @Test
    void aMinuteOfSeriesIsReadAsItWasWritten() {
        List<Entry.SeriesMinute> written = List.of(
                new Entry.SeriesMinute(9, 0, NumberSummary.of(-0.5)),
                new Entry.SeriesMinute(9, 19, new NumberSummary(3, -2, 1e300, 1e300, 7)),
                new Entry.SeriesMinute(10, 0, NumberSummary.of(Double.MIN_VALUE)));
        assertThat(chunkOf(written).snapshot(1).entries()).isEqualTo(written);
    }

    @Test
    void aRepeatedResultTakesSevenBytesAndAMinuteOfTwoPollsNine() {
        ChunkWriter chunk = new ChunkWriter();
        chunk.add(new KeptResult(NOW, Outcome.Code.OK, 1_500, 200, null, List.of()));
        int before = chunk.length();
        chunk.add(new KeptResult(NOW + 60_000, Outcome.Code.OK, 1_700, 200, null, List.of()));
        assertThat(chunk.length() - before).isLessThanOrEqualTo(7);
        chunk.add(minute(100, 1_500, 1_700));
        before = chunk.length();
        chunk.add(minute(101, 1_500, 1_700));
        assertThat(chunk.length() - before).isLessThanOrEqualTo(9);
    }

    @Test
    void bytesThatAreReplayedFragmentByFragmentMakeTheSameChunk() {
        List<KeptResult> results = List.of(
                new KeptResult(NOW, Outcome.Code.ERROR, 1, 500, "some text", List.of()),
                new KeptResult(NOW + 1, Outcome.Code.ERROR, 2, 500, "some text", List.of()));
        ChunkWriter original = new ChunkWriter();
        ChunkWriter replayed = new ChunkWriter();
        JournalRow row = new JournalRow();
        for (KeptResult result : results) {
            int from = original.length();
            original.add(result);
            row.add(300, 200, original, from);
        }
        byte[] bytes = row.toBytes();
        List<Entry> entries = new ArrayList<>();
        JournalRow.read(bytes, (target, chunk, from, to) -> {
            assertThat(target).isEqualTo(300);
            assertThat(chunk).isEqualTo(200);
            entries.addAll(replayed.replay(bytes, from, to));
        });
        assertThat(entries).isEqualTo(results);
        assertThat(replayed.toBytes()).isEqualTo(original.toBytes());
        KeptResult next = new KeptResult(NOW + 2, Outcome.Code.ERROR, 3, 500, "some text", List.of());
        original.add(next);
        replayed.add(next);
        assertThat(replayed.toBytes()).isEqualTo(original.toBytes());
    }

    @Test
    void aSnapshotDoesNotChangeWhenTheChunkGrows() {
        ChunkWriter chunk = chunkOf(List.of(minute(1, 5)));
        ChunkSnapshot snapshot = chunk.snapshot(1);
        for (int number = 2; number < 100; number++) {
            chunk.add(minute(number, 5));
        }
        assertThat(snapshot.entries()).hasSize(1);
        assertThat(chunk.snapshot(1).entries()).hasSize(99);
    }

    @Test
    void aVeryLongJournalRowIsEmptyAfterItIsCleared() {
        ChunkWriter chunk =
                chunkOf(List.of(new KeptResult(NOW, Outcome.Code.ERROR, 1, 500, "x".repeat(300_000), List.of())));
        JournalRow row = new JournalRow();
        row.add(1, 0, chunk, 0);
        assertThat(row.length()).isGreaterThan(300_000);
        row.clear();
        assertThat(row.isEmpty()).isTrue();
        row.add(1, 0, chunk, 0);
        assertThat(row.length()).isGreaterThan(300_000);
    }

    @Test
    void saysThatItIsDamagedIfItEndsTooEarly() {
        byte[] bytes = chunkOf(List.of(new KeptResult(NOW, Outcome.Code.ERROR, 1, 500, "some text", List.of())))
                .toBytes();
        ChunkSnapshot cut = ChunkSnapshot.of(1, Arrays.copyOf(bytes, bytes.length - 3));
        assertThatThrownBy(cut::entries)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("the history is damaged");
    }

    @Test
    void saysThatItIsDamagedIfAVersionByteIsWithin() {
        ChunkWriter chunk = chunkOf(List.of(minute(1, 5)));
        byte[] twice = Arrays.copyOf(chunk.toBytes(), chunk.length() * 2);
        System.arraycopy(chunk.toBytes(), 0, twice, chunk.length(), chunk.length());
        assertThatThrownBy(ChunkSnapshot.of(1, twice)::entries)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("the history is damaged");
    }
}
