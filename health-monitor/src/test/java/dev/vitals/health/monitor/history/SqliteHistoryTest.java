package dev.vitals.health.monitor.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.Outcome;
import dev.vitals.health.monitor.history.chunk.KeptResult;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Registration;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.TimeRange;
import dev.vitals.health.monitor.store.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The history in a real file. */
class SqliteHistoryTest extends HistoryContract {
    @TempDir
    Path directory;

    @Override
    TestDatabase open() {
        return new TestDatabase(directory);
    }

    @Test
    void losesNoKeptResultAndAtMostTheOpenMinuteWithoutAnOrderlyShutdown() {
        Target target = registry.register(
                        ID, Registration.builder("http://a").build(), registered -> TestDatabase.ENTRY)
                .join()
                .target();
        for (int i = 0; i < 150; i++) {
            registry.record(
                    target,
                    new PollResult(
                            Outcome.Code.OK, null, 200, time.instant(), Duration.ofNanos(1_000L * i), List.of()));
            commit();
            time.advance(Duration.ofSeconds(30));
        }
        List<KeptResult> before = kept();
        assertThat(before).hasSize(75);
        die();
        start();
        assertThat(kept()).isEqualTo(before);
        TimeRange all = new TimeRange(time.instant().minus(Duration.ofHours(3)), time.instant());
        assertThat(history.rollups(ID, Resolution.MINUTE, all, rollup -> {}).polls())
                .isBetween(148L, 150L);
    }

    @Test
    void theJournalKeepsTheRowsThatAnyTargetStillNeeds() {
        List<Target> targets = register(30);
        for (int second = 0; second < 400; second++) {
            for (int i = 0; i < targets.size(); i++) {
                // Each target has its first result at another time, and few later ones.
                if (second >= i * 7 && (second - i * 7) % 90 == 0) {
                    record(targets.get(i), Outcome.Code.OK, null);
                }
            }
            commit();
            time.advance(Duration.ofSeconds(1));
        }
        List<List<KeptResult>> before =
                targets.stream().map(target -> kept(target.id())).toList();
        assertThat(before).allSatisfy(results -> assertThat(results).hasSizeGreaterThan(1));
        die();
        start();
        assertThat(targets.stream().map(target -> kept(target.id())).toList()).isEqualTo(before);
        // The journal does not grow forever.
        time.advance(Duration.ofHours(2));
        for (int minute = 0; minute < 10; minute++) {
            time.advance(Duration.ofMinutes(1));
            record(targets.get(0), Outcome.Code.OK, null);
            commit();
        }
        int[] entries = {0};
        store.journal(entry -> entries[0]++);
        assertThat(entries[0]).isLessThan(30);
    }

    private List<Target> register(int number) {
        List<Target> targets = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            TargetId id = new TargetId("orders", "m" + i);
            targets.add(
                    registry.register(id, Registration.builder("http://a").build(), registered -> TestDatabase.ENTRY)
                            .join()
                            .target());
        }
        return targets;
    }

    private void record(Target target, Outcome.Code code, @Nullable String message) {
        registry.record(target, new PollResult(code, message, 200, time.instant(), Duration.ofMillis(1), List.of()));
    }

    private void commit() {
        registry.settled().join();
    }

    private List<KeptResult> kept() {
        return kept(ID);
    }

    private List<KeptResult> kept(TargetId id) {
        List<KeptResult> found = new ArrayList<>();
        TimeRange all = new TimeRange(time.instant().minus(Duration.ofHours(3)), time.instant());
        history.results(id, all, Position.END, (result, position) -> found.add(result));
        return found;
    }

    @Test
    void theFileShrinksAfterManyRowsAreDeleted() throws IOException {
        List<Target> targets = register(30);
        for (int round = 0; round < 300; round++) {
            for (Target target : targets) {
                String message = "a message that is long enough to fill a page or two " + "x".repeat(500) + round;
                record(target, round % 2 == 0 ? Outcome.Code.OK : Outcome.Code.ERROR, message);
            }
            commit();
            time.advance(Duration.ofSeconds(60));
        }
        Path file = directory.resolve("monitor.db");
        for (int i = 0; i < 200; i++) {
            time.advance(Duration.ofMinutes(1));
            registry.settled().join();
        }
        stop();
        long before = Files.size(file);
        start();
        time.advance(Duration.ofDays(5));
        Retention retention =
                new Retention(time, time, store, new RetentionPolicy(Duration.ofHours(1), Duration.ofDays(400)));
        int steps = 0;
        while (retention.step()) {
            steps++;
        }
        assertThat(steps).isGreaterThan(1);
        stop();
        assertThat(Files.size(file)).isLessThan(before * 2 / 3);
        start();
    }
}
