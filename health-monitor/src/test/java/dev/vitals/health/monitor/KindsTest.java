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
import java.util.List;
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

    private OneTarget polled;
    private FakeApp app;

    @BeforeAll
    static void makeKeys() {
        serverKeys = Keys.create(keyDirectory, "server");
        clientKeys = Keys.create(keyDirectory, "client");
    }

    @BeforeEach
    void start() throws IOException {
        polled = new OneTarget(directory);
        app = new FakeApp();
    }

    @AfterEach
    void stop() {
        polled.close();
        app.close();
    }

    @ParameterizedTest
    @EnumSource
    void http(OneTarget.By source) throws IOException {
        app.answers(204, "text/plain", "");
        OneTarget.isHealthy(polled.watch(
                source, "http", Map.of("url", app.url() + "/x?a=b", "expectedStatus", new Object[] {200, "204-205"})));
        app.answers(503, "text/plain", "no");
        assertThat(OneTarget.failure(polled.next())).isEqualTo("answered 503, expected 200 or 204-205");
        app.hangsUp();
        assertThat(OneTarget.failure(polled.next())).isEqualTo("the connection was closed without a response");
    }

    @ParameterizedTest
    @EnumSource
    void theExpectedStatusByDefault(OneTarget.By source) throws IOException {
        app.answers(204, "text/plain", "");
        JsonNode target = polled.watch(source, "http", Map.of("url", app.url()));
        if (source == OneTarget.By.FILE) {
            assertThat(OneTarget.failure(target)).isEqualTo("answered 204, expected 200");
        } else {
            OneTarget.isHealthy(target);
        }
    }

    @ParameterizedTest
    @EnumSource
    void httpWithABodyHeadersAndALogin(OneTarget.By source) throws IOException {
        app.answers(200, "application/json", "{\"db\":{\"up\":true},\"text\":\"all is well\"}");
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("url", app.url());
        fields.put("contains", "is well");
        fields.put("json", new Object[] {Map.of("pointer", "/db/up", "equals", true)});
        fields.put("headers", Map.of("X-Plain", "open", "X-Api-Key", "hidden-key"));
        fields.put("user", "monitor");
        fields.put("password", "hidden-password");
        OneTarget.isHealthy(polled.watch(source, "http", fields));
        assertThat(app.lastHeader("Authorization")).isEqualTo("Basic bW9uaXRvcjpoaWRkZW4tcGFzc3dvcmQ=");
        assertThat(app.lastHeader("X-Plain")).isEqualTo("open");
        assertThat(app.lastHeader("X-Api-Key")).isEqualTo("hidden-key");
        app.answers(200, "application/json", "{\"db\":{\"up\":false},\"text\":\"all is well\"}");
        assertThat(OneTarget.failure(polled.next())).isEqualTo("answered 200 with 'false' at /db/up, expected 'true'");
        app.answers(
                200,
                "application/health+json",
                "{\"status\":\"fail\",\"db\":{\"up\":true},\"output\":\"is well not\"}");
        assertThat(OneTarget.failure(polled.next())).isEqualTo("is well not");
        isNowhere("hidden-password");
        isNowhere("hidden-key");
    }

    private void isNowhere(String secret) throws IOException {
        assertThat(polled.monitor.api.target(OneTarget.ID).toString()).doesNotContain(secret);
        assertThat(Api.text(polled.monitor.api.get("/api/v1/hosts/thing/checks")))
                .doesNotContain(secret);
        for (String name : new String[] {"monitor.db", "monitor.db-wal"}) {
            assertThat(Files.readString(polled.directory.resolve("data").resolve(name), ISO_8859_1))
                    .doesNotContain(secret);
        }
    }

    @ParameterizedTest
    @EnumSource
    void httpWithAnUntrustedCertificate(OneTarget.By source) throws IOException {
        try (Agent server = new Agent(serverKeys.serverTrusting(clientKeys), false)) {
            assertThat(OneTarget.failure(polled.watch(source, "http", Map.of("url", server.url()))))
                    .startsWith("TLS failed: ");
        }
    }

    @ParameterizedTest
    @EnumSource
    void httpWithAnUntrustedCertificateAndInsecure(OneTarget.By source) throws IOException {
        Keys other = Keys.create(directory, "other", "-ext", "SAN=dns:elsewhere.example");
        try (Agent server = new Agent(other.serverTrusting(clientKeys), false)) {
            OneTarget.isHealthy(polled.watch(source, "http", Map.of("url", server.url(), "insecure", true)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void health(OneTarget.By source) throws IOException {
        app.reports(
                200, "{\"status\":\"warn\",\"checks\":{\"disk\":[{\"status\":\"warn\",\"output\":\"91 % full\"}]}}");
        JsonNode target = polled.watch(source, "health", Map.of("url", app.url(), "healthPath", "/_health"));
        assertThat(target.path("state").asText()).isEqualTo("DEGRADED");
        assertThat(target.path("components").get(0).path("output").asText()).isEqualTo("91 % full");
    }

    @ParameterizedTest
    @EnumSource
    void serviceThroughAnAgentOverMutualTls(OneTarget.By source) throws IOException {
        try (Agent agent = new Agent(serverKeys.serverTrusting(clientKeys), true)) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("url", agent.url());
            fields.put("service", "nginx");
            fields.put("ca", serverKeys.certificatePem());
            fields.put("clientCertificate", clientKeys.certificatePem());
            fields.put("clientKey", clientKeys.keyPem());
            OneTarget.isHealthy(polled.watch(source, "service", fields));
            assertThat(agent.lastPath).isEqualTo("/api/v1/system/services/nginx");
            agent.answers(200, "{\"data\":{\"healthy\":false}}");
            assertThat(OneTarget.failure(polled.next())).isEqualTo("the agent reports that nginx is not healthy");
            agent.answers(404, "{}");
            assertThat(OneTarget.failure(polled.next())).isEqualTo("the agent does not know the service nginx");
            agent.answers(500, "{\"data\":{\"healthy\":true}}");
            assertThat(OneTarget.failure(polled.next())).isEqualTo("the agent answered 500");
            agent.answers(200, "{\"data\":{\"healthy\":\"yes\"}}");
            assertThat(OneTarget.failure(polled.next())).contains("at /data/healthy, expected true or false");
            isNowhere(clientKeys.keyPem().lines().skip(1).findFirst().orElseThrow());
        }
    }

    @ParameterizedTest
    @EnumSource
    void serviceThroughAnAgentWithoutTheClientCertificate(OneTarget.By source) throws IOException {
        try (Agent agent = new Agent(serverKeys.serverTrusting(clientKeys), true)) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("url", agent.url());
            fields.put("service", "nginx");
            fields.put("ca", serverKeys.certificatePem());
            assertThat(OneTarget.failure(polled.watch(source, "service", fields)))
                    .isNotEmpty();
            assertThat(agent.lastPath).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void tcp(OneTarget.By source) throws IOException {
        int port;
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            port = server.getLocalPort();
            OneTarget.isHealthy(polled.watch(source, "tcp", Map.of("host", "127.0.0.1", "port", port)));
        }
        assertThat(OneTarget.failure(polled.next())).isEqualTo("connection refused");
    }

    @ParameterizedTest
    @EnumSource
    void httpToASocketThatAcceptsAndNeverResponds(OneTarget.By source) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            polled.monitor.allowHung(1);
            polled.configure(source, "http", Map.of("url", "http://127.0.0.1:" + server.getLocalPort()));
            Await.until("the time limit has passed", () -> {
                polled.monitor.time.advance(Duration.ofSeconds(1));
                return polled.monitor
                        .api
                        .target(OneTarget.ID)
                        .path("state")
                        .asText()
                        .equals("UNHEALTHY");
            });
            assertThat(OneTarget.failure(polled.monitor.api.target(OneTarget.ID)))
                    .isEqualTo("no answer within 2 s");
        }
    }

    @ParameterizedTest
    @EnumSource
    void dns(OneTarget.By source) throws IOException {
        OneTarget.isHealthy(polled.watch(source, "dns", Map.of("name", "localhost")));
    }

    @ParameterizedTest
    @EnumSource
    void dnsWithOtherAddresses(OneTarget.By source) throws IOException {
        String message = OneTarget.failure(polled.watch(
                source, "dns", Map.of("name", "localhost", "expectedAddresses", new Object[] {"192.0.2.1"})));
        assertThat(message).startsWith("localhost resolves to ").endsWith("expected 192.0.2.1");
    }

    @ParameterizedTest
    @EnumSource
    void tls(OneTarget.By source) throws IOException {
        try (Agent server = new Agent(serverKeys.serverTrusting(clientKeys), false)) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("host", "127.0.0.1");
            fields.put("port", server.port());
            fields.put("ca", serverKeys.certificatePem());
            OneTarget.isHealthy(polled.watch(source, "tls", fields));
        }
    }

    @ParameterizedTest
    @EnumSource
    void tlsThatExpired(OneTarget.By source) throws IOException {
        Keys expired = Keys.create(directory, "expired", "-startdate", "-30d", "-validity", "10");
        try (Agent server = new Agent(expired.serverTrusting(clientKeys), false)) {
            Map<String, Object> fields =
                    Map.of("host", "127.0.0.1", "port", server.port(), "ca", expired.certificatePem());
            assertThat(OneTarget.failure(polled.watch(source, "tls", fields))).contains(" expired at ");
        }
    }

    @ParameterizedTest
    @EnumSource
    void tlsThatExpiresSoon(OneTarget.By source) throws IOException {
        Keys soon = Keys.create(directory, "soon", "-validity", "15");
        try (Agent server = new Agent(soon.serverTrusting(clientKeys), false)) {
            Map<String, Object> fields =
                    Map.of("host", "127.0.0.1", "port", server.port(), "ca", soon.certificatePem());
            assertThat(polled.watch(source, "tls", fields).path("state").asText())
                    .isEqualTo("DEGRADED");
        }
    }

    @ParameterizedTest
    @EnumSource
    void push(OneTarget.By source) throws IOException {
        assertThat(OneTarget.failure(polled.watch(source, "push", Map.of()))).isEqualTo("no report for 5 s");
        assertThat(report("{\"status\":\"pass\"}")).isEqualTo(204);
        OneTarget.isHealthy(polled.settled());
        assertThat(report("{\"status\":\"warn\",\"message\":\"late\",\"data\":{\"queue\":7}}"))
                .isEqualTo(204);
        JsonNode late = polled.settled();
        assertThat(late.path("state").asText()).isEqualTo("DEGRADED");
        assertThat(late.path("lastResult").path("message").asText()).isEqualTo("late");
        assertThat(late.path("components").toString()).contains("queue", "7");
        assertThat(report("{\"status\":\"fail\",\"checks\":{\"db\":[{\"status\":\"fail\",\"output\":\"gone\"}]}}"))
                .isEqualTo(204);
        assertThat(OneTarget.failure(polled.settled())).isEqualTo("reported fail");
        assertThat(report("")).isEqualTo(204);
        OneTarget.isHealthy(polled.settled());
        // Somebody who reports in time is never silent.
        for (int i = 0; i < 5; i++) {
            polled.monitor.advance(Duration.ofSeconds(4));
            report("");
            OneTarget.isHealthy(polled.settled());
        }
        assertThat(report("{\"status\":\"purple\"}")).isEqualTo(400);
        assertThat(report("all is well")).isEqualTo(400);
        assertThat(OneTarget.failure(polled.next())).isEqualTo("no report for 5 s");
    }

    @Test
    void aPushInTheQueryCountsByItsStatus() throws IOException {
        polled.watch(OneTarget.By.FILE, "push", Map.of());
        assertThat(push("?status=up&msg=OK&ping=")).isEqualTo(204);
        OneTarget.isHealthy(polled.settled());
        assertThat(push("?status=down&msg=disk%20full")).isEqualTo(204);
        assertThat(OneTarget.failure(polled.settled())).isEqualTo("disk full");
        for (String wrong :
                List.of("?state=down", "?status=purple", "?msg=failed", "?status=up&status=down", "?exit=1")) {
            assertThat(push(wrong)).as(wrong).isEqualTo(400);
        }
        assertThat(polled.monitor
                        .admin
                        .send("POST", "/api/v1/push/" + OneTarget.ID + "?status=up", "{'status':'fail'}")
                        .statusCode())
                .isEqualTo(400);
    }

    private int push(String query) {
        int status = 0;
        for (int i = 0; i < polled.threshold; i++) {
            status = polled.monitor
                    .admin
                    .send("POST", "/api/v1/push/" + OneTarget.ID + query, "")
                    .statusCode();
        }
        return status;
    }

    private int report(String body) {
        int status = 0;
        for (int i = 0; i < polled.threshold; i++) {
            status = polled.monitor
                    .admin
                    .send("POST", "/api/v1/push/" + OneTarget.ID, body)
                    .statusCode();
        }
        return status;
    }

    @Test
    void pushedReportsNeedTheTokenAndATargetOfTheKindPush() throws IOException {
        assertThat(report("")).isEqualTo(404);
        polled.watch(OneTarget.By.FILE, "tcp", Map.of("host", "127.0.0.1", "port", app.port()));
        assertThat(report("")).isEqualTo(409);
        assertThat(polled.monitor
                        .api
                        .send(polled.monitor
                                .api
                                .request("/api/v1/push/" + OneTarget.ID)
                                .POST(HttpRequest.BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(401);
    }
}
