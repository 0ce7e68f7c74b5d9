package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Polls of real servers, from the registration to the state that the API shows. */
class PollingTest {
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    @TempDir
    Path data;

    private TestMonitor monitor;
    private FakeApp app;

    @BeforeEach
    void start() throws IOException {
        monitor = new TestMonitor(data);
        app = new FakeApp();
    }

    @AfterEach
    void stop() {
        monitor.close();
        app.close();
    }

    private void register(String id, FakeApp at) {
        monitor.api.register(
                id, "{\"url\":\"" + at.url() + "\",\"interval\":5,\"timeout\":2,\"unhealthy\":3,\"healthy\":2}");
    }

    private void registerHealthy() {
        register("orders/m1", app);
        monitor.advance(INTERVAL);
        assertThat(monitor.api.state("orders/m1")).isEqualTo("HEALTHY");
    }

    // From then on it is the answer that is waited for.
    private void pollArrives() {
        monitor.allowHung(1);
        int before = app.requests();
        Await.until("the poll has arrived", () -> {
            if (monitor.monitor().schedule.activePolls() == 0) {
                monitor.advance(Duration.ofSeconds(1));
            }
            return app.requests() > before;
        });
    }

    @Test
    void pollsANewTargetWithinASecond() {
        register("orders/m1", app);
        monitor.advance(Duration.ofSeconds(1));
        assertThat(app.requests()).isEqualTo(1);
        assertThat(app.lastAccept()).startsWith("application/health+json");
        JsonNode target = monitor.api.target("orders/m1");
        assertThat(target.path("state").asText()).isEqualTo("HEALTHY");
        assertThat(target.path("lastResult").path("code").asText()).isEqualTo("OK");
        assertThat(target.path("lastResult").path("httpStatus").asInt()).isEqualTo(200);
        assertThat(target.path("lastResult").has("latencyMs")).isTrue();
    }

