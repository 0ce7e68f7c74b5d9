package dev.vitals.health.monitor;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.internal.Json;
import dev.vitals.health.monitor.model.Naming;
import dev.vitals.health.testkit.ManualScheduler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of check against a real thing, by every source that allows it. */
class KindsTest {
    private static final String ID = "thing/it";

    @TempDir
    static Path keyDirectory;

    private static Keys serverKeys;
    private static Keys clientKeys;

    @TempDir
    Path directory;

    private TestMonitor monitor;
    private FakeApp app;

    /** How a check comes to the monitor. */
    enum By {
        FILE,
        API
    }

    @BeforeAll
    static void makeKeys() {
        serverKeys = Keys.create(keyDirectory, "server");
        clientKeys = Keys.create(keyDirectory, "client");
    }

    @BeforeEach
    void start() throws IOException {
        Files.writeString(file(), "services: {}\n");
        monitor = new TestMonitor(directory.resolve("data"), new ManualScheduler(), builder -> builder.file(file()));
        app = new FakeApp();
    }

    @AfterEach
    void stop() {
        monitor.close();
        app.close();
    }

    private Path file() {
        return directory.resolve("services.yml");
    }

    /** Has the thing watched every 5 s, and returns what the first poll found. */
    private JsonNode watch(By source, String kind, Map<String, Object> fields) throws IOException {
        configure(source, kind, fields);
        JsonNode target = next();
        assertThat(target.path("source").asText()).isEqualTo(source == By.API ? "host" : "file");
        assertThat(target.path("kind").asText()).isEqualTo(kind);
        return target;
    }

    private void configure(By source, String kind, Map<String, Object> fields) throws IOException {
        Map<String, Object> document = new LinkedHashMap<>(fields);
        document.put("interval", 5);
        document.put("timeout", 2);
        if (source == By.API) {
            document.put("kind", kind);
            document.put("check", "it");
            document.put("failureThreshold", 1);
            HttpResponse<byte[]> answer = monitor.admin.send("POST", "/api/v1/hosts/thing/checks", json(document));
            assertThat(answer.statusCode()).as(Api.text(answer)).isEqualTo(201);
        } else {
            Map<String, Object> snake = new LinkedHashMap<>();
            document.forEach((name, value) -> snake.put(Naming.SNAKE.of(name), value));
            snake.put("type", kind);
            snake.put("failure_threshold", 1);
            // JSON is YAML.
            Files.writeString(file(), "services:\n  thing:\n    machine: it\n    health_check: " + json(snake) + "\n");
            HttpResponse<byte[]> answer = monitor.admin.send("POST", "/api/v1/config/reload", "");
            assertThat(answer.statusCode()).as(Api.text(answer)).isEqualTo(200);
        }
    }

    private static String json(Map<String, Object> document) {
        return new String(Json.write(json -> json.writePOJO(document)), UTF_8);
    }

    private JsonNode next() {
        monitor.advance(Duration.ofSeconds(5));
        return monitor.api.target(ID);
    }

    private static void isHealthy(JsonNode target) {
        assertThat(target.path("state").asText()).as(target.toString()).isEqualTo("HEALTHY");
    }

    private static String trouble(JsonNode target) {
        assertThat(target.path("state").asText()).as(target.toString()).isEqualTo("UNHEALTHY");
        return target.path("lastResult").path("message").asText();
    }

    @ParameterizedTest
    @EnumSource
    void http(By source) throws IOException {
        app.answers(204, "text/plain", "");
        isHealthy(watch(
                source, "http", Map.of("url", app.url() + "/x?a=b", "expectedStatus", new Object[] {200, "204-205"})));
        app.answers(503, "text/plain", "no");
        assertThat(trouble(next())).isEqualTo("answered 503, expected 200 or 204-205");
        app.hangsUp();
        assertThat(trouble(next())).isEqualTo("the connection was closed without an answer");
    }

    @ParameterizedTest
    @EnumSource
    void theStatusThatIsExpectedByDefault(By source) throws IOException {
        app.answers(204, "text/plain", "");
        JsonNode target = watch(source, "http", Map.of("url", app.url()));
        if (source == By.API) {
            isHealthy(target);
        } else {
            assertThat(trouble(target)).isEqualTo("answered 204, expected 200");
        }
    }

