package dev.vitals.health.monitor.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.Outcome;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Registration;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a real file, which can also be left in the lurch. */
class SqliteHistoryTest extends HistoryContract {
    @TempDir
    Path directory;

    @Override
    Store open() {
        return Store.sqlite(directory.resolve("monitor.db"));
    }

    @Test
    void losesNoKeptResultAndAtMostTheOpenMinuteWithoutAnOrderlyEnd() {
        Target target = registry.register(ID, Registration.builder("http://a").build())
                .join()
                .target();
        for (int i = 0; i < 150; i++) {
            registry.record(
                    target,
                    new PollResult(
                            Outcome.Code.OK, null, 200, time.instant(), Duration.ofNanos(1_000L * i), List.of()));
            registry.deregister(new TargetId("nobody", "nobody")).join();
            time.advance(Duration.ofSeconds(30));
        }
        List<KeptResult> before = kept();
        assertThat(before).hasSize(75);
        die();
        start();
        assertThat(kept()).isEqualTo(before);
        Interval all = new Interval(time.instant().minus(Duration.ofHours(3)), time.instant());
        assertThat(history.rollups(ID, Resolution.MINUTE, all, rollup -> {}).polls())
                .isBetween(148L, 150L);
    }

    private List<KeptResult> kept() {
        List<KeptResult> found = new ArrayList<>();
        Interval all = new Interval(time.instant().minus(Duration.ofHours(3)), time.instant());
        history.results(ID, all, Position.END, (result, position) -> found.add(result));
        return found;
    }

    @Test
    void theFileShrinksWhenMuchIsForgotten() throws IOException {
        List<Target> targets = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            TargetId id = new TargetId("orders", "m" + i);
            targets.add(registry.register(id, Registration.builder("http://a").build())
                    .join()
                    .target());
        }
        for (int round = 0; round < 300; round++) {
            for (Target target : targets) {
                registry.record(
                        target,
                        new PollResult(
                                round % 2 == 0 ? Outcome.Code.OK : Outcome.Code.ERROR,
                                "a message that is long enough to fill a page or two " + "x".repeat(500) + round,
                                200,
                                time.instant(),
                                Duration.ofMillis(1),
                                List.of()));
            }
            registry.deregister(new TargetId("nobody", "nobody")).join();
            time.advance(Duration.ofSeconds(60));
        }
        Path file = directory.resolve("monitor.db");
        for (int i = 0; i < 200; i++) {
            time.advance(Duration.ofMinutes(1));
            registry.deregister(new TargetId("nobody", "nobody")).join();
        }
        stop();
        long before = Files.size(file);
        start();
        time.advance(Duration.ofDays(5));
        Retention retention =
                new Retention(time, time, store.history(), new Keep(Duration.ofHours(1), Duration.ofDays(400)));
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
