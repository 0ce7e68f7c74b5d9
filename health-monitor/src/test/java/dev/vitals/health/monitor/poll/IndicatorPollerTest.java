package dev.vitals.health.monitor.poll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.Outcome;
import dev.vitals.health.StateMachine;
import dev.vitals.health.monitor.Await;
import dev.vitals.health.monitor.address.AddressGuard;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.ProbeKind;
import dev.vitals.health.monitor.model.ProbeSettings;
import dev.vitals.health.monitor.model.Source;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.testkit.ManualScheduler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndicatorPollerTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private final ManualScheduler time = new ManualScheduler();
    private final IndicatorPoller prober = new IndicatorPoller("exec", 1, target -> AddressGuard.NONE, time, time);

    @AfterEach
    void close() {
        prober.close();
    }

    private static Target target(String name, String... command) {
        ProbeSettings settings = new ProbeSettings(
                ProbeKind.read("exec", Map.of("command", List.of(command)), Map.of()),
                Duration.ofMinutes(1),
                TIMEOUT,
                StateMachine.of(1, 1),
                List.of(),
                Map.of(),
                Duration.ZERO);
        return Target.configured(new TargetId(name, "m"), Source.FILE, settings, Instant.EPOCH);
    }

    private List<PollResult> probe(Target target) {
        List<PollResult> results = new CopyOnWriteArrayList<>();
        prober.probe(target, results::add);
        return results;
    }

    /** Waits until the command has said that it runs. */
    private Target hung(String name) {
        return target(name, "sh", "-c", "touch " + directory.resolve(name) + "; sleep 613");
    }

    @Test
    void aRunThatHangsIsAFailureAtTheTimeoutAndMakesRoomForOthers() throws IOException {
        List<PollResult> hung = probe(hung("hung"));
        Await.until("it runs", () -> Files.exists(directory.resolve("hung")));
        List<PollResult> waiting = probe(target("waiting", "true"));
        List<PollResult> again = probe(hung("hung"));
        assertThat(again)
                .singleElement()
                .satisfies(result -> assertThat(result.message()).isEqualTo("the last run has not come back yet"));
        assertThat(hung).isEmpty();
        time.advance(TIMEOUT.minusMillis(1));
        assertThat(hung).isEmpty();
        time.advance(Duration.ofMillis(1));
        assertThat(hung).singleElement().satisfies(result -> {
            assertThat(result.code()).isEqualTo(Outcome.Code.ERROR);
            assertThat(result.message()).isEqualTo("no result within 30 s");
            assertThat(result.latency()).isEqualTo(TIMEOUT);
        });
        // It never got its turn.
        assertThat(waiting)
                .singleElement()
                .satisfies(result -> assertThat(result.message()).isEqualTo("no thread was free within 30 s"));
        Await.until("there is room again", () -> {
            List<PollResult> next = probe(target("next", "true"));
            Await.until("it has ended", () -> !next.isEmpty());
            return next.get(0).code() == Outcome.Code.OK;
        });
        assertThat(hung).hasSize(1);
    }

    @Test
    void aCommandThatIsNotThereIsAFailureAndNothingElse() {
        List<PollResult> results = probe(target("none", "no-such-command-anywhere"));
        Await.until("it has ended", () -> !results.isEmpty());
        assertThat(results.get(0).code()).isEqualTo(Outcome.Code.ERROR);
        assertThat(results.get(0).message())
                .isEqualTo("cannot run 'no-such-command-anywhere': no such command, or not allowed to run it");
    }

    @Test
    void afterTheEndNothingIsRun() {
        prober.close();
        assertThat(probe(target("late", "true")))
                .singleElement()
                .satisfies(result -> assertThat(result.message()).isEqualTo("the monitor is closing"));
    }
}