    @Test
    void becomesUnhealthyAndRecoversByItsThresholds() {
        registerHealthy();
        app.answers(500, "text/plain", "oops");
        List<String> ill = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            monitor.advance(INTERVAL);
            ill.add(monitor.api.state("orders/m1"));
        }
        assertThat(ill).containsExactly("DEGRADED", "DEGRADED", "UNHEALTHY");
        assertThat(monitor.api
                        .target("orders/m1")
                        .path("lastResult")
                        .path("message")
                        .asText())
                .isEqualTo("answered 500");
        app.answers(204, "text/plain", "");
        monitor.advance(INTERVAL);
        assertThat(monitor.api.state("orders/m1")).isEqualTo("UNHEALTHY");
        monitor.advance(INTERVAL);
        JsonNode target = monitor.api.target("orders/m1");
        assertThat(target.path("state").asText()).isEqualTo("HEALTHY");
        List<String> changes = new ArrayList<>();
        target.path("changes").forEach(change -> changes.add(change.path("to").asText()));
        assertThat(changes).containsExactly("HEALTHY", "UNHEALTHY", "DEGRADED", "HEALTHY");
        assertThat(target.path("changes").get(1).path("why").asText()).isEqualTo("answered 500");
        assertThat(target.path("since")).isEqualTo(target.path("changes").get(0).path("at"));
    }

    @Test
    void readsAHealthDocumentWithItsComponents() {
        registerHealthy();
        app.reports(
                200,
                "{\"status\":\"warn\",\"checks\":{\"database:responseTime\":[{\"status\":\"pass\"}],"
                        + "\"disk:utilization\":[{\"status\":\"warn\",\"output\":\"91 % full\"}]}}");
        monitor.advance(INTERVAL);
        JsonNode target = monitor.api.target("orders/m1");
        assertThat(target.path("state").asText()).isEqualTo("DEGRADED");
        assertThat(target.path("lastResult").path("code").asText()).isEqualTo("WARNING");
        assertThat(target.path("lastResult").path("message").asText()).isEqualTo("disk: 91 % full");
        assertThat(target.path("components").toString())
                .isEqualTo("[{\"name\":\"database\",\"status\":\"pass\"},"
                        + "{\"name\":\"disk\",\"status\":\"warn\",\"output\":\"91 % full\"}]");
    }

    @Test
    void anAppThatNeverRespondsFailsAtItsTimeout() {
        registerHealthy();
        app.hangs();
        pollArrives();
        int asked = app.requests();
        monitor.time.advance(Duration.ofSeconds(1));
        Await.until("it is asked on a new connection too", () -> app.requests() > asked);
        monitor.advance(Duration.ofSeconds(1));
        JsonNode target = monitor.api.target("orders/m1");
        assertThat(target.path("state").asText()).isEqualTo("DEGRADED");
        assertThat(target.path("lastResult").path("message").asText()).isEqualTo("no answer within 2 s");
        assertThat(target.path("lastResult").path("latencyMs").asDouble()).isEqualTo(2_000);
        assertThat(target.path("lastResult").has("httpStatus")).isFalse();
    }

    @Test
    void theTimeoutCoversTheBody() {
        registerHealthy();
        app.stalls();
        pollArrives();
        monitor.advance(Duration.ofSeconds(2));
        JsonNode target = monitor.api.target("orders/m1");
        assertThat(target.path("state").asText()).isEqualTo("DEGRADED");
        assertThat(target.path("lastResult").path("message").asText()).isEqualTo("no answer within 2 s");
    }

    @Test
    void closesTheConnectionOfAPollThatTookTooLong() throws IOException {
        try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            monitor.api.register(
                    "mute/m1",
                    "{\"url\":\"http://127.0.0.1:" + mute.getLocalPort() + "\",\"interval\":5,\"timeout\":2}");
            monitor.allowHung(1);
            monitor.advance(Duration.ofSeconds(1));
            try (Socket poll = mute.accept()) {
                poll.setSoTimeout(20_000);
                assertThat(poll.getInputStream().read()).isEqualTo('G');
                monitor.advance(Duration.ofSeconds(2));
                // Ends only when the other side closes.
                assertThat(poll.getInputStream().readAllBytes()).isNotEmpty();
            }
            assertThat(message("mute/m1")).isEqualTo("no answer within 2 s");
        }
    }

    @Test
    void aHungAppDoesNotDelayTheOthers() throws IOException {
        try (FakeApp hung = new FakeApp()) {
            hung.hangs();
            register("hung/m1", hung);
            for (int i = 0; i < 5; i++) {
                register("orders/m" + i, app);
            }
            monitor.allowHung(1);
            monitor.advance(Duration.ofSeconds(31));
            // One poll may still be on its way: the hung one is not always among those that are waited for.
            Await.until("the last polls have arrived", () -> app.requests() >= 5 * 7);
            // The first at once, then one in each of the six intervals, and in the seventh that has begun.
            assertThat(app.requests()).isBetween(5 * 7, 5 * 8);
            assertThat(monitor.api.state("hung/m1")).isEqualTo("UNHEALTHY");
            assertThat(monitor.api.state("orders/m3")).isEqualTo("HEALTHY");
        }
    }

    @Test
    void keepsTheConnectionForSomePolls() {
        registerHealthy();
        monitor.advance(INTERVAL.multipliedBy(3));
        assertThat(app.requests()).isGreaterThanOrEqualTo(4);
        assertThat(app.connections()).isEqualTo(1);
        // It shows nothing of new ones, so after at most 30 s there is another one.
        monitor.advance(INTERVAL.multipliedBy(5));
        assertThat(app.connections()).isEqualTo(2);
    }

    @Test
    void reportsWhyThereWasNoResponse() {
        int nobody = FakeApp.freePort();
        monitor.api.register("gone/m1", "{\"url\":\"http://127.0.0.1:" + nobody + "\",\"interval\":5,\"timeout\":2}");
        monitor.api.register("lost/m1", "{\"url\":\"http://no.such.host.invalid\",\"interval\":5,\"timeout\":2}");
        app.hangsUp();
        register("mute/m1", app);
        monitor.advance(Duration.ofSeconds(1));
        assertThat(message("gone/m1")).isEqualTo("connection refused");
        assertThat(message("lost/m1")).isEqualTo("host no.such.host.invalid is unknown");
        assertThat(message("mute/m1")).isEqualTo("the connection was closed without a response");
    }

    private String message(String id) {
        return monitor.api.target(id).path("lastResult").path("message").asText();
    }

    @Test
    void readsOnlyTheStartOfALargeBody() {
        String megabyte = "x".repeat(1_000_000);
        app.answers(200, "text/plain", megabyte);
        registerHealthy();
        app.reports(200, "{\"notes\":[\"" + megabyte + "\"],\"status\":\"pass\"}");
        monitor.advance(INTERVAL);
        assertThat(message("orders/m1"))
                .isEqualTo("answered 200 with a body that is longer than 256 KiB, without a status at its begin");
        app.reports(200, "{\"status\":\"pass\"}");
        monitor.advance(INTERVAL);
        assertThat(monitor.api
                        .target("orders/m1")
                        .path("lastResult")
                        .path("code")
                        .asText())
                .isEqualTo("OK");
    }

    @Test
    void followsNoRedirect() {
        registerHealthy();
        app.answers(302, "text/plain", "");
        monitor.advance(INTERVAL);
        assertThat(message("orders/m1")).isEqualTo("answered 302");
    }

    @Test
    void registeringAgainKeepsTheState() throws IOException {
        registerHealthy();
        JsonNode before = monitor.api.target("orders/m1");
        register("orders/m1", app);
        JsonNode after = monitor.api.target("orders/m1");
        assertThat(after.path("since")).isEqualTo(before.path("since"));
        assertThat(after.path("registeredAt")).isEqualTo(before.path("registeredAt"));
        assertThat(after.path("lastResult")).isEqualTo(before.path("lastResult"));
        // Another address gets the name once the first one does not answer any more.
        app.hangsUp();
        Await.until("the poll fails", () -> {
            monitor.advance(Duration.ofSeconds(1));
            return monitor.api.state("orders/m1").equals("DEGRADED");
        });
        try (FakeApp elsewhere = new FakeApp()) {
            register("orders/m1", elsewhere);
            // Looked at at once, for nobody knows yet whether the other URL can be reached.
            monitor.settle();
            assertThat(monitor.api.target("orders/m1").path("registeredAt")).isEqualTo(before.path("registeredAt"));
            assertThat(elsewhere.requests()).isEqualTo(1);
        }
    }

    @Test
    void stopsPollingAfterDeregistration() {
        registerHealthy();
        int before = app.requests();
        monitor.api.delete("orders/m1");
        monitor.advance(Duration.ofSeconds(20));
        assertThat(app.requests()).isEqualTo(before);
    }
}
