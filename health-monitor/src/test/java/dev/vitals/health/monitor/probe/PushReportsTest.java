package dev.vitals.health.monitor.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.Outcome;
import dev.vitals.health.monitor.model.Moment;
import dev.vitals.health.monitor.model.Registration;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.testkit.ManualScheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PushReportsTest {
    private static final Duration INTERVAL = Duration.ofSeconds(20);

    private final ManualScheduler time = new ManualScheduler();
    private final List<String> results = new ArrayList<>();
    private final Target target = Target.registered(
            new TargetId("backup", "m1"),
            Registration.builder("http://a").interval(INTERVAL).build(),
            Instant.EPOCH);
    private Duration paused = Duration.ZERO;

    private PushReports reports() {
        return new PushReports(time, time, since -> paused, (polled, result) -> results.add(result.summary()));
    }

    private Moment ago(Duration age) {
        return new Moment(time.instant(), time.nanoTime()).minus(age);
    }

    @Test
    void aRestartDoesNotForgiveASilentApp() {
        try (PushReports restarted = reports()) {
            restarted.resume(target, ago(Duration.ofSeconds(14)));
            time.advance(Duration.ofSeconds(5));
            assertThat(results).isEmpty();
            time.advance(Duration.ofSeconds(1));
            assertThat(results).containsExactly("no report for 20 s");
        }
    }

    @Test
    void aReportThatWasDueWhileTheMonitorDidNotRunMayHaveBeenMissed() {
        try (PushReports restarted = reports()) {
            restarted.resume(target, ago(Duration.ofSeconds(25)));
            time.advance(Duration.ofSeconds(14));
            assertThat(results).isEmpty();
            time.advance(Duration.ofSeconds(1));
            assertThat(results).containsExactly("no report for 20 s");
        }
    }

    @Test
    void aPauseOfTheMonitorIsNoSilence() {
        try (PushReports reports = reports()) {
            reports.watch(target);
            paused = Duration.ofSeconds(8);
            time.advance(INTERVAL);
            assertThat(results).isEmpty();
            reports.report(target.id(), new PushReport(Outcome.Code.OK, null, List.of()));
            paused = Duration.ZERO;
            time.advance(Duration.ofSeconds(19));
            assertThat(results).containsExactly("OK");
            time.advance(Duration.ofSeconds(1));
            assertThat(results).hasSize(2);
        }
    }
}
