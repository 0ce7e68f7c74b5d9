package dev.vitals.health.monitor.history.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitals.health.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Chunks and journal rows of all versions can be read. */
class ChunkVersionTest {
    private static void assertComplete(List<Entry> entries) {
        assertThat(entries.stream().filter(KeptResult.class::isInstance).toList())
                .isEqualTo(Version0.RESULTS);
        assertThat(entries.stream().filter(Entry.SeriesMinute.class::isInstance).toList())
                .isEqualTo(List.of(
                        new Entry.SeriesMinute(Version0.MINUTE, 0, NumberSummary.of(42)),
                        new Entry.SeriesMinute(Version0.MINUTE, 19, new NumberSummary(3, -2, 0.1, 1e300, 7)),
                        new Entry.SeriesMinute(Version0.MINUTE + 1, 0, NumberSummary.of(-0.5))));
        List<Entry.Minute> minutes = entries.stream()
                .filter(Entry.Minute.class::isInstance)
                .map(Entry.Minute.class::cast)
                .toList();
        assertThat(minutes).hasSize(2);
        assertThat(minutes.get(0))
                .usingRecursiveComparison()
                .isEqualTo(new Entry.Minute(Version0.MINUTE, 2, 1, 0, new int[] {700, 1_500, 2_000_000}, null));
        Entry.Minute sketched = minutes.get(1);
        assertThat(sketched.minute()).isEqualTo(Version0.MINUTE + 1);
        assertThat(List.of(sketched.oks(), sketched.warnings(), sketched.errors()))
                .containsExactly(70L, 0L, 1L);
        assertThat(sketched.sketch()).isNotNull();
        assertThat(sketched.sketch().min()).isEqualTo(1_000);
        assertThat(sketched.sketch().max()).isEqualTo(4_000_000);
        assertThat(sketched.sketch().sum()).isEqualTo(4_000_000 + 70 * 1_000 + 100 * 69 * 70 / 2);
    }

    @Test
    void aChunkOfVersion0IsReadWithoutLoss() {
        assertComplete(ChunkSnapshot.of(0, Version0.chunk()).entries());
    }

    @Test
    void aJournalOfVersion0MakesTheChunksOfVersion0() {
        byte[] row = Version0.journal();
        Map<List<Long>, ChunkWriter> chunks = new LinkedHashMap<>();
        JournalRow.read(
                row,
                (target, chunk, from, to) -> chunks.computeIfAbsent(
                                List.of(target, (long) chunk), any -> new ChunkWriter())
                        .replay(row, from, to));
        assertThat(chunks.keySet()).containsExactly(List.of(1L, 0L), List.of(300L, 200L));
        chunks.values().forEach(chunk -> assertThat(chunk.toBytes()).isEqualTo(Version0.chunk()));
    }

    @Test
    void aChunkOfVersion0CanGrow() {
        ChunkWriter chunk = new ChunkWriter();
        assertComplete(chunk.replay(Version0.chunk(), 0, Version0.chunk().length));
        KeptResult next = new KeptResult(Version0.NOW + 121_000, Outcome.Code.OK, 7, 200, null, List.of());
        chunk.add(next);
        List<Entry> entries = chunk.snapshot(0).entries();
        assertThat(entries.get(entries.size() - 1)).isEqualTo(next);
        assertComplete(entries.subList(0, entries.size() - 1));
    }

    @Test
    void aChunkOfVersion1IsThatOfVersion0AfterItsVersionByte() {
        ChunkWriter chunk = new ChunkWriter();
        ChunkSnapshot.of(0, Version0.chunk()).entries().forEach(chunk::add);
        assertThat(chunk.toBytes()).isEqualTo(Version0.chunkAfter(0x07));
        assertComplete(chunk.snapshot(0).entries());
    }

    @Test
    void aChunkOfAnUnknownVersionIsRefused() {
        byte[] newer = Version0.chunkAfter(0x0b);
        assertThatThrownBy(ChunkSnapshot.of(0, newer)::entries)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("version 2");
        assertThatThrownBy(() -> new ChunkWriter().replay(newer, 0, newer.length))
                .isInstanceOf(IllegalStateException.class);
    }
}
