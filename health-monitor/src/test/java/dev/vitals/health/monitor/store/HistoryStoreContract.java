package dev.vitals.health.monitor.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.State;
import dev.vitals.health.monitor.model.Change;
import dev.vitals.health.monitor.model.Registration;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.TargetState;
import dev.vitals.health.monitor.store.HistoryRows.Chunk;
import dev.vitals.health.monitor.store.HistoryRows.Hour;
import dev.vitals.health.monitor.store.HistoryRows.Known;
import dev.vitals.health.monitor.store.HistoryRows.Life;
import dev.vitals.health.monitor.store.HistoryRows.Series;
import dev.vitals.health.monitor.store.HistoryRows.SeriesHour;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows of the history, on any database. What they mean is tested in the package of the history. */
abstract class HistoryStoreContract extends DatabaseContract {
    private static final long HOUR = 3_600_000;
    private static final TargetId ONE = new TargetId("orders", "m1");
    private static final TargetId TWO = new TargetId("orders", "m2");

    private HistoryStore store;

    @BeforeEach
    void openStore() {
        store = new HistoryStore(database);
    }

    private void write(HistoryRows rows) {
        targets().write(new Batch(List.of(), List.of(), Map.of(), List.of()).with(rows));
    }

    private TargetStore targets() {
        return new TargetStore(database, SecretStore.Opener.NONE, Registration.READER);
    }

    private void writeTargets(Known... known) {
        write(new HistoryRows(List.of(known), List.of(), List.of(), null, 0, List.of(), List.of(), List.of()));
    }

    private static Chunk chunk(int target, int number, long firstAt, long lastAt) {
        return new Chunk(target, number, firstAt, lastAt, new byte[] {(byte) number});
    }

    private void writeChunks(Chunk... chunks) {
        write(new HistoryRows(List.of(), List.of(), List.of(), null, 0, List.of(chunks), List.of(), List.of()));
    }

    @Test
    void isEmptyAtFirst() {
        assertThat(store.lastTarget()).isZero();
        assertThat(store.open()).isEmpty();
        assertThat(store.find(ONE)).isEmpty();
        assertThat(store.series(List.of())).isEmpty();
        assertThat(store.currentLives()).isEmpty();
    }

    @Test
    void openTargetsAreWatchedOrHaveMinutesThatAreNotRolledUp() {
        Known watched = new Known(1, ONE, 0, -1, 0);
        Known rolledUp = new Known(2, TWO, 3, 59, 1);
        Known behind = new Known(3, new TargetId("orders", "m3"), 3, 60, 1);
        writeTargets(watched, rolledUp, behind);
        Target target = Target.registered(ONE, Registration.builder("http://h").build(), Instant.EPOCH);
        targets()
                .write(new Batch(List.of(), List.of(target), Map.of(ONE, TargetState.start(Instant.EPOCH)), List.of()));
        assertThat(store.open()).containsExactly(watched, behind);
        assertThat(store.lastTarget()).isEqualTo(3);
        assertThat(store.find(TWO)).hasValue(rolledUp);
        assertThat(store.find(3)).hasValue(behind);
        writeTargets(new Known(3, behind.id(), 4, 60, 2));
        assertThat(store.open()).containsExactly(watched);
    }

    @Test
    void aLifeIsReplacedWhenItEnds() {
        Life first = new Life(1, Instant.ofEpochMilli(5), null);
        Life ended = new Life(1, Instant.ofEpochMilli(5), Instant.ofEpochMilli(7));
        Life second = new Life(1, Instant.ofEpochMilli(9), null);
        for (Life life : List.of(first, ended, second)) {
            write(new HistoryRows(List.of(), List.of(life), List.of(), null, 0, List.of(), List.of(), List.of()));
        }
        assertThat(store.lives(1)).containsExactly(ended, second);
        assertThat(store.currentLives()).containsExactly(second);
    }

    @Test
    void seriesAreReturnedForTheTargetsAskedForInOrder() {
        List<Series> all = List.of(
                new Series(1, 0, "latency", "ms"),
                new Series(1, 1, "load", null),
                new Series(2, 0, "x", null),
                new Series(3, 0, "y", "s"));
        write(new HistoryRows(List.of(), List.of(), all, null, 0, List.of(), List.of(), List.of()));
        assertThat(store.series(List.of(3L, 1L))).containsExactly(all.get(0), all.get(1), all.get(3));
    }

    @Test
    void theJournalIsReadInOrderAndShortened() {
        for (int i = 1; i <= 3; i++) {
            write(new HistoryRows(
                    List.of(),
                    List.of(),
                    List.of(),
                    new HistoryRows.Journal(i, new byte[] {(byte) i}),
                    i == 3 ? 2 : 0,
                    List.of(),
                    List.of(),
                    List.of()));
        }
        List<Integer> bytes = new ArrayList<>();
        store.journal(entry -> bytes.add((int) entry.bytes()[0]));
        assertThat(bytes).containsExactly(2, 3);
    }

    private static List<Integer> numbers(List<Chunk> chunks) {
        return chunks.stream().map(Chunk::number).toList();
    }