    @ParameterizedTest
    @EnumSource
    void httpWithABodyHeadersAndALogin(By source) throws IOException {
        app.answers(200, "application/json", "{\"db\":{\"up\":true},\"text\":\"all is well\"}");
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("url", app.url());
        fields.put("contains", "is well");
        fields.put("json", new Object[] {Map.of("pointer", "/db/up", "equals", true)});
        fields.put("headers", Map.of("X-Plain", "open", "X-Api-Key", "hidden-key"));
        fields.put("user", "monitor");
        fields.put("password", "hidden-password");
        isHealthy(watch(source, "http", fields));
        assertThat(app.lastHeader("Authorization")).isEqualTo("Basic bW9uaXRvcjpoaWRkZW4tcGFzc3dvcmQ=");
        assertThat(app.lastHeader("X-Plain")).isEqualTo("open");
        assertThat(app.lastHeader("X-Api-Key")).isEqualTo("hidden-key");
        app.answers(200, "application/json", "{\"db\":{\"up\":false},\"text\":\"all is well\"}");
        assertThat(trouble(next())).isEqualTo("answered 200 with 'false' at /db/up, expected 'true'");
        app.answers(
                200,
                "application/health+json",
                "{\"status\":\"fail\",\"db\":{\"up\":true},\"output\":\"is well not\"}");
        assertThat(trouble(next())).isEqualTo("is well not");
        isNowhere("hidden-password");
        isNowhere("hidden-key");
    }

    private void isNowhere(String secret) throws IOException {
        assertThat(monitor.api.target(ID).toString()).doesNotContain(secret);
        assertThat(Api.text(monitor.api.get("/api/v1/hosts/thing/checks"))).doesNotContain(secret);
        for (String name : new String[] {"monitor.db", "monitor.db-wal"}) {
            assertThat(Files.readString(directory.resolve("data").resolve(name), ISO_8859_1))
                    .doesNotContain(secret);
        }
    }

    @ParameterizedTest
    @EnumSource
    void httpWithACertificateThatNobodyVouchesFor(By source) throws IOException {
        try (Agent server = new Agent(serverKeys.serverTrusting(clientKeys), false)) {
            assertThat(trouble(watch(source, "http", Map.of("url", server.url()))))
                    .startsWith("TLS failed: ");
        }
    }

    @ParameterizedTest
    @EnumSource
    void httpWithAnInsecureCertificateByChoice(By source) throws IOException {
        Keys other = Keys.create(directory, "other", "-ext", "SAN=dns:elsewhere.example");
        try (Agent server = new Agent(other.serverTrusting(clientKeys), false)) {
            isHealthy(watch(source, "http", Map.of("url", server.url(), "insecure", true)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void health(By source) throws IOException {
        app.reports(
                200, "{\"status\":\"warn\",\"checks\":{\"disk\":[{\"status\":\"warn\",\"output\":\"91 % full\"}]}}");
        JsonNode target = watch(source, "health", Map.of("url", app.url(), "healthPath", "/_health"));
        assertThat(target.path("state").asText()).isEqualTo("DEGRADED");
        assertThat(target.path("components").get(0).path("output").asText()).isEqualTo("91 % full");
    }

    @ParameterizedTest
    @EnumSource
    void serviceThroughAnAgentOverMutualTls(By source) throws IOException {
        try (Agent agent = new Agent(serverKeys.serverTrusting(clientKeys), true)) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("url", agent.url());
            fields.put("service", "nginx");
            fields.put("ca", serverKeys.certificatePem());
            fields.put("clientCertificate", clientKeys.certificatePem());
            fields.put("clientKey", clientKeys.keyPem());
            isHealthy(watch(source, "service", fields));
            assertThat(agent.lastPath).isEqualTo("/api/v1/system/services/nginx");
            agent.answers(200, "{\"data\":{\"healthy\":false}}");
            assertThat(trouble(next())).isEqualTo("the agent says that nginx is not healthy");
            agent.answers(404, "{}");
            assertThat(trouble(next())).isEqualTo("the agent knows no service nginx");
            agent.answers(500, "{\"data\":{\"healthy\":true}}");
            assertThat(trouble(next())).isEqualTo("the agent answered 500");
            agent.answers(200, "{\"data\":{\"healthy\":\"yes\"}}");
            assertThat(trouble(next())).contains("at /data/healthy, expected true or false");
            isNowhere(clientKeys.keyPem().lines().skip(1).findFirst().orElseThrow());
        }
    }

    @ParameterizedTest
    @EnumSource
    void serviceThroughAnAgentThatGetsNoCertificate(By source) throws IOException {
        try (Agent agent = new Agent(serverKeys.serverTrusting(clientKeys), true)) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("url", agent.url());
            fields.put("service", "nginx");
            fields.put("ca", serverKeys.certificatePem());
            assertThat(trouble(watch(source, "service", fields))).isNotEmpty();
            assertThat(agent.lastPath).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void tcp(By source) throws IOException {
        int port;
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            port = server.getLocalPort();
            isHealthy(watch(source, "tcp", Map.of("host", "127.0.0.1", "port", port)));
        }
        assertThat(trouble(next())).isEqualTo("connection refused");
    }

    @ParameterizedTest
    @EnumSource
    void httpOfASocketThatAcceptsAndNeverAnswers(By source) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            monitor.allowHung(1);
            configure(source, "http", Map.of("url", "http://127.0.0.1:" + server.getLocalPort()));
            Await.until("the time limit has passed", () -> {
                monitor.time.advance(Duration.ofSeconds(1));
                return monitor.api.target(ID).has("lastResult");
            });
            assertThat(trouble(monitor.api.target(ID))).isEqualTo("no answer within 2 s");
        }
    }

    @ParameterizedTest
    @EnumSource
    void dns(By source) throws IOException {
        isHealthy(watch(source, "dns", Map.of("name", "localhost")));
    }

    @ParameterizedTest
    @EnumSource
    void dnsWithOtherAddresses(By source) throws IOException {
        String message = trouble(
                watch(source, "dns", Map.of("name", "localhost", "expectedAddresses", new Object[] {"192.0.2.1"})));
        assertThat(message).startsWith("localhost resolves to ").endsWith("expected 192.0.2.1");
    }

    @ParameterizedTest
    @EnumSource
    void tls(By source) throws IOException {
        try (Agent server = new Agent(serverKeys.serverTrusting(clientKeys), false)) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("host", "127.0.0.1");
            fields.put("port", server.port());
            fields.put("ca", serverKeys.certificatePem());
            isHealthy(watch(source, "tls", fields));
        }
    }

