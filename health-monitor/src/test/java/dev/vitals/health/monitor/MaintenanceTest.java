package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.testkit.ManualScheduler;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** Maintenance windows and silences over real HTTP. The manual clock begins on Thursday, 1 January 2026. */
class MaintenanceTest {
    private static final String WINDOWS = "/api/v1/maintenance";
    private static final String SILENCES = "/api/v1/silences";

    @TempDir
    Path data;

    private final ManualScheduler time = new ManualScheduler();
    private TestMonitor monitor;

    @BeforeEach
    void start() {
        monitor = new TestMonitor(data, time);
    }

    @AfterEach
    void stop() {
        monitor.close();
    }

    private JsonNode created(String path, String document) {
        HttpResponse<byte[]> answer = monitor.api.post(path, document);
        assertThat(answer.statusCode()).as(Api.text(answer)).isEqualTo(201);
        JsonNode made = Api.json(answer);
        assertThat(answer.headers().firstValue("Location"))
                .hasValue(path + "/" + made.path("id").asText());
        return made;
    }

    private List<String> names(String path) {
        List<String> names = new ArrayList<>();
        Api.json(monitor.api.get(path))
                .elements()
                .next()
                .forEach(one -> names.add(one.path("name").asText()));
        return names;
    }

    @Test
    void windowsAreCreatedShownChangedAndRemoved() {
        JsonNode made = created(
                WINDOWS,
                "{\"name\":\"patches\",\"selector\":{\"cluster\":\"a\"},\"weekly\":{\"days\":[\"sunday\",\"SATURDAY\"],"
                        + "\"start\":\"02:30\",\"duration\":7200,\"zone\":\"Europe/Berlin\"},\"by\":\"anna\"}");
        assertThat(made.toString())
                .isEqualTo("{\"id\":\"" + made.path("id").asText() + "\",\"name\":\"patches\","
                        + "\"selector\":{\"cluster\":\"a\"},\"weekly\":{\"days\":[\"SATURDAY\",\"SUNDAY\"],"
                        + "\"start\":\"02:30\",\"duration\":7200,\"zone\":\"Europe/Berlin\"},\"by\":\"anna\","
                        + "\"createdAt\":\"2026-01-01T00:00:00.000Z\",\"active\":false,"
                        + "\"next\":{\"from\":\"2026-01-03T01:30:00.000Z\",\"to\":\"2026-01-03T03:30:00.000Z\"},"
                        + "\"note\":\"matches no target now\"}");
        String path = WINDOWS + "/" + made.path("id").asText();
        assertThat(Api.json(monitor.api.get(path))).isEqualTo(made);
        assertThat(monitor.api.get(path.replace("maintenance", "silences")).statusCode())
                .isEqualTo(404);

        HttpRequest.Builder put = monitor.api
                .authorized(path)
                .PUT(HttpRequest.BodyPublishers.ofString(
                        "{\"name\":\"now\",\"host\":\"m1\",\"to\":\"2026-01-01T01:00:00Z\"}"));
        JsonNode changed = Api.json(monitor.api.send(put));
        assertThat(changed.path("active").asBoolean()).isTrue();
        assertThat(changed.path("from").asText()).isEqualTo("2026-01-01T00:00:00.000Z");
        assertThat(names(WINDOWS + "?active=true")).containsExactly("now");
        assertThat(names(WINDOWS + "?active=false")).isEmpty();

        monitor.close();
        monitor = new TestMonitor(data, time);
        assertThat(Api.json(monitor.api.get(path))).isEqualTo(changed);
        assertThat(monitor.api.send(monitor.api.authorized(path).DELETE()).statusCode())
                .isEqualTo(204);
        assertThat(monitor.api.send(monitor.api.authorized(path).DELETE()).statusCode())
                .isEqualTo(404);
        assertThat(monitor.api
                        .send(monitor.api
                                .authorized(path)
                                .PUT(HttpRequest.BodyPublishers.ofString(
                                        "{\"host\":\"m1\",\"to\":\"2026-01-01T01:00:00Z\"}")))
                        .statusCode())
                .isEqualTo(404);
        assertThat(names(WINDOWS)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "maintenance | {'to':'2026-01-01T01:00:00Z'} | host",
                "maintenance | {'host':'m1'} | to",
                "maintenance | {'host':'m1','to':'2026-01-08T00:00:01Z'} | to",
                "maintenance | {'host':'m1','to':'2025-12-31T00:00:00Z'} | to",
                "maintenance | {'host':'m1','from':'2026-01-01T00:00:00Z','to':'2026-01-01T00:00:59Z'} | to",
                "maintenance | {'host':'m1','from':'2027-01-03T00:00:00Z','to':'2027-01-03T01:00:00Z'} | from",
                "maintenance | {'host':'m1','from':'noon','to':'2026-01-01T01:00:00Z'} | from",
                "maintenance | {'host':'m1','weekly':{'days':[],'start':'02:00','duration':60,'zone':'UTC'}} | weekly.days",
                "maintenance | {'host':'m1','weekly':{'days':['FUNDAY'],'start':'02:00','duration':60,'zone':'UTC'}} | weekly.days",
                "maintenance | {'host':'m1','weekly':{'days':['MONDAY'],'start':'26:00','duration':60,'zone':'UTC'}} | weekly.start",
                "maintenance | {'host':'m1','weekly':{'days':['MONDAY'],'start':'02:00','duration':59,'zone':'UTC'}} | weekly.duration",
                "maintenance | {'host':'m1','weekly':{'days':['MONDAY'],'start':'02:00','duration':604801,'zone':'UTC'}} | weekly.duration",
                "maintenance | {'host':'m1','weekly':{'days':['MONDAY'],'start':'02:00','duration':60,'zone':'Moon'}} | weekly.zone",
                "maintenance | {'host':'m1','weekly':{'days':['MONDAY'],'start':'02:00','duration':60,'zone':'UTC','a':1}} | weekly.a",
                "maintenance | {'host':'m1','from':'2026-01-01T00:00:00Z','weekly':{'days':['MONDAY'],'start':'02:00','duration':60,'zone':'UTC'}} | from",
                "maintenance | {'host':'m1','to':'2026-01-01T01:00:00Z','extra':1} | extra",
                "silences | {'host':'m1','to':'2026-01-01T01:00:00Z','by':'anna'} | reason",
                "silences | {'host':'m1','to':'2026-04-01T00:00:01Z','by':'anna','reason':'noise'} | to",
                "silences | {'host':'m1','by':'anna','reason':'noise','weekly':{'days':['MONDAY'],'start':'02:00','duration':60,'zone':'UTC'}} | weekly.until"
            })
    void aBadFieldIsNamedAndNothingIsStored(String path, String document, String field) {
        HttpResponse<byte[]> answer = monitor.api.post("/api/v1/" + path, document.replace('\'', '"'));
        assertThat(answer.statusCode()).as(Api.text(answer)).isEqualTo(400);
        assertThat(Api.json(answer).path("errors")).as(Api.text(answer)).hasSize(1);
        assertThat(Api.json(answer).path("errors").path(0).path("field").asText())
                .isEqualTo(field);
        assertThat(names("/api/v1/" + path)).isEmpty();
    }