    @Test
    void chunksAreFoundByTimeAndNumberFromBothEnds() {
        writeChunks(
                chunk(1, 0, 0, 9), chunk(1, 1, 10, 19), chunk(1, 2, 20, 29), chunk(1, 3, 30, 39), chunk(2, 0, 0, 99));
        assertThat(numbers(store.newestChunks(1, 0, 100, 9, 9))).containsExactly(3, 2, 1, 0);
        assertThat(numbers(store.newestChunks(1, 15, 30, 9, 9))).containsExactly(2, 1);
        assertThat(numbers(store.newestChunks(1, 0, 100, 2, 1))).containsExactly(1);
        assertThat(numbers(store.oldestChunks(1, 9, 21, 0, 9))).containsExactly(0, 1, 2);
        assertThat(numbers(store.oldestChunks(1, 0, 100, 2, 1))).containsExactly(2);
        Chunk found = store.newestChunks(2, 0, 1, 9, 9).get(0);
        assertThat(found.target()).isEqualTo(2);
        assertThat(found.lastAt()).isEqualTo(99);
        assertThat(found.bytes()).containsExactly(0);
    }

    private static Hour hour(int hour, int oks) {
        return new Hour(1, hour, oks, 2, 3, 4, 5, 6, new byte[] {7});
    }

    private void writeHours(List<Hour> hours, List<SeriesHour> series) {
        write(new HistoryRows(List.of(), List.of(), List.of(), null, 0, List.of(), hours, series));
    }

    @Test
    void hoursAreReplacedAndFoundByTime() {
        SeriesHour value = new SeriesHour(1, 31, 11, 2, -0.5, 1.5, 1, 0.25);
        writeHours(List.of(hour(10, 1), hour(11, 1), hour(12, 1)), List.of(value));
        writeHours(List.of(hour(11, 8)), List.of());
        assertThat(store.hours(1, 10, 12, 9)).extracting(Hour::oks).containsExactly(1L, 8L);
        assertThat(store.hours(1, 10, 13, 1)).extracting(Hour::hour).containsExactly(10);
        assertThat(store.hours(1, 12, 13, 1).get(0)).usingRecursiveComparison().isEqualTo(hour(12, 1));
        assertThat(store.seriesHours(1, 31, 11, 12, 9)).containsExactly(value);
        assertThat(store.seriesHours(1, 30, 0, 99, 9)).isEmpty();
        assertThat(store.seriesHours(1, 31, 12, 99, 9)).isEmpty();
    }

    @Test
    void stepsBeginWithTheOneInForce() {
        List<Change> changes = IntStream.range(0, 4)
                .mapToObj(i -> new Change(
                        ONE,
                        State.HEALTHY,
                        i % 2 == 0 ? State.DEGRADED : State.HEALTHY,
                        Instant.ofEpochMilli(10L * i),
                        "because " + i))
                .toList();
        targets().write(new Batch(List.of(), List.of(), Map.of(), changes));
        assertThat(store.steps(ONE, Instant.ofEpochMilli(15)))
                .extracting(HistoryStore.Step::at)
                .containsExactly(10L, 20L, 30L);
        assertThat(store.steps(TWO, Instant.ofEpochMilli(15))).isEmpty();
        List<HistoryStore.NumberedChange> newest =
                store.changes(ONE, Instant.ofEpochMilli(10), Instant.ofEpochMilli(30), Long.MAX_VALUE, 9);
        assertThat(newest)
                .extracting(HistoryStore.NumberedChange::change)
                .containsExactly(changes.get(2), changes.get(1));
        assertThat(store.changes(
                        ONE,
                        Instant.EPOCH,
                        Instant.ofEpochMilli(99),
                        newest.get(0).number(),
                        1))
                .extracting(HistoryStore.NumberedChange::change)
                .containsExactly(changes.get(1));
    }

    @Test
    void oldRowsAreDeletedButNoChunkThatIsNotRolledUp() {
        writeTargets(new Known(1, ONE, 3, 179, 2));
        writeChunks(
                chunk(1, 0, 0, HOUR - 1),
                chunk(1, 1, HOUR, 2 * HOUR - 1),
                chunk(1, 2, 2 * HOUR, 3 * HOUR - 1),
                chunk(2, 0, 0, 1));
        write(new HistoryRows(
                List.of(),
                List.of(),
                List.of(new Series(1, 4, "latency", "ms")),
                null,
                0,
                List.of(),
                List.of(hour(0, 1), hour(1, 1)),
                List.of(new SeriesHour(1, 4, 0, 1, 1, 1, 1, 1), new SeriesHour(1, 4, 1, 1, 1, 1, 1, 1))));
        int deleted = store.forget(1, 1, Instant.ofEpochMilli(9 * HOUR), Instant.ofEpochMilli(HOUR));
        assertThat(deleted).isEqualTo(4);
        assertThat(numbers(store.oldestChunks(1, 0, 99 * HOUR, 0, 9))).containsExactly(2);
        assertThat(store.hours(1, 0, 9, 9)).extracting(Hour::hour).containsExactly(1);
        assertThat(store.seriesHours(1, 4, 0, 9, 9))
                .extracting(SeriesHour::hour)
                .containsExactly(1);
        assertThat(numbers(store.oldestChunks(2, 0, 99, 0, 9))).containsExactly(0);
    }
}
