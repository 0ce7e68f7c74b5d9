package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.testkit.ManualScheduler;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The WebSocket of events, of a running monitor. */
class EventSocketTest {
    private static final String PATH = "/ws";

    @TempDir
    Path data;

    private TestMonitor monitor;
    private final List<WebSocketClient> clients = new ArrayList<>();

    @AfterEach
    void stop() {
        clients.forEach(WebSocketClient::close);
        monitor.close();
    }

    private void start(UnaryOperator<MonitorBuilder> settings) {
        monitor = new TestMonitor(data, new ManualScheduler(), settings);
    }

    private void startClosed() {
        start(settings -> settings.anonymousRead(false));
    }

    private WebSocketClient open(Map<String, String> headers) {
        WebSocketClient client = new WebSocketClient(monitor.monitor().uri(), PATH, headers);
        clients.add(client);
        return client;
    }

    private WebSocketClient welcomed(Map<String, String> headers) {
        WebSocketClient client = open(headers);
        assertThat(client.next().path("type").asText()).isEqualTo("welcome");
        return client;
    }

    private int refusal(String path, Map<String, String> headers) {
        return WebSocketClient.refusal(monitor.monitor().uri(), path, headers);
    }

    private static Map<String, String> token(String token) {
        return Map.of("Authorization", "Bearer " + token);
    }

    private String id(HttpResponse<byte[]> answer) {
        assertThat(answer.statusCode()).as(Api.text(answer)).isEqualTo(201);
        return Api.json(answer).path("id").asText();
    }

    @Test
    void tellsOfStatesIncidentsGatesAndDeployments() throws IOException {
        start(settings -> settings);
        try (FakeApp app = new FakeApp()) {
            app.reports(200, "{\"status\":\"pass\"}");
            WebSocketClient client = welcomed(Map.of());
            monitor.api.register("orders/m1", "{\"url\":\"" + app.url() + "\",\"interval\":5,\"timeout\":2}");
            monitor.advance(Duration.ofSeconds(6));
            JsonNode healthy = client.next("state_changed");
            assertThat(healthy.path("target").asText()).isEqualTo("orders/m1");
            assertThat(healthy.path("to").asText()).isEqualTo("HEALTHY");

            String gate = id(monitor.admin.post("/api/v1/gates", "{\"service\":\"orders\",\"deadline\":600}"));
            monitor.advance(Duration.ofSeconds(30));
            JsonNode opened = client.next("gate_changed");
            assertThat(opened.path("gate").asText()).isEqualTo(gate);
            while (!opened.path("state").asText().equals("open")) {
                opened = client.next("gate_changed");
            }

            String deployment = id(monitor.admin.post(
                    "/api/v1/deployments", "{\"app\":\"orders\",\"gate\":\"" + gate + "\",\"version\":\"2\"}"));
            monitor.admin.post(
                    "/api/v1/deployments/" + deployment + "/events",
                    "{\"type\":\"deployment_log\",\"lines\":[\"pull\"]}");
            monitor.admin.post(
                    "/api/v1/deployments/" + deployment + "/events",
                    "{\"type\":\"deployment_failed\",\"reason\":\"no space\"}");
            JsonNode begun = client.next("deployment_started");
            assertThat(begun.path("deployment").asText()).isEqualTo(deployment);
            assertThat(begun.path("gate").asText()).isEqualTo(gate);
            assertThat(client.next("deployment_log").path("text").asText()).isEqualTo("pull");
            assertThat(client.next("deployment_failed").path("text").asText()).isEqualTo("no space");

            app.answers(503, "text/plain", "no");
            monitor.advance(Duration.ofSeconds(30));
            assertThat(client.next("incident_opened")
                            .path("cause")
                            .path("subject")
                            .asText())
                    .isEqualTo("orders/m1");
        }
    }

    @Test
    void admitsATokenInTheHeader() {
        startClosed();
        String viewer = new Admin(monitor).token("v", "viewer", "");
        assertThat(open(token(viewer)).next().path("name").asText()).isEqualTo("token:v");
        assertThat(refusal(PATH, token("wrong"))).isEqualTo(401);
        assertThat(refusal(PATH, token(monitor.registrarToken()))).isEqualTo(403);
    }

    @Test
    void admitsATokenInTheFirstMessage() {
        startClosed();
        WebSocketClient client = open(Map.of());
        client.send("{'type':'ping'}");
        assertThat(client.next().path("errors").path(0).path("bound").asText()).contains("authenticate");
        client.send("{'type':'authenticate','token':'" + monitor.adminToken() + "'}");
        assertThat(client.next().path("type").asText()).isEqualTo("welcome");
        client.send("{'type':'ping'}");
        assertThat(client.next().path("type").asText()).isEqualTo("pong");
        // The limit for the token is over.
        monitor.time.advance(Duration.ofSeconds(6));
        assertThat(client.send("{'type':'ping'}").next().path("type").asText()).isEqualTo("pong");
    }

