package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitals.health.testkit.ManualScheduler;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The checks of hosts through the API. */
class HostChecksTest {
    private static final String CHECKS = "/api/v1/hosts/web1/checks";

    @TempDir
    Path data;

    private final ManualScheduler time = new ManualScheduler();
    private TestMonitor monitor;
    private FakeApp app;

    @BeforeEach
    void start() throws IOException {
        monitor = new TestMonitor(data, time);
        app = new FakeApp();
    }

    @AfterEach
    void stop() {
        monitor.close();
        app.close();
    }

    private void restart() {
        monitor.close();
        monitor = new TestMonitor(data, time);
    }

    private String http(String more) {
        return "\"kind\":\"http\",\"url\":\"" + app.url() + "\",\"interval\":5,\"timeout\":2" + more + "}";
    }

    private HttpResponse<byte[]> create(String name, String more) {
        return monitor.admin.send("POST", CHECKS, "{\"check\":\"" + name + "\"," + http(more));
    }

    private HttpResponse<byte[]> put(String name, String document) {
        return monitor.admin.send("PUT", CHECKS + "/" + name, document);
    }

    private JsonNode show(String name) {
        HttpResponse<byte[]> answer = monitor.api.get(CHECKS + "/" + name);
        assertThat(answer.statusCode()).as(Api.text(answer)).isEqualTo(200);
        return Api.json(answer);
    }

    @Test
    void theQueryOfAUrlIsForThoseWhoMayChangeIt() throws IOException {
        String check = "{\"check\":\"site\",\"kind\":\"http\",\"url\":\"" + app.url() + "/x?k=s3cret\"}";
        assertThat(Api.text(monitor.admin.send("POST", CHECKS, check))).contains("s3cret");
        assertThat(Api.text(monitor.admin.send("GET", CHECKS + "/site", ""))).contains("/x?k=s3cret");
        assertThat(show("site").path("url").asText()).endsWith("/x?...");
        assertThat(Api.text(monitor.api.get(CHECKS))).doesNotContain("s3cret");
        assertThat(Api.text(monitor.api.get("/api/v1/targets"))).doesNotContain("s3cret");
    }

    private List<String> refused(HttpResponse<byte[]> answer) {
        assertThat(answer.statusCode()).as(Api.text(answer)).isEqualTo(400);
        List<String> fields = new ArrayList<>();
        Api.json(answer)
                .path("errors")
                .forEach(error -> fields.add(error.path("field").asText()));
        return fields;
    }

    @Test
    void refusesAnAddressThatMayNotBeConnectedTo() {
        for (String settings : List.of(
                "\"kind\":\"http\",\"url\":\"http://169.254.169.254/latest\"",
                "\"kind\":\"http\",\"url\":\"http://[fe80::1]/\"")) {
            assertThat(refused(monitor.admin.send("POST", CHECKS, "{\"check\":\"meta\"," + settings + "}")))
                    .containsExactly("url");
            assertThat(refused(put("meta", "{" + settings + "}"))).containsExactly("url");
        }
        String tcp = "\"kind\":\"tcp\",\"host\":\"169.254.169.254\",\"port\":80}";
        assertThat(refused(monitor.admin.send("POST", CHECKS, "{\"check\":\"meta\"," + tcp)))
                .containsExactly("host");
        assertThat(refused(put("meta", "{" + tcp))).containsExactly("host");
        assertThat(monitor.api.get(CHECKS + "/meta").statusCode()).isEqualTo(404);
    }

    @Test
    void createsShowsChangesAndRemovesACheck() {
        HttpResponse<byte[]> created = create("site", "");
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.headers().firstValue("Location")).hasValue(CHECKS + "/site");
        monitor.advance(Duration.ofSeconds(5));
        JsonNode check = show("site");
        assertThat(check.path("current").path("state").asText()).isEqualTo("HEALTHY");
        assertThat(check.path("labels").path("machine").asText()).isEqualTo("web1");
        assertThat(monitor.api.target("web1/site").path("source").asText()).isEqualTo("host");
        assertThat(Api.json(monitor.api.get("/api/v1/hosts")).path("hosts").toString())
                .isEqualTo("[{\"host\":\"web1\",\"checks\":1,\"enabled\":1,\"status\":\"pass\"}]");

        assertThat(put("site", "{" + http(",\"contains\":\"nowhere\"")).statusCode())
                .isEqualTo(200);
        monitor.advance(Duration.ofSeconds(5));
        assertThat(show("site").path("current").path("state").asText()).isEqualTo("UNHEALTHY");
        assertThat(Api.json(monitor.api.get(CHECKS)).path("checks")).hasSize(1);

