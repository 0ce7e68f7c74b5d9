package dev.vitals.health.monitor;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every kind of check against a real thing, by every source that allows it. */
class KindsTest {
    @TempDir
    static Path keyDirectory;

    private static Keys serverKeys;
    private static Keys clientKeys;

    @TempDir
    Path directory;

    private Thing thing;
    private FakeApp app;

    @BeforeAll
    static void makeKeys() {
        serverKeys = Keys.create(keyDirectory, "server");
        clientKeys = Keys.create(keyDirectory, "client");
    }

    @BeforeEach
    void start() throws IOException {
        thing = new Thing(directory);
        app = new FakeApp();
    }

    @AfterEach
    void stop() {
        thing.close();
        app.close();
    }

    @ParameterizedTest
    @EnumSource
    void http(Thing.By source) throws IOException {
        app.answers(204, "text/plain", "");
        Thing.isHealthy(thing.watch(
                source, "http", Map.of("url", app.url() + "/x?a=b", "expectedStatus", new Object[] {200, "204-205"})));
        app.answers(503, "text/plain", "no");
        assertThat(Thing.trouble(thing.next())).isEqualTo("answered 503, expected 200 or 204-205");
        app.hangsUp();
        assertThat(Thing.trouble(thing.next())).isEqualTo("the connection was closed without a response");
    }

    @ParameterizedTest
    @EnumSource
    void theStatusThatIsExpectedByDefault(Thing.By source) throws IOException {
        app.answers(204, "text/plain", "");
        JsonNode target = thing.watch(source, "http", Map.of("url", app.url()));
        if (source == Thing.By.FILE) {
            assertThat(Thing.trouble(target)).isEqualTo("answered 204, expected 200");
        } else {
            Thing.isHealthy(target);
        }
    }

    @ParameterizedTest
    @EnumSource
    void httpWithABodyHeadersAndALogin(Thing.By source) throws IOException {
        app.answers(200, "application/json", "{\"db\":{\"up\":true},\"text\":\"all is well\"}");
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("url", app.url());
        fields.put("contains", "is well");
        fields.put("json", new Object[] {Map.of("pointer", "/db/up", "equals", true)});
        fields.put("headers", Map.of("X-Plain", "open", "X-Api-Key", "hidden-key"));
        fields.put("user", "monitor");
        fields.put("password", "hidden-password");
        Thing.isHealthy(thing.watch(source, "http", fields));
        assertThat(app.lastHeader("Authorization")).isEqualTo("Basic bW9uaXRvcjpoaWRkZW4tcGFzc3dvcmQ=");
        assertThat(app.lastHeader("X-Plain")).isEqualTo("open");
        assertThat(app.lastHeader("X-Api-Key")).isEqualTo("hidden-key");
        app.answers(200, "application/json", "{\"db\":{\"up\":false},\"text\":\"all is well\"}");
        assertThat(Thing.trouble(thing.next())).isEqualTo("answered 200 with 'false' at /db/up, expected 'true'");
        app.answers(
                200,
                "application/health+json",
                "{\"status\":\"fail\",\"db\":{\"up\":true},\"output\":\"is well not\"}");
        assertThat(Thing.trouble(thing.next())).isEqualTo("is well not");
        isNowhere("hidden-password");
        isNowhere("hidden-key");
    }

    private void isNowhere(String secret) throws IOException {
        assertThat(thing.monitor.api.target(Thing.ID).toString()).doesNotContain(secret);
        assertThat(Api.text(thing.monitor.api.get("/api/v1/hosts/thing/checks")))
                .doesNotContain(secret);
        for (String name : new String[] {"monitor.db", "monitor.db-wal"}) {
            assertThat(Files.readString(thing.directory.resolve("data").resolve(name), ISO_8859_1))
                    .doesNotContain(secret);
        }
    }

    @ParameterizedTest
    @EnumSource
    void httpWithACertificateThatNobodyVouchesFor(Thing.By source) throws IOException {
        try (Agent server = new Agent(serverKeys.serverTrusting(clientKeys), false)) {
            assertThat(Thing.trouble(thing.watch(source, "http", Map.of("url", server.url()))))
                    .startsWith("TLS failed: ");
        }
    }