    @ParameterizedTest
    @EnumSource
    void tlsThatExpired(By source) throws IOException {
        Keys expired = Keys.create(directory, "expired", "-startdate", "-30d", "-validity", "10");
        try (Agent server = new Agent(expired.serverTrusting(clientKeys), false)) {
            Map<String, Object> fields =
                    Map.of("host", "127.0.0.1", "port", server.port(), "ca", expired.certificatePem());
            assertThat(trouble(watch(source, "tls", fields))).contains(" expired at ");
        }
    }

    @ParameterizedTest
    @EnumSource
    void tlsThatExpiresSoon(By source) throws IOException {
        Keys soon = Keys.create(directory, "soon", "-validity", "15");
        try (Agent server = new Agent(soon.serverTrusting(clientKeys), false)) {
            Map<String, Object> fields =
                    Map.of("host", "127.0.0.1", "port", server.port(), "ca", soon.certificatePem());
            assertThat(watch(source, "tls", fields).path("state").asText()).isEqualTo("DEGRADED");
        }
    }

    @ParameterizedTest
    @EnumSource
    void push(By source) throws IOException {
        assertThat(trouble(watch(source, "push", Map.of()))).isEqualTo("no report for 5 s");
        assertThat(report("{\"status\":\"pass\"}")).isEqualTo(204);
        isHealthy(settled());
        assertThat(report("{\"status\":\"warn\",\"message\":\"late\",\"data\":{\"queue\":7}}"))
                .isEqualTo(204);
        JsonNode late = settled();
        assertThat(late.path("state").asText()).isEqualTo("DEGRADED");
        assertThat(late.path("lastResult").path("message").asText()).isEqualTo("late");
        assertThat(late.path("components").toString()).contains("queue", "7");
        assertThat(report("{\"status\":\"fail\",\"checks\":{\"db\":[{\"status\":\"fail\",\"output\":\"gone\"}]}}"))
                .isEqualTo(204);
        assertThat(trouble(settled())).isEqualTo("reported fail");
        assertThat(report("")).isEqualTo(204);
        isHealthy(settled());
        // Somebody who reports in time is never silent.
        for (int i = 0; i < 5; i++) {
            monitor.advance(Duration.ofSeconds(4));
            report("");
            isHealthy(settled());
        }
        assertThat(report("{\"status\":\"purple\"}")).isEqualTo(400);
        assertThat(report("all is well")).isEqualTo(400);
        monitor.advance(Duration.ofSeconds(5));
        assertThat(trouble(settled())).isEqualTo("no report for 5 s");
    }

