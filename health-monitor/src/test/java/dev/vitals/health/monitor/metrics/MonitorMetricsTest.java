package dev.vitals.health.monitor.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.Health;
import dev.vitals.health.Outcome;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Registration;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.registry.Registry;
import dev.vitals.health.monitor.store.TestDatabase;
import dev.vitals.health.testing.Promtool;
import dev.vitals.health.testkit.ManualScheduler;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MonitorMetricsTest {
    @TempDir
    Path directory;

    private final ManualScheduler time = new ManualScheduler();
    private TestDatabase database;
    private Registry registry;
    private MonitorMetrics metrics;

    @BeforeEach
    void start() {
        database = new TestDatabase(directory);
        registry = database.registry(time, Duration.ofHours(24));
        metrics = new MonitorMetrics(registry);
        registry.start();
    }

    @AfterEach
    void close() {
        metrics.close();
        registry.close();
        database.close();
    }

    private Target register(String instance) {
        return registry.register(
                        new TargetId("orders", instance),
                        Registration.builder("http://a").build(),
                        registered -> TestDatabase.ENTRY)
                .join()
                .target();
    }

    private void poll(Target target, Outcome.Code code) {
        PollResult result = new PollResult(code, null, 200, time.instant(), Duration.ofMillis(40), List.of());
        metrics.polled(result);
        registry.record(target, result);
        registry.settled().join();
    }

    @Test
    void showsEachTargetAndCountsStatesAndPolls() {
        poll(register("m1"), Outcome.Code.OK);
        poll(register("m2"), Outcome.Code.WARNING);
        register("m3");
        String label = "app=\"orders\",instance=\"%s\",kind=\"health\",source=\"registration\"";
        assertThat(metrics.scrape().lines())
                .contains(
                        "vitals_target_status{" + label.formatted("m1") + "} 0.0",
                        "vitals_target_status{" + label.formatted("m2") + "} 1.0",
                        "vitals_target_status{" + label.formatted("m3") + "} 2.0",
                        "vitals_target_latency_seconds{" + label.formatted("m1") + "} 0.04",
                        "vitals_monitor_targets{state=\"healthy\"} 1.0",
                        "vitals_monitor_targets{state=\"unknown\"} 1.0",
                        "vitals_monitor_poll_seconds_count{outcome=\"ok\"} 1",
                        "vitals_monitor_poll_seconds_count{outcome=\"error\"} 0")
                .noneMatch(line -> line.startsWith("vitals_target_latency") && line.contains("m3"));
    }

    @Test
    void aRemovedTargetIsNotShown() {
        Target target = register("m1");
        poll(target, Outcome.Code.OK);
        registry.deregister(target.id(), TestDatabase.ENTRY).join();
        assertThat(metrics.scrape())
                .doesNotContain("instance=\"m1\"")
                .contains("vitals_monitor_targets{state=\"healthy\"} 0.0");
    }

    @Test
    void promtoolAcceptsTheScrape() throws IOException, InterruptedException {
        poll(register("m1"), Outcome.Code.OK);
        try (Health own = Health.builder()
                .check("store", Outcome::ok)
                .scheduler(time)
                .clock(time)
                .start()) {
            metrics.bind(own);
            Promtool.accepts(metrics.scrape());
        }
    }
}