    @ParameterizedTest
    @EnumSource
    void httpWithAnInsecureCertificateByChoice(Thing.By source) throws IOException {
        Keys other = Keys.create(directory, "other", "-ext", "SAN=dns:elsewhere.example");
        try (Agent server = new Agent(other.serverTrusting(clientKeys), false)) {
            Thing.isHealthy(thing.watch(source, "http", Map.of("url", server.url(), "insecure", true)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void health(Thing.By source) throws IOException {
        app.reports(
                200, "{\"status\":\"warn\",\"checks\":{\"disk\":[{\"status\":\"warn\",\"output\":\"91 % full\"}]}}");
        JsonNode target = thing.watch(source, "health", Map.of("url", app.url(), "healthPath", "/_health"));
        assertThat(target.path("state").asText()).isEqualTo("DEGRADED");
        assertThat(target.path("components").get(0).path("output").asText()).isEqualTo("91 % full");
    }

    @ParameterizedTest
    @EnumSource
    void serviceThroughAnAgentOverMutualTls(Thing.By source) throws IOException {
        try (Agent agent = new Agent(serverKeys.serverTrusting(clientKeys), true)) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("url", agent.url());
            fields.put("service", "nginx");
            fields.put("ca", serverKeys.certificatePem());
            fields.put("clientCertificate", clientKeys.certificatePem());
            fields.put("clientKey", clientKeys.keyPem());
            Thing.isHealthy(thing.watch(source, "service", fields));
            assertThat(agent.lastPath).isEqualTo("/api/v1/system/services/nginx");
            agent.answers(200, "{\"data\":{\"healthy\":false}}");
            assertThat(Thing.trouble(thing.next())).isEqualTo("the agent reports that nginx is not healthy");
            agent.answers(404, "{}");
            assertThat(Thing.trouble(thing.next())).isEqualTo("the agent does not know the service nginx");
            agent.answers(500, "{\"data\":{\"healthy\":true}}");
            assertThat(Thing.trouble(thing.next())).isEqualTo("the agent answered 500");
            agent.answers(200, "{\"data\":{\"healthy\":\"yes\"}}");
            assertThat(Thing.trouble(thing.next())).contains("at /data/healthy, expected true or false");
            isNowhere(clientKeys.keyPem().lines().skip(1).findFirst().orElseThrow());
        }
    }

    @ParameterizedTest
    @EnumSource
    void serviceThroughAnAgentThatGetsNoCertificate(Thing.By source) throws IOException {
        try (Agent agent = new Agent(serverKeys.serverTrusting(clientKeys), true)) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("url", agent.url());
            fields.put("service", "nginx");
            fields.put("ca", serverKeys.certificatePem());
            assertThat(Thing.trouble(thing.watch(source, "service", fields))).isNotEmpty();
            assertThat(agent.lastPath).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void tcp(Thing.By source) throws IOException {
        int port;
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            port = server.getLocalPort();
            Thing.isHealthy(thing.watch(source, "tcp", Map.of("host", "127.0.0.1", "port", port)));
        }
        assertThat(Thing.trouble(thing.next())).isEqualTo("connection refused");
    }

    @ParameterizedTest
    @EnumSource
    void httpOfASocketThatAcceptsAndNeverAnswers(Thing.By source) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            thing.monitor.allowHung(1);
            thing.configure(source, "http", Map.of("url", "http://127.0.0.1:" + server.getLocalPort()));
            Await.until("the time limit has passed", () -> {
                thing.monitor.time.advance(Duration.ofSeconds(1));
                return thing.monitor.api.target(Thing.ID).path("state").asText().equals("UNHEALTHY");
            });
            assertThat(Thing.trouble(thing.monitor.api.target(Thing.ID))).isEqualTo("no answer within 2 s");
        }
    }

    @ParameterizedTest
    @EnumSource
    void dns(Thing.By source) throws IOException {
        Thing.isHealthy(thing.watch(source, "dns", Map.of("name", "localhost")));
    }

    @ParameterizedTest
    @EnumSource
    void dnsWithOtherAddresses(Thing.By source) throws IOException {
        String message = Thing.trouble(thing.watch(
                source, "dns", Map.of("name", "localhost", "expectedAddresses", new Object[] {"192.0.2.1"})));
        assertThat(message).startsWith("localhost resolves to ").endsWith("expected 192.0.2.1");
    }

    @ParameterizedTest
    @EnumSource
    void tls(Thing.By source) throws IOException {
        try (Agent server = new Agent(serverKeys.serverTrusting(clientKeys), false)) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("host", "127.0.0.1");
            fields.put("port", server.port());
            fields.put("ca", serverKeys.certificatePem());
            Thing.isHealthy(thing.watch(source, "tls", fields));
        }
    }

