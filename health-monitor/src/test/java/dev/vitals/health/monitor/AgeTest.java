package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.testkit.ManualScheduler;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No reader sees HEALTHY by a result that is too old, whatever part of the monitor stands still. */
class AgeTest {
    private static final String ID = "orders/m1";
    // Two intervals of 5 s and the timeout of 2 s.
    private static final int MAX_AGE = 12;

    @TempDir
    Path data;

    private final ManualScheduler time = new ManualScheduler();
    private TestMonitor monitor;
    private FakeApp app;

    /** The part that stands still. */
    enum Stalled {
        SCHEDULER("no result for 1"),
        RECORDER("results have waited"),
        STORE("results cannot be stored: database is locked");

        final String why;

        Stalled(String why) {
            this.why = why;
        }

        AutoCloseable stall(AgeTest test) throws Exception {
            switch (this) {
                case SCHEDULER -> {
                    // Polls, timeouts and the sweep.
                    test.time.die();
                    return () -> {};
                }
                case RECORDER -> {
                    CountDownLatch free = new CountDownLatch(1);
                    CountDownLatch busy = new CountDownLatch(1);
                    var unused = test.monitor.monitor().registry.edit(Map.of(), (transaction, encrypted) -> {
                        busy.countDown();
                        Await.latch(free);
                        return true;
                    });
                    Await.latch(busy);
                    return free::countDown;
                }
                case STORE -> {
                    Connection connection =
                            DriverManager.getConnection("jdbc:sqlite:" + test.data.resolve("monitor.db"));
                    try (Statement statement = connection.createStatement()) {
                        statement.executeUpdate("BEGIN EXCLUSIVE");
                    }
                    return connection;
                }
                default -> throw new AssertionError(this);
            }
        }
    }

    @BeforeEach
    void start() throws Exception {
        monitor = new TestMonitor(data, time);
        app = new FakeApp();
        monitor.api.register(
                ID, "{\"url\":\"" + app.url() + "\",\"interval\":5,\"timeout\":2,\"labels\":{\"cluster\":\"c\"}}");
        monitor.advance(Duration.ofSeconds(5));
        assertThat(monitor.api.state(ID)).isEqualTo("HEALTHY");
        assertThat(healthyReaders()).hasSize(6);
    }

    @AfterEach
    void stop() {
        monitor.close();
        app.close();
    }

    /** Returns the readers that take the target for healthy. */
    private List<String> healthyReaders() {
        List<String> healthy = new ArrayList<>();
        if (monitor.api.state(ID).equals("HEALTHY")) {
            healthy.add("target");
        }
        for (String path : List.of("/api/v1/targets", "/api/v1/groups/cluster/c", "/api/v1/http_sd")) {
            if (Api.text(monitor.api.get(path)).contains(":\"HEALTHY\"")) {
                healthy.add(path);
            }
        }
        if (monitor.api.get("/api/health/dashboard").statusCode() == 200) {
            healthy.add("dashboard");
        }
        if (Api.text(monitor.api.get("/metrics")).lines().anyMatch(AgeTest::isPass)) {
            healthy.add("metrics");
        }
        return healthy;
    }

    private static boolean isPass(String line) {
        return line.startsWith("vitals_target_status{") && line.endsWith(" 0.0");
    }

    @ParameterizedTest
    @EnumSource
    void noReaderSeesHealthyByAResultThatIsTooOld(Stalled part) throws Exception {
        try (AutoCloseable stalled = part.stall(this)) {
            assertThat(stalled).isNotNull();
            app.answers(500, "text/plain", "oops");
            for (int second = 0; second <= MAX_AGE; second++) {
                time.advance(Duration.ofSeconds(1));
            }
            assertThat(healthyReaders()).isEmpty();
            Await.until("it says why", () -> shown().path("why").asText().startsWith(part.why));
            assertThat(shown().path("state").asText()).isEqualTo("UNKNOWN");
            assertThat(shown().path("status").asText()).isEqualTo("fail");
            Await.until("its own health says so", () -> {
                time.advance(Duration.ofSeconds(1));
                return monitor.api.get("/_health").statusCode() == 503;
            });
        }
    }

    private JsonNode shown() {
        return monitor.api.target(ID);
    }

    @Test
    void theWallClockMayJumpWithoutAChange() {
        time.setWall(time.instant().plus(Duration.ofMinutes(1)));
        assertThat(healthyReaders()).hasSize(6);
        monitor.advance(Duration.ofSeconds(6));
        time.setWall(time.instant().minus(Duration.ofHours(1)));
        monitor.advance(Duration.ofSeconds(6));
        assertThat(healthyReaders()).hasSize(6);
        assertThat(shown().path("changes")).hasSize(1);
    }

    @Test
    void aSlowTargetThatIsPolledOnScheduleStaysHealthy() {
        for (int poll = 0; poll < 5; poll++) {
            CountDownLatch answer = new CountDownLatch(1);
            app.reportsWhen(answer, "{\"status\":\"pass\"}");
            int before = app.requests();
            monitor.allowHung(1);
            Await.until("the poll has arrived", () -> {
                if (monitor.monitor().schedule.activePolls() == 0) {
                    monitor.advance(Duration.ofSeconds(1));
                }
                return app.requests() > before;
            });
            time.advance(Duration.ofMillis(900));
            answer.countDown();
            monitor.allowHung(0);
            monitor.settle();
            assertThat(shown().path("state").asText()).isEqualTo("HEALTHY");
        }
        assertThat(shown().path("changes")).hasSize(1);
    }
}
