package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.testkit.ManualScheduler;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A monitor, an app that it polls, and short forms of the calls about gates. */
abstract class GateScene {
    static final String GATES = "/api/v1/gates";
    static final Duration INTERVAL = Duration.ofSeconds(20);
    static final String PASS = "{\"status\":\"pass\"}";
    static final String FAIL = "{\"status\":\"fail\",\"output\":\"no db\"}";

    @TempDir
    Path data;

    final ManualScheduler time = new ManualScheduler();
    TestMonitor monitor;
    FakeApp app;

    @BeforeEach
    void start() throws IOException {
        monitor = new TestMonitor(data, time);
        app = new FakeApp();
        app.reports(200, PASS);
    }

    @AfterEach
    void stop() {
        monitor.close();
        app.close();
    }

    void register(String id, String machine) {
        monitor.api.register(
                id,
                "{\"url\":\"" + app.url() + "\",\"interval\":20,\"timeout\":2,\"healthy\":2,\"lease\":0,"
                        + "\"labels\":{\"machine\":\"" + machine + "\",\"environment\":\"prod\"}}");
    }

    void registerHealthy(String id, String machine) {
        register(id, machine);
        monitor.advance(Duration.ofSeconds(2));
        assertThat(monitor.api.state(id)).isEqualTo("HEALTHY");
    }

    String create(String document) {
        HttpResponse<byte[]> answer = monitor.api.post(GATES, document);
        assertThat(answer.statusCode()).as(Api.text(answer)).isEqualTo(201);
        String id = Api.json(answer).path("id").asText();
        assertThat(answer.headers().firstValue("Location")).hasValue(GATES + "/" + id);
        return id;
    }

    JsonNode gate(String id) {
        HttpResponse<byte[]> answer = monitor.api.get(GATES + "/" + id);
        assertThat(answer.statusCode()).as(Api.text(answer)).isEqualTo(200);
        return Api.json(answer);
    }

    String state(String id) {
        return gate(id).path("state").asText();
    }

    CompletableFuture<HttpResponse<byte[]>> follow(String id) {
        int before = monitor.monitor().gates.following();
        CompletableFuture<HttpResponse<byte[]>> answer =
                monitor.api.sendAsync(monitor.api.request(GATES + "/" + id + "?wait=60"));
        Await.until("the call waits", () -> monitor.monitor().gates.following() > before);
        return answer;
    }

    List<String> events(String id) {
        List<String> events = new ArrayList<>();
        Api.json(monitor.api.get(GATES + "/" + id + "/events"))
                .path("events")
                .forEach(event -> events.add(event.path("what").asText()));
        return events;
    }

    List<String> ids(String query) {
        List<String> ids = new ArrayList<>();
        Api.json(monitor.api.get(GATES + query))
                .path("gates")
                .forEach(gate -> ids.add(gate.path("id").asText()));
        return ids;
    }
}
