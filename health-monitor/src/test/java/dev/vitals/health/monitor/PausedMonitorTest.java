package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A monitor in a separate process that is stopped and continued while it polls. With the system property
 * {@code vitals.test.pauses} it is stopped that often, and then for 30 s.
 */
@DisabledOnOs(OS.WINDOWS)
class PausedMonitorTest {
    private static final int PAUSES = Integer.getInteger("vitals.test.pauses", 0);
    private static final Duration PAUSE = Duration.ofMillis(2_500);
    private static final int TARGETS = 30;
    private static final String FAILURE = "\"code\":\"ERROR\"";

    @TempDir
    Path data;

    @Test
    @Timeout(300)
    void aPauseOfTheMonitorIsNoFailureOfItsTargets() throws IOException, InterruptedException {
        try (FakeApp app = new FakeApp();
                MonitorProcess monitor = MonitorProcess.start(data)) {
            app.answersAfter(Duration.ofMillis(600));
            for (int i = 0; i < TARGETS; i++) {
                monitor.api()
                        .register(
                                "orders/m" + i,
                                "{\"url\":\"" + app.url() + "\",\"interval\":5,\"timeout\":2,\"lease\":0}");
            }
            Await.until("all have a result", () -> lastResults(monitor) == TARGETS);
            for (int i = 0; i < Math.max(1, PAUSES); i++) {
                pause(monitor, app, PAUSE);
            }
            assertThat(Api.text(monitor.api().get("/_health"))).contains("paused for");
            if (PAUSES > 0) {
                pause(monitor, app, Duration.ofSeconds(30));
            }
            for (int i = 0; i < TARGETS; i++) {
                assertThat(Api.text(monitor.api().get("/api/v1/targets/orders/m" + i + "/results?limit=all")))
                        .doesNotContain(FAILURE);
            }
        }
    }

    /** Stops the monitor while it polls, and waits until it has polled on. */
    private static void pause(MonitorProcess monitor, FakeApp app, Duration duration)
            throws IOException, InterruptedException {
        int before = app.requests();
        Await.until("a poll is under way", () -> app.requests() > before);
        monitor.signal("STOP");
        LockSupport.parkNanos(duration.toNanos());
        monitor.signal("CONT");
        int after = app.requests();
        Await.until("it polls on", () -> app.requests() > after + TARGETS);
    }

    private static int lastResults(MonitorProcess monitor) {
        int found = 0;
        for (JsonNode target : Api.json(monitor.api().get("/api/v1/targets")).path("targets")) {
            found += target.has("lastResult") ? 1 : 0;
        }
        return found;
    }
}
