package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.testkit.ManualScheduler;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The WebSocket of measurements, of a running monitor. */
class MetricSocketTest {
    private static final String PATH = "/api/ws/metrics";
    private static final String SUBSCRIBE = "{'type':'subscribe','device_id':'m1'}";
    private static final String HEALTH = "{\"status\":\"pass\",\"checks\":{"
            + "\"cpu:utilization\":[{\"status\":\"pass\",\"observedValue\":12.5,\"observedUnit\":\"percent\"}],"
            + "\"memory:utilization\":[{\"status\":\"pass\",\"observedValue\":61,\"observedUnit\":\"percent\"}],"
            + "\"disk:free\":[{\"status\":\"pass\",\"observedValue\":4096,\"observedUnit\":\"bytes\"}],"
            + "\"db:responseTime\":[{\"status\":\"pass\",\"observedValue\":3,\"observedUnit\":\"ms\"}]}}";

    @TempDir
    Path data;

    private TestMonitor monitor;
    private FakeApp app;
    private final List<WebSocketClient> clients = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        app = new FakeApp();
        app.reports(200, HEALTH);
        monitor = new TestMonitor(data, new ManualScheduler());
        register("orders/i1", "m1");
    }

    @AfterEach
    void stop() {
        clients.forEach(WebSocketClient::close);
        monitor.close();
        app.close();
    }

    private void register(String id, String machine) {
        monitor.api.register(
                id,
                "{\"url\":\"" + app.url() + "\",\"interval\":5,\"timeout\":2,\"labels\":{\"machine\":\"" + machine
                        + "\"}}");
    }

    private WebSocketClient open() {
        WebSocketClient client = new WebSocketClient(monitor.monitor().uri(), PATH, Map.of());
        clients.add(client);
        client.next("welcome");
        return client;
    }

    private static String error(JsonNode frame) {
        assertThat(frame.path("type").asText()).as(frame.toString()).isEqualTo("error");
        return frame.path("errors").path(0).path("bound").asText();
    }

    @Test
    void sendsWhatAppsMeasureOfTheirHost() {
        WebSocketClient client = open().send(SUBSCRIBE);
        assertThat(client.next().toString()).isEqualTo("{\"type\":\"subscribed\",\"device_id\":\"m1\"}");
        monitor.advance(Duration.ofSeconds(6));
        JsonNode sample = client.next();
        assertThat(sample.path("type").asText()).isEqualTo("metrics");
        assertThat(sample.path("device_id").asText()).isEqualTo("m1");
        assertThat(sample.path("target").asText()).isEqualTo("orders/i1");
        assertThat(sample.path("cpu").asDouble()).isEqualTo(12.5);
        assertThat(sample.path("memory").asDouble()).isEqualTo(61);
        assertThat(sample.has("disk")).isFalse();
        assertThat(sample.path("measurements").findValuesAsText("name")).containsExactly("cpu", "memory", "disk");
    }

    @Test
    void beginsWithTheNewestSample() {
        monitor.advance(Duration.ofSeconds(6));
        WebSocketClient client = open().send(SUBSCRIBE);
        client.next("subscribed");
        assertThat(client.next().path("cpu").asDouble()).isEqualTo(12.5);
    }

    @Test
    void sendsNothingOfOtherDevicesAndNothingAfterTheEnd() {
        register("orders/i2", "m2");
        WebSocketClient client = open().send(SUBSCRIBE);
        client.next("subscribed");
        monitor.advance(Duration.ofSeconds(11));
        client.send("{'type':'unsubscribe','device_id':'m1'}");
        JsonNode frame = client.next();
        int samples = 0;
        while (!frame.path("type").asText().equals("unsubscribed")) {
            assertThat(frame.path("device_id").asText()).isEqualTo("m1");
            samples++;
            frame = client.next();
        }
        assertThat(samples).isBetween(1, 3);
        monitor.advance(Duration.ofSeconds(11));
        assertThat(client.send("{'type':'ping'}").next().path("type").asText()).isEqualTo("pong");
    }

    @Test
    void saysWhatIsWrongWithAMessage() {
        WebSocketClient client = open();
        assertThat(error(client.send("{'type':'subscribe'}").next())).contains("the name of a host");
        assertThat(error(client.send("{'type':'subscribe','device_id':'m9'}").next()))
                .contains("label machine");
        assertThat(error(client.send("{'type':'subscribe','device_id':7}").next()))
                .contains("the name of a host");
        assertThat(error(client.send("{'type':'subscribe','device_id':'m1','x':1}")
                        .next()))
                .contains("the fields are");
        assertThat(error(client.send("{'type':'unsubscribe','device_id':'m1'}").next()))
                .contains("this socket subscribes to");
        assertThat(error(client.send("{'type':'list'}").next()))
                .isEqualTo("subscribe, unsubscribe, ping or authenticate");
    }

    @Test
    void servesAThousandSubscribers() {
        for (int i = 0; i < 1_000; i++) {
            open().send(SUBSCRIBE);
        }
        clients.forEach(client -> client.next("subscribed"));
        monitor.advance(Duration.ofSeconds(6));
        clients.forEach(client ->
                assertThat(client.next("metrics").path("cpu").asDouble()).isEqualTo(12.5));
        assertThat(clients).noneMatch(WebSocketClient::isClosed);
        assertThat(monitor.api.get("/_ping").statusCode()).isEqualTo(200);
        clients.forEach(WebSocketClient::close);
        Await.until("all have gone", () -> monitor.monitor().web.openSockets() == 0);
    }
}
