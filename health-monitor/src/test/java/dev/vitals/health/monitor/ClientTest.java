package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.client.MonitorClient;
import dev.vitals.health.testing.LogLines;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our client and our monitor understand each other: they share a document, not classes. */
class ClientTest {
    @TempDir
    Path data;

    @Test
    void aClientRegistersIsPolledAndDeregisters() throws IOException {
        try (Monitor monitor = Monitor.builder().port(0).data(data).start();
                FakeApp app = new FakeApp()) {
            app.reports(200, "{\"status\":\"pass\"}");
            Api api = new Api(monitor.uri(), "");
            MonitorClient client = MonitorClient.builder(monitor.uri())
                    .app("orders")
                    .instance("m1")
                    .url(URI.create(app.url()))
                    .interval(Duration.ofSeconds(5))
                    .timeout(Duration.ofSeconds(2))
                    .unhealthyThreshold(3)
                    .healthyThreshold(4)
                    .notify("ops@example.org")
                    .label("machine", "m1")
                    .dependsOn("db", "payments/i1")
                    .dependsOn("db")
                    .token(Files.readString(monitor.tokenFile()).strip())
                    .start();
            try (client) {
                Await.until(
                        "the app is seen",
                        () -> api.get("/api/v1/targets?state=healthy&app=orders")
                                        .body()
                                        .length
                                > 50);
                JsonNode target = api.target("orders/m1");
                assertThat(target.path("thresholds").toString()).isEqualTo("{\"unhealthy\":3,\"healthy\":4}");
                assertThat(target.path("labels").path("machine").asText()).isEqualTo("m1");
                assertThat(target.path("labels").path("depends-on").asText()).isEqualTo("db,payments/i1");
                assertThat(target.path("changes").get(0).path("why").asText()).isEqualTo("answered 200");
            }
            assertThat(api.get("/api/v1/targets/orders/m1").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void aClientSilencesItselfForADeploymentAndAnOperatorAcknowledges() throws IOException {
        try (Monitor monitor = Monitor.builder().port(0).data(data).start();
                FakeApp app = new FakeApp()) {
            app.answers(503, "text/plain", "no");
            Api api = new Api(monitor.uri(), "");
            MonitorClient client = MonitorClient.builder(monitor.uri())
                    .app("orders")
                    .instance("m1")
                    .url(URI.create(app.url()))
                    .interval(Duration.ofSeconds(5))
                    .timeout(Duration.ofSeconds(2))
                    .unhealthyThreshold(2)
                    .token(Files.readString(monitor.tokenFile()).strip())
                    .start();
            try (client) {
                Await.until("it is registered", client::registered);
                assertThat(client.maintenance(Duration.ofMinutes(10), "release 2")
                                .join())
                        .isTrue();
                assertThat(api.target("orders/m1").toString()).contains("deployment of orders/m1");
                assertThat(client.endMaintenance().join()).isTrue();
                assertThat(Api.json(api.get("/api/v1/maintenance?active=true")).path("maintenance"))
                        .isEmpty();
                assertThatThrownBy(() -> client.maintenance(Duration.ofHours(5), "too long"))
                        .hasMessageContaining("duration");
                Await.until("an incident is open", () -> incident(api) != null);
                // The token of a registrar may not.
                assertThat(client.acknowledge(incident(api), "anna", "the disk").join())
                        .isFalse();
                String admin = Files.readString(monitor.tokenFile().resolveSibling("admin.token"));
                try (MonitorClient operator = MonitorClient.builder(monitor.uri())
                        .app("console")
                        .url(URI.create(app.url()))
                        .token(admin.strip())
                        .start()) {
                    assertThat(operator.acknowledge(incident(api), "anna", "the disk")
                                    .join())
                            .isTrue();
                }
            }
            assertThat(client.maintenance(Duration.ofMinutes(1), "closed").join())
                    .isFalse();
        }
    }

    private static String incident(Api api) {
        JsonNode id = Api.json(api.get("/api/v1/incidents?target=orders/m1"))
                .path("incidents")
                .path(0)
                .path("id");
        return id.isMissingNode() ? null : id.asText();
    }

    @Test
    void theAppLogsThatTheMonitorCannotReachIt() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        try (Monitor monitor = Monitor.builder().port(0).data(data).start();
                LogLines lines = new LogLines(MonitorClient.class);
                MonitorClient client = MonitorClient.builder(monitor.uri())
                        .app("orders")
                        .instance("m1")
                        .url(URI.create("http://127.0.0.1:" + closed))
                        .token(Files.readString(monitor.tokenFile()).strip())
                        .start()) {
            Await.until("it is registered", client::registered);
            Await.until("it is said", () -> !lines.at(Level.WARN).isEmpty());
            assertThat(lines.at(Level.WARN))
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .contains("orders/m1", "cannot reach it: connection refused (127.0.0.1:" + closed + ")"));
        }
    }
}