        assertThat(monitor.admin.send("DELETE", CHECKS + "/site", "").statusCode())
                .isEqualTo(204);
        assertThat(monitor.admin.send("DELETE", CHECKS + "/site", "").statusCode())
                .isEqualTo(204);
        assertThat(monitor.api.get(CHECKS + "/site").statusCode()).isEqualTo(404);
        assertThat(monitor.api.get("/api/v1/targets/web1/site").statusCode()).isEqualTo(404);
        assertThat(Api.json(monitor.api.get("/api/v1/hosts")).path("hosts")).isEmpty();
    }

    @Test
    void hasTheDocumentedDefaults() {
        HttpResponse<byte[]> created =
                monitor.admin.send("POST", CHECKS, "{\"check\":\"site\",\"kind\":\"http\",\"url\":\"http://x/\"}");
        JsonNode check = Api.json(created);
        assertThat(check.path("interval").asInt()).isEqualTo(300);
        assertThat(check.path("timeout").asInt()).isEqualTo(10);
        assertThat(check.path("failureThreshold").asInt()).isEqualTo(1);
        assertThat(check.path("enabled").asBoolean()).isTrue();
        assertThat(check.path("insecure").asBoolean()).isFalse();
        assertThat(check.path("expectedStatus").toString()).isEqualTo("[\"200-299\"]");
    }

    @Test
    void anAnswerCanBeSentBackUnchanged() {
        create("site", ",\"user\":\"u\",\"password\":\"hidden\",\"headers\":{\"X-Token\":\"hidden too\",\"A\":\"b\"}");
        JsonNode before = show("site");
        assertThat(before.toString()).doesNotContain("hidden");
        assertThat(before.path("current").path("secrets").toString()).isEqualTo("[\"headers.X-Token\",\"password\"]");
        assertThat(put("site", before.toString()).statusCode()).isEqualTo(200);
        JsonNode after = show("site");
        ((ObjectNode) before).remove("current");
        ((ObjectNode) after).remove("current");
        assertThat(after).isEqualTo(before);
        monitor.advance(Duration.ofSeconds(5));
        assertThat(app.lastHeader("Authorization")).isEqualTo("Basic dTpoaWRkZW4=");
        assertThat(app.lastHeader("X-Token")).isEqualTo("hidden too");
        assertThat(app.lastHeader("A")).isEqualTo("b");
    }

    @Test
    void aPasswordCanBeRemovedAndIsNeverSentToAnotherServer() throws IOException {
        create("site", ",\"user\":\"u\",\"password\":\"hidden\"");
        try (FakeApp thief = new FakeApp()) {
            String elsewhere = "{\"kind\":\"http\",\"url\":\"" + thief.url() + "\",\"user\":\"u\"}";
            assertThat(refused(put("site", elsewhere))).containsExactly("password");
        }
        assertThat(refused(put("site", "{" + http(",\"user\":\"u\",\"password\":null"))))
                .containsExactly("password");
        assertThat(put("site", "{" + http("")).statusCode()).isEqualTo(200);
        assertThat(show("site").path("current").path("secrets")).isEmpty();
        monitor.advance(Duration.ofSeconds(5));
        assertThat(app.lastHeader("Authorization")).isNull();
    }

    @Test
    void namesAllInvalidFieldsAndStoresNothing() {
        String document = "{\"check\":\"si te\",\"kind\":\"http\",\"url\":\"nowhere\",\"interval\":0,\"enabled\":1,"
                + "\"colour\":2,\"expectedStatus\":[700],\"json\":[{\"pointer\":\"x\"}],\"password\":\"hidden\"}";
        HttpResponse<byte[]> answer = monitor.admin.send("POST", CHECKS, document);
        assertThat(refused(answer))
                .containsExactlyInAnyOrder(
                        "check",
                        "url",
                        "interval",
                        "enabled",
                        "colour",
                        "expectedStatus",
                        "json[0].pointer",
                        "json[0].equals",
                        "user");
        assertThat(Api.text(answer)).doesNotContain("hidden");
        assertThat(Api.json(monitor.api.get(CHECKS)).path("checks")).isEmpty();
        assertThat(refused(monitor.admin.send("POST", CHECKS, "{\"check\":\"a\"}")))
                .containsExactly("kind");
        assertThat(refused(put("a", "{\"check\":\"b\",\"kind\":\"push\"}"))).containsExactly("check");
        assertThat(monitor.admin.send("POST", CHECKS, "[]").statusCode()).isEqualTo(400);
        assertThat(monitor.admin.send("POST", CHECKS, "{").statusCode()).isEqualTo(400);
        assertThat(refused(monitor.admin.send("POST", "/api/v1/hosts/a%20b/checks", "{}")))
                .containsExactly("host");
    }

    @Test
    void concurrentRequestsCannotExceedTheMaximumOfChecks() throws Exception {
        int callers = 24;
        CountDownLatch ready = new CountDownLatch(callers);
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        List<Future<Integer>> answers = new ArrayList<>();
        try {
            for (int i = 0; i < callers; i++) {
                String name = "check" + i;
                boolean put = i % 2 == 0;
                answers.add(threads.submit(() -> {
                    ready.countDown();
                    ready.await();
                    return (put ? put(name, "{" + http("")) : create(name, "")).statusCode();
                }));
            }
            List<Integer> codes = new ArrayList<>();
            for (Future<Integer> answer : answers) {
                codes.add(answer.get());
            }
            assertThat(codes).containsOnly(201, 409);
            assertThat(codes.stream().filter(code -> code == 201)).hasSize(5);
        } finally {
            threads.shutdownNow();
        }
        assertThat(Api.json(monitor.api.get(CHECKS)).path("checks")).hasSize(5);
        assertThat(Api.text(create("more", ""))).contains("host web1 has 5 checks already");
        // Another host has its own.
        assertThat(monitor.admin
                        .send("POST", "/api/v1/hosts/web2/checks", "{\"check\":\"a\"," + http(""))
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void theMaximumOfChecksCanBeConfigured() {
        monitor.close();
        monitor = new TestMonitor(data, time, builder -> builder.maxChecksPerHost(1));
        assertThat(create("one", "").statusCode()).isEqualTo(201);
        assertThat(create("two", "").statusCode()).isEqualTo(409);
        assertThat(Api.text(create("one", ""))).contains("is there already");
        assertThat(put("one", "{" + http("")).statusCode()).isEqualTo(200);
    }

    @Test
    void aDisabledCheckIsStoredButNotPolled() {
        create("site", ",\"enabled\":false");
        assertThat(monitor.api.get("/api/v1/targets/web1/site").statusCode()).isEqualTo(404);
        monitor.advance(Duration.ofSeconds(10));
        assertThat(app.requests()).isZero();
        assertThat(show("site").path("enabled").asBoolean()).isFalse();
        put("site", "{" + http(""));
        monitor.advance(Duration.ofSeconds(5));
        assertThat(show("site").path("current").path("state").asText()).isEqualTo("HEALTHY");
        put("site", "{" + http(",\"enabled\":false"));
        assertThat(monitor.api.get("/api/v1/targets/web1/site").statusCode()).isEqualTo(404);
    }

    @Test
    void aRestartKeepsAllChecks() {
        create("on", ",\"user\":\"u\",\"password\":\"hidden\"");
        create("off", ",\"enabled\":false");
        create("gone", "");
        monitor.admin.send("DELETE", CHECKS + "/gone", "");
        monitor.advance(Duration.ofSeconds(5));
        JsonNode on = show("on");
        JsonNode off = show("off");
        restart();
        assertThat(show("on")).isEqualTo(on);
        assertThat(show("off")).isEqualTo(off);
        assertThat(Api.json(monitor.api.get(CHECKS)).path("checks")).hasSize(2);
        monitor.advance(Duration.ofSeconds(5));
        assertThat(app.lastHeader("Authorization")).isEqualTo("Basic dTpoaWRkZW4=");
        assertThat(monitor.api.target("web1/on").path("state").asText()).isEqualTo("HEALTHY");
        assertThat(monitor.api.get("/api/v1/targets/web1/off").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTestRunsAtOnceAndChangesNoState(boolean enabled) {
        create("site", ",\"enabled\":" + enabled);
        HttpResponse<byte[]> answer = monitor.admin.send("POST", CHECKS + "/site/test", "");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Api.json(answer).path("code").asText()).isEqualTo("OK");
        assertThat(Api.json(answer).path("httpStatus").asInt()).isEqualTo(200);
        assertThat(Api.json(answer).has("latencyMs")).isTrue();
        assertThat(app.requests()).isEqualTo(1);
        app.answers(503, "text/plain", "no");
        assertThat(Api.json(monitor.admin.send("POST", CHECKS + "/site/test", ""))
                        .path("message")
                        .asText())
                .isEqualTo("answered 503, expected 200-299");
        assertThat(show("site").path("current").path("state").asText()).isEqualTo(enabled ? "UNKNOWN" : "");
        assertThat(monitor.admin.send("POST", CHECKS + "/none/test", "").statusCode())
                .isEqualTo(404);
    }

    @Test
    void refusesANameInUseByAnotherSource() {
        monitor.api.register("web1/site", "{\"url\":\"" + app.url() + "\"}");
        assertThat(create("site", "").statusCode()).isEqualTo(409);
        assertThat(monitor.api.get(CHECKS + "/site").statusCode()).isEqualTo(404);
        assertThat(create("other", "").statusCode()).isEqualTo(201);
        assertThat(monitor.api
                        .put("web1/other", "{\"url\":\"" + app.url() + "\"}")
                        .statusCode())
                .isEqualTo(409);
    }

    @ParameterizedTest
    @CsvSource({"POST, /checks", "PUT, /checks/a", "DELETE, /checks/a", "POST, /checks/a/test"})
    void changesNeedTheToken(String method, String path) {
        assertThat(monitor.api
                        .send(monitor.api
                                .request("/api/v1/hosts/web1" + path)
                                .method(method, HttpRequest.BodyPublishers.ofString("{}")))
                        .statusCode())
                .isEqualTo(401);
    }
}