    @Test
    void closesAfterABadTokenOrNone() {
        startClosed();
        WebSocketClient bad = open(Map.of()).send("{'type':'authenticate','token':'nonsense'}");
        JsonNode error = bad.next();
        assertThat(error.path("type").asText()).isEqualTo("error");
        assertThat(error.toString()).contains("not valid").doesNotContain("nonsense");
        assertThat(bad.closed()).startsWith("1008 ");
        WebSocketClient none = open(Map.of());
        Await.until("it is open", () -> monitor.monitor().web.openSockets() > 0);
        monitor.time.advance(Duration.ofSeconds(5));
        assertThat(none.closed()).startsWith("1008 ").contains("within 5 s");
    }

    @Test
    void refusesAQueryAndAForeignPage() {
        start(settings -> settings);
        String own = monitor.monitor().uri().toString();
        assertThat(refusal(PATH + "?token=" + monitor.adminToken(), Map.of())).isEqualTo(400);
        assertThat(refusal(PATH, Map.of("Origin", "http://evil.example"))).isEqualTo(403);
        assertThat(refusal(PATH, Map.of("Origin", "null"))).isEqualTo(403);
        assertThat(refusal(PATH, Map.of("Origin", own))).isEqualTo(101);
        assertThat(refusal("/ws/more", Map.of())).isEqualTo(404);
    }

    @Test
    void admitsASessionUntilItsEnd() {
        startClosed();
        new Admin(monitor).user("alice", "viewer");
        Browser browser = Browser.of(monitor.api, "alice");
        WebSocketClient client = welcomed(Map.of("Cookie", browser.cookie));
        browser.send(browser.request("/api/v1/logout").POST(HttpRequest.BodyPublishers.noBody()));
        monitor.time.advance(Duration.ofSeconds(15));
        assertThat(client.closed()).startsWith("1008 ").contains("not valid any more");
    }

    @Test
    void closesWhenTheTokenIsRevoked() {
        startClosed();
        Admin admin = new Admin(monitor);
        WebSocketClient client = welcomed(token(admin.token("v", "viewer", "")));
        admin.delete("/api/v1/tokens/v");
        monitor.time.advance(Duration.ofSeconds(15));
        assertThat(client.closed()).startsWith("1008 ");
    }

    @Test
    void answersBadMessagesAndGivesUpAfterTen() {
        start(settings -> settings);
        WebSocketClient client = welcomed(Map.of());
        assertThat(client.send("no json").next().path("detail").asText()).contains("not JSON");
        assertThat(client.send("[1]").next().path("detail").asText()).contains("JSON object");
        assertThat(client.send("{}").next().path("errors").path(0).path("field").asText())
                .isEqualTo("type");
        assertThat(client.send("{'type':'dance'}")
                        .next()
                        .path("errors")
                        .path(0)
                        .path("bound")
                        .asText())
                .isEqualTo("ping or authenticate");
        for (int i = 0; i < 6; i++) {
            client.send("{}").next();
        }
        assertThat(client.closed()).isEqualTo("1008 10 messages were refused");
    }

    @Test
    void takesNeitherBinaryNorLongMessages() {
        start(settings -> settings);
        WebSocketClient binary = welcomed(Map.of());
        binary.sendBinary();
        assertThat(binary.closed()).isEqualTo("1003 only text messages are taken");
        WebSocketClient longer = welcomed(Map.of());
        longer.send("{'type':'" + "x".repeat(5_000) + "'}");
        assertThat(longer.closed()).startsWith("1009 ");
    }

    @Test
    void pingsAndCutsWhoFallsSilent() {
        start(settings -> settings);
        WebSocketClient alive = welcomed(Map.of());
        try (Wire silent = new Wire(monitor.monitor().uri())) {
            silent.send("""
                    GET /ws HTTP/1.1
                    Host: localhost
                    Upgrade: websocket
                    Connection: Upgrade
                    Sec-WebSocket-Version: 13
                    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

                    """);
            Await.until("both are open", () -> monitor.monitor().web.openSockets() == 2);
            for (int i = 0; i < 4; i++) {
                monitor.time.advance(Duration.ofSeconds(15));
                // Its pong is heard before the next round.
                assertThat(alive.send("{'type':'ping'}").next().path("type").asText())
                        .isEqualTo("pong");
            }
            Await.until("the silent one is cut", () -> monitor.monitor().web.openSockets() == 1);
        }
    }

    @Test
    void closesAllWhenTheMonitorStops() {
        start(settings -> settings);
        WebSocketClient client = welcomed(Map.of());
        monitor.close();
        assertThat(client.closed()).startsWith("1001 ");
    }
}
