package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A monitor in a separate process that is killed again and again while it polls. The system property
 * {@code vitals.test.restarts} says how often.
 */
class RestartsTest {
    private static final int RESTARTS = Integer.getInteger("vitals.test.restarts", 2);
    private static final int TARGETS = 40;
    private static final int PASSES = 10;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    // Two intervals of 15 s and the timeout of 14 s are 44 s; the first polls need some time too.
    private static final Duration LONGEST_ABSENCE = Duration.ofSeconds(34);

    @TempDir
    Path data;

    private final AtomicInteger passesOfFlaky = new AtomicInteger();

    @Test
    @Timeout(3_600)
    void aKilledMonitorChangesNoStateAndNoCount(TestReporter reporter) throws Exception {
        try (FakeApp app = new FakeApp();
                FakeApp flaky = new FakeApp()) {
            AtomicInteger asked = new AtomicInteger();
            flaky.answersBy(() -> {
                boolean fails = asked.incrementAndGet() == 2;
                passesOfFlaky.addAndGet(fails ? 0 : 1);
                return fails ? 500 : 200;
            });
            Map<String, JsonNode> before;
            try (MonitorProcess first = MonitorProcess.start(data)) {
                register(first, "flaky/m1", flaky);
                for (int i = 0; i < TARGETS; i++) {
                    register(first, "orders/m" + i, app);
                }
                Await.until(
                        "the flaky one has failed",
                        () -> targets(first).values().stream()
                                .anyMatch(target -> state(target).equals("DEGRADED")));
                passesOfFlaky.set(0);
                before = polledByAll(first, false);
            }
            int counted = 0;
            for (int restart = 0; restart < RESTARTS; restart++) {
                try (MonitorProcess monitor = MonitorProcess.start(data)) {
                    boolean inTime = Instant.now().isBefore(oldest(before).plus(LONGEST_ABSENCE));
                    Map<String, JsonNode> after = polledByAll(monitor, inTime);
                    if (inTime) {
                        counted++;
                        before.forEach((id, target) -> {
                            if (!id.contains("flaky")) {
                                assertThat(after.get(id).path("since")).as(id).isEqualTo(target.path("since"));
                            }
                        });
                    }
                    before = after;
                }
            }
            reporter.publishEntry("restarts that were fast enough to count", counted + " of " + RESTARTS);
        }
    }

    private static void register(MonitorProcess monitor, String id, FakeApp app) {
        monitor.api()
                .register(
                        id,
                        "{\"url\":\"" + app.url()
                                + "\",\"interval\":15,\"timeout\":14,\"unhealthy\":2,\"healthy\":10,\"lease\":0}");
    }

    /** Looks at all states until each target was polled, and a little longer; returns the targets. */
    private Map<String, JsonNode> polledByAll(MonitorProcess monitor, boolean mustBeWell) {
        Instant up = Instant.now();
        long looks = ThreadLocalRandom.current().nextLong(20);
        while (true) {
            int passes = passesOfFlaky.get();
            Map<String, JsonNode> targets = targets(monitor);
            if (mustBeWell) {
                targets.forEach((id, target) -> {
                    String expected = id.contains("flaky") && passes < PASSES ? "DEGRADED" : "HEALTHY";
                    boolean counts = !id.contains("flaky") || passesOfFlaky.get() < PASSES;
                    assertThat(!counts || state(target).equals(expected))
                            .as(target.toString())
                            .isTrue();
                });
            }
            if (oldest(targets).isAfter(up) && looks-- <= 0) {
                return targets;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    private static Instant oldest(Map<String, JsonNode> targets) {
        return targets.values().stream()
                .map(target -> target.path("lastResult").path("time").asText())
                .map(time -> time.isEmpty() ? Instant.EPOCH : Instant.parse(time))
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    private static String state(JsonNode target) {
        return target.path("state").asText();
    }

    private static Map<String, JsonNode> targets(MonitorProcess monitor) {
        Map<String, JsonNode> targets = new TreeMap<>();
        for (JsonNode target : Api.json(monitor.api().get("/api/v1/targets")).path("targets")) {
            targets.put(
                    target.path("app").asText() + "/" + target.path("instance").asText(), target);
        }
        return targets;
    }
}
