package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.monitor.deployment.Deployments;
import dev.vitals.health.testkit.ManualScheduler;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deployments over the API of a running monitor. */
class DeploymentApiTest {
    private static final String ALL = "/api/v1/deployments";

    @TempDir
    Path data;

    private TestMonitor monitor;

    @BeforeEach
    void start() {
        monitor = new TestMonitor(data);
    }

    @AfterEach
    void stop() {
        monitor.close();
    }

    private HttpResponse<byte[]> post(String token, String path, String body) {
        return monitor.api.send(
                Admin.as(monitor.api, token, path).POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"'))));
    }

    private JsonNode posted(int code, String path, String body) {
        HttpResponse<byte[]> answer = post(monitor.adminToken(), path, body);
        assertThat(answer.statusCode()).as(Api.text(answer)).isEqualTo(code);
        return Api.json(answer);
    }

    private String started(String body) {
        return ALL + "/" + posted(201, ALL, body).path("id").asText();
    }

    private JsonNode get(String path) {
        return Api.json(monitor.api.get(path));
    }

    private static String lines(int count) {
        return "{'type':'deployment_log','lines':["
                + IntStream.range(0, count).mapToObj(i -> "'line " + i + "'").collect(Collectors.joining(",")) + "]}";
    }

    @Test
    void tellWhatTheirToolSaid() {
        String one = started("{'app':'orders','version':'1.4','by':'ci'}");
        posted(200, one + "/events", "{'type':'deployment_log','lines':['pull','password=hunter2 start']}");
        monitor.time.advance(Duration.ofSeconds(5));
        JsonNode ended = posted(200, one + "/events", "{'type':'deployment_completed'}");
        assertThat(ended.path("state").asText()).isEqualTo("completed");
        assertThat(ended.path("endedAt").asText()).isEqualTo("2026-01-01T00:00:05.000Z");
        JsonNode shown = get(one);
        assertThat(shown.path("events").findValuesAsText("type"))
                .containsExactly("deployment_started", "deployment_log", "deployment_log", "deployment_completed");
        assertThat(shown.path("events").findValuesAsText("number")).containsExactly("1", "2", "3", "4");
        assertThat(shown.toString()).doesNotContain("hunter2");
        assertThat(new Admin(monitor).audit("?limit=2"))
                .allMatch(line -> line.contains("deployment:" + shown.path("id").asText()));
    }

    @Test
    void takeNothingAfterTheirEnd() {
        String one = started("{'app':'orders'}");
        posted(200, one + "/events", "{'type':'deployment_failed','reason':'no space'}");
        assertThat(posted(409, one + "/events", lines(1)).path("detail").asText())
                .contains("has ended: it failed at");
        assertThat(get(one).path("lines").asInt()).isZero();
    }

    @Test
    void refuseBadFieldsByName() {
        assertThat(posted(400, ALL, "{'app':'a b','instance':'..','version':'','x':1}")
                        .findValuesAsText("field"))
                .containsExactlyInAnyOrder("app", "instance", "version", "x");
        assertThat(posted(400, ALL, "{'app':'orders','gate':'nothing'}").findValuesAsText("field"))
                .containsExactly("gate");
        String one = started("{'app':'orders'}");
        assertThat(posted(400, one + "/events", "{'type':'deployment_started'}").findValuesAsText("field"))
                .containsExactly("type");
        assertThat(posted(400, one + "/events", "{}").findValuesAsText("field")).containsExactly("type");
        assertThat(posted(400, one + "/events", lines(501)).findValuesAsText("value"))
                .containsExactly("501 texts");
        assertThat(posted(400, one + "/events", lines(0)).findValuesAsText("field"))
                .containsExactly("lines");
        assertThat(posted(400, one + "/events", "{'type':'deployment_failed'}").findValuesAsText("field"))
                .containsExactly("reason");
        assertThat(get(ALL).path("deployments")).hasSize(1);
    }

    @Test
    void keepTheNewestLinesOfALongLog() {
        String one = started("{'app':'orders'}");
        posted(200, one + "/events", lines(500));
        posted(200, one + "/events", lines(500));
        JsonNode shown = posted(200, one + "/events", lines(3));
        assertThat(shown.path("lines").asInt()).isEqualTo(1_003);
        assertThat(shown.path("droppedLines").asInt()).isEqualTo(3);
        assertThat(get(one).path("events")).hasSize(1_001);
    }

    @Test
    void aCutLineIsNoLongerThanItsBound() {
        String one = started("{'app':'orders'}");
        posted(200, one + "/events", "{'type':'deployment_log','lines':['" + "x".repeat(2_000) + "']}");
        assertThat(get(one).path("events").path(1).path("text").asText()).isEqualTo("x".repeat(1_000) + "...");
    }

    @Test
    void needTheScopeOfAllTargetsTheyConcern() {
        monitor.api.register("orders/m1", "{\"url\":\"http://127.0.0.1:9\",\"labels\":{\"cluster\":\"a\"}}");
        monitor.api.register("orders/m2", "{\"url\":\"http://127.0.0.1:9\",\"labels\":{\"cluster\":\"b\"}}");
        String token = new Admin(monitor).token("ci", "operator", ",\"selectors\":[\"cluster=a\"]");
        assertThat(post(token, ALL, "{'app':'orders','instance':'m1'}").statusCode())
                .isEqualTo(201);
        assertThat(post(token, ALL, "{'app':'orders','instance':'m2'}").statusCode())
                .isEqualTo(403);
        assertThat(post(token, ALL, "{'app':'orders'}").statusCode()).isEqualTo(403);
        assertThat(post(token, ALL, "{'app':'unknown'}").statusCode()).isEqualTo(403);
        String other = started("{'app':'orders'}");
        assertThat(post(token, other + "/events", lines(1)).statusCode()).isEqualTo(403);
        assertThat(get(other).path("lines").asInt()).isZero();
    }

    @Test
    void areListedByTargetAndByGate() {
        String gate = posted(201, "/api/v1/gates", "{'service':'orders','deadline':600,'allowEmpty':true}")
                .path("id")
                .asText();
        started("{'app':'orders','instance':'m1','gate':'" + gate + "','version':'1'}");
        started("{'app':'orders','instance':'m2','version':'2'}");
        monitor.time.advance(Duration.ofSeconds(1));
        started("{'app':'orders','version':'3'}");
        assertThat(get("/api/v1/targets/orders/m1/deployments").findValuesAsText("version"))
                .containsExactly("3", "1");
        assertThat(get("/api/v1/gates/" + gate + "/deployments").findValuesAsText("version"))
                .containsExactly("1");
        assertThat(monitor.api.get("/api/v1/gates/nothing/deployments").statusCode())
                .isEqualTo(404);
    }

    @Test
    void failWhenTheirToolFallsSilent() {
        String one = started("{'app':'orders'}");
        monitor.time.advance(Deployments.SILENCE.plus(Deployments.LOOK_INTERVAL));
        Await.until("it failed", () -> get(one).path("state").asText().equals("failed"));
        assertThat(get(one).path("reason").asText()).startsWith("no event for");
    }

    @Test
    void surviveARestart() {
        String one = started("{'app':'orders'}");
        posted(200, one + "/events", lines(2));
        monitor.close();
        monitor = new TestMonitor(data, new ManualScheduler());
        assertThat(get(one).path("events")).hasSize(3);
        posted(200, one + "/events", "{'type':'deployment_completed','reason':'all is well'}");
    }
}