    private int report(String body) {
        return monitor.admin.send("POST", "/api/v1/push/" + ID, body).statusCode();
    }

    private JsonNode settled() {
        monitor.settle();
        return monitor.api.target(ID);
    }

    @Test
    void reportsAreTakenFromThoseAloneWhoAreToSendThem() throws IOException {
        assertThat(report("")).isEqualTo(404);
        watch(By.FILE, "tcp", Map.of("host", "127.0.0.1", "port", app.port()));
        assertThat(report("")).isEqualTo(409);
        assertThat(monitor.api
                        .send(monitor.api.request("/api/v1/push/" + ID).POST(HttpRequest.BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void process() throws IOException {
        Path pidFile = directory.resolve("it.pid");
        Process process = new ProcessBuilder("sleep", "600").start();
        try {
            Files.writeString(pidFile, process.pid() + "\n");
            isHealthy(watch(By.FILE, "process", Map.of("pidFile", pidFile.toString())));
        } finally {
            process.destroyForcibly().onExit().join();
        }
        assertThat(trouble(next())).contains("is not alive");
        Files.delete(pidFile);
        assertThat(trouble(next())).startsWith("no such PID file");
    }

    @Test
    void exec() throws IOException {
        Path answer = Files.writeString(directory.resolve("answer"), "0\n");
        String script = "echo said $(cat " + answer + "); exit $(cat " + answer + ")";
        isHealthy(watch(By.FILE, "exec", Map.of("command", new Object[] {"sh", "-c", script})));
        Files.writeString(answer, "3\n");
        assertThat(trouble(next())).isEqualTo("'sh' exited with 3, expected 0: said 3");
    }

    @Test
    void execOfALineWithoutAShell() throws IOException {
        assertThat(trouble(watch(By.FILE, "exec", Map.of("command", "echo 'a  b' \"$HOME\" | cat", "expectedExit", 1))))
                .isEqualTo("'echo' exited with 0, expected 1: a  b $HOME | cat");
    }

    @Test
    void execThatHangsIsKilledWithAllItsChildren() throws IOException {
        Path pids = directory.resolve("pids");
        // The inner shell is gone at once: what it has started belongs to nobody then.
        String script = "(sleep 611 & echo $! >> " + pids + ") ; sleep 612 & echo $! >> " + pids + "; wait";
        monitor.allowHung(1);
        configure(By.FILE, "exec", Map.of("command", new Object[] {"sh", "-c", script}));
        monitor.advance(Duration.ofSeconds(1));
        Await.until("the children run", () -> lines(pids) == 2);
        // No further than the limit: the next run would say that this one is not back.
        monitor.time.advance(Duration.ofSeconds(2));
        Await.until("the limit was noticed", () -> monitor.api.target(ID).has("lastResult"));
        assertThat(trouble(monitor.api.target(ID))).contains("within 2");
        for (String pid : Files.readAllLines(pids).subList(0, 2)) {
            Await.until("child " + pid + " is gone", () -> !isAlive(Long.parseLong(pid)));
        }
    }

    private static boolean isAlive(long pid) {
        try {
            // Nobody may have taken note of its end yet.
            return !Files.readString(Path.of("/proc", Long.toString(pid), "stat"))
                    .contains(") Z");
        } catch (IOException gone) {
            return false;
        }
    }

    private static int lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file).size() : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"process", "exec"})
    void whatRunsOnTheMonitorsOwnMachineIsForItsOperatorAlone(String kind) {
        String document = "{\"check\":\"it\",\"kind\":\"" + kind + "\",\"pidFile\":\"/x\",\"command\":\"true\"}";
        HttpResponse<byte[]> answer = monitor.admin.send("POST", "/api/v1/hosts/thing/checks", document);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Api.json(answer).path("errors").get(0).path("field").asText())
                .isEqualTo("kind");
    }

    @Test
    void aRegistrationIsOfTheKindHealth() {
        app.reports(200, "{\"status\":\"pass\"}");
        monitor.api.register(ID, "{\"url\":\"" + app.url() + "\",\"interval\":5,\"timeout\":2}");
        JsonNode target = next();
        isHealthy(target);
        assertThat(target.path("kind").asText()).isEqualTo("health");
        assertThat(target.path("source").asText()).isEqualTo("registration");
    }
}