    @Test
    void changesNeedAToken() {
        HttpRequest.BodyPublisher body =
                HttpRequest.BodyPublishers.ofString("{\"host\":\"m1\",\"to\":\"2026-01-01T01:00:00Z\"}");
        for (String path : List.of(WINDOWS, SILENCES)) {
            assertThat(monitor.api.send(monitor.api.request(path).POST(body)).statusCode())
                    .isEqualTo(401);
            assertThat(monitor.api
                            .send(monitor.api.request(path + "/x").PUT(body))
                            .statusCode())
                    .isEqualTo(401);
            assertThat(monitor.api
                            .send(monitor.api.request(path + "/x").DELETE())
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void anOperatorOfSomeTargetsCannotTouchOthers() {
        HttpResponse<byte[]> token = monitor.api.post(
                "/api/v1/tokens", "{\"name\":\"team-a\",\"role\":\"operator\",\"selectors\":[\"cluster=a\"]}");
        assertThat(token.statusCode()).as(Api.text(token)).isEqualTo(201);
        String secret = Api.json(token).path("token").asText();
        Api team = new Api(monitor.monitor().uri(), secret);
        String to = ",\"to\":\"2026-01-01T01:00:00Z\"}";
        String ours = "{\"service\":\"orders\",\"selector\":{\"cluster\":\"a\"}";
        HttpResponse<byte[]> made = team.post(WINDOWS, ours + to);
        assertThat(made.statusCode()).as(Api.text(made)).isEqualTo(201);
        for (String others :
                List.of("{\"service\":\"orders\"", "{\"selector\":{\"cluster\":\"b\"}", "{\"host\":\"m1\"")) {
            assertThat(team.post(WINDOWS, others + to).statusCode()).isEqualTo(403);
            assertThat(team.post("/api/v1/gates", others + ",\"deadline\":60,\"allowEmpty\":true}")
                            .statusCode())
                    .isEqualTo(403);
        }
        String theirs = WINDOWS + "/"
                + created(WINDOWS, "{\"host\":\"m1\"" + to).path("id").asText();
        assertThat(team.send(team.authorized(theirs).DELETE()).statusCode()).isEqualTo(403);
        HttpRequest.BodyPublisher takeOver = HttpRequest.BodyPublishers.ofString(ours + to);
        assertThat(team.send(team.authorized(theirs).PUT(takeOver)).statusCode())
                .as("taking over another team's window")
                .isEqualTo(403);
        assertThat(names(WINDOWS)).hasSize(2);
    }

    @Test
    void pollingContinuesAndTheLogIsQuieter() throws IOException {
        Logger log = (Logger) LoggerFactory.getLogger(PollingListener.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        log.addAppender(lines);
        try (FakeApp app = new FakeApp()) {
            monitor.api.register(
                    "orders/m1",
                    "{\"url\":\"" + app.url() + "\",\"interval\":5,\"timeout\":2,\"healthy\":2,\"lease\":0,"
                            + "\"labels\":{\"machine\":\"m1\"}}");
            monitor.advance(Duration.ofSeconds(5));
            assertThat(monitor.api.target("orders/m1").has("maintenance")).isFalse();
            JsonNode window =
                    created(WINDOWS, "{\"name\":\"patches\",\"host\":\"m1\",\"to\":\"2026-01-01T00:10:00Z\"}");
            created(SILENCES, "{\"host\":\"m1\",\"to\":\"2026-01-01T00:20:00Z\",\"reason\":\"noisy\",\"by\":\"anna\"}");
            JsonNode target = monitor.api.target("orders/m1");
            assertThat(target.path("maintenance").path("name").asText()).isEqualTo("patches");
            assertThat(target.path("maintenance").path("id")).isEqualTo(window.path("id"));
            assertThat(target.path("maintenance").path("until").asText()).isEqualTo("2026-01-01T00:10:00.000Z");
            assertThat(target.path("silencedUntil").asText()).isEqualTo("2026-01-01T00:20:00.000Z");
            assertThat(Api.json(monitor.api.get("/api/v1/targets"))
                            .path("targets")
                            .path(0)
                            .has("maintenance"))
                    .isTrue();
            lines.list.clear();
            app.answers(503, "text/plain", "gone");
            monitor.advance(Duration.ofSeconds(10));
            assertThat(monitor.api.state("orders/m1")).as("polling continues").isEqualTo("UNHEALTHY");
            assertThat(lines.list).extracting(ILoggingEvent::getLevel).containsOnly(Level.INFO);
            assertThat(lines.list.get(lines.list.size() - 1).getFormattedMessage())
                    .isEqualTo("orders/m1: DEGRADED -> UNHEALTHY: answered 503 (maintenance patches)");

            JsonNode uptime = Api.json(monitor.api.get(
                    "/api/v1/targets/orders/m1/uptime?from=2026-01-01T00:00:05Z&to=2026-01-01T00:00:15Z"));
            JsonNode ledger = uptime.path("windows").path(0);
            assertThat(ledger.path("maintenanceMs").asInt())
                    .as(uptime.toString())
                    .isEqualTo(10_000);
            assertThat(ledger.path("unhealthyMs").asInt()).isZero();
            time.advance(Duration.ofMinutes(20));
            monitor.settle();
            assertThat(monitor.api.target("orders/m1").has("maintenance")).isFalse();
            assertThat(monitor.api.target("orders/m1").has("silencedUntil")).isFalse();
            app.answers(200, "text/plain", "ok");
            monitor.advance(Duration.ofSeconds(15));
            lines.list.clear();
            app.answers(503, "text/plain", "gone");
            monitor.advance(Duration.ofSeconds(10));
            assertThat(lines.list).extracting(ILoggingEvent::getLevel).containsOnly(Level.WARN);
        } finally {
            log.detachAppender(lines);
        }
    }
}