    @ParameterizedTest
    @EnumSource
    void tlsThatExpired(Thing.By source) throws IOException {
        Keys expired = Keys.create(directory, "expired", "-startdate", "-30d", "-validity", "10");
        try (Agent server = new Agent(expired.serverTrusting(clientKeys), false)) {
            Map<String, Object> fields =
                    Map.of("host", "127.0.0.1", "port", server.port(), "ca", expired.certificatePem());
            assertThat(Thing.trouble(thing.watch(source, "tls", fields))).contains(" expired at ");
        }
    }

    @ParameterizedTest
    @EnumSource
    void tlsThatExpiresSoon(Thing.By source) throws IOException {
        Keys soon = Keys.create(directory, "soon", "-validity", "15");
        try (Agent server = new Agent(soon.serverTrusting(clientKeys), false)) {
            Map<String, Object> fields =
                    Map.of("host", "127.0.0.1", "port", server.port(), "ca", soon.certificatePem());
            assertThat(thing.watch(source, "tls", fields).path("state").asText())
                    .isEqualTo("DEGRADED");
        }
    }

    @ParameterizedTest
    @EnumSource
    void push(Thing.By source) throws IOException {
        assertThat(Thing.trouble(thing.watch(source, "push", Map.of()))).isEqualTo("no report for 5 s");
        assertThat(report("{\"status\":\"pass\"}")).isEqualTo(204);
        Thing.isHealthy(thing.settled());
        assertThat(report("{\"status\":\"warn\",\"message\":\"late\",\"data\":{\"queue\":7}}"))
                .isEqualTo(204);
        JsonNode late = thing.settled();
        assertThat(late.path("state").asText()).isEqualTo("DEGRADED");
        assertThat(late.path("lastResult").path("message").asText()).isEqualTo("late");
        assertThat(late.path("components").toString()).contains("queue", "7");
        assertThat(report("{\"status\":\"fail\",\"checks\":{\"db\":[{\"status\":\"fail\",\"output\":\"gone\"}]}}"))
                .isEqualTo(204);
        assertThat(Thing.trouble(thing.settled())).isEqualTo("reported fail");
        assertThat(report("")).isEqualTo(204);
        Thing.isHealthy(thing.settled());
        // Somebody who reports in time is never silent.
        for (int i = 0; i < 5; i++) {
            thing.monitor.advance(Duration.ofSeconds(4));
            report("");
            Thing.isHealthy(thing.settled());
        }
        assertThat(report("{\"status\":\"purple\"}")).isEqualTo(400);
        assertThat(report("all is well")).isEqualTo(400);
        assertThat(Thing.trouble(thing.next())).isEqualTo("no report for 5 s");
    }

    private int report(String body) {
        int status = 0;
        for (int i = 0; i < thing.votes; i++) {
            status = thing.monitor
                    .admin
                    .send("POST", "/api/v1/push/" + Thing.ID, body)
                    .statusCode();
        }
        return status;
    }

    @Test
    void reportsAreTakenFromThoseAloneWhoAreToSendThem() throws IOException {
        assertThat(report("")).isEqualTo(404);
        thing.watch(Thing.By.FILE, "tcp", Map.of("host", "127.0.0.1", "port", app.port()));
        assertThat(report("")).isEqualTo(409);
        assertThat(thing.monitor
                        .api
                        .send(thing.monitor
                                .api
                                .request("/api/v1/push/" + Thing.ID)
                                .POST(HttpRequest.BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(401);
    }
}
