package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator with curl need not write, and is told. */
class OperatorTest {
    @TempDir
    Path data;

    private TestMonitor monitor;
    private Admin admin;

    @BeforeEach
    void start() {
        monitor = new TestMonitor(data);
        admin = new Admin(monitor);
    }

    @AfterEach
    void stop() {
        monitor.close();
    }

    private JsonNode created(String path, String body) {
        HttpResponse<byte[]> answer = admin.post(path, body.replace('\'', '"'));
        assertThat(answer.statusCode()).as(Api.text(answer)).isEqualTo(201);
        return Api.json(answer);
    }

    @Test
    void aSuppressionThatMatchesNothingSaysSo() {
        monitor.api.register("orders/m1", "{\"kind\":\"push\"}");
        for (String path : new String[] {"/api/v1/silences", "/api/v1/maintenance"}) {
            JsonNode wrong = created(path, "{'service':'ordres','to':'2h','reason':'x'}");
            assertThat(wrong.path("note").asText()).isEqualTo("matches no target now");
            String one = path + "/" + wrong.path("id").asText();
            assertThat(Api.json(admin.get(one)).path("note").asText()).isEqualTo("matches no target now");
            HttpResponse<byte[]> right = admin.put(one, "{\"service\":\"orders\",\"to\":\"2h\",\"reason\":\"x\"}");
            assertThat(Api.json(right).has("note")).isFalse();
        }
    }

    @Test
    void whoAsksIsTheTokenUnlessSomebodyIsNamed() {
        assertThat(created("/api/v1/silences", "{'host':'m1','to':'2h','reason':'x'}")
                        .path("by")
                        .asText())
                .isEqualTo("admin");
        assertThat(created("/api/v1/gates", "{'host':'m1','allowEmpty':true,'deadline':600}")
                        .path("by")
                        .asText())
                .isEqualTo("admin");
        assertThat(created("/api/v1/gates", "{'host':'m1','allowEmpty':true,'deadline':600,'by':'anna'}")
                        .path("by")
                        .asText())
                .isEqualTo("anna");
    }

    @Test
    void whoIsIllAndWhyIsOneQuestion() throws IOException {
        try (FakeApp app = new FakeApp()) {
            app.reports(
                    503,
                    "{\"status\":\"fail\",\"checks\":{\"db\":[{\"status\":\"fail\",\"output\":\"no db\"}],"
                            + "\"disk\":[{\"status\":\"pass\"}]}}");
            monitor.api.register(
                    "orders/m1", "{\"url\":\"" + app.url() + "\",\"interval\":5,\"timeout\":2,\"lease\":0}");
            monitor.advance(Duration.ofSeconds(11));
            JsonNode row = Api.json(monitor.api.get("/api/v1/targets?state=unhealthy"))
                    .path("targets")
                    .path(0);
            assertThat(row.path("components").findValuesAsText("name")).containsExactly("db");
            JsonNode failing =
                    Api.json(monitor.api.get("/api/health/dashboard")).path("failing");
            assertThat(failing).hasSize(1);
            assertThat(failing.path(0).path("instance").asText()).isEqualTo("m1");
            assertThat(failing.path(0).path("why").asText()).isNotEmpty();
        }
    }

    @Test
    void timesAreTakenAsDurationsToo() {
        JsonNode silence = created("/api/v1/silences", "{'host':'m1','from':'30m','to':'2h','reason':'x'}");
        assertThat(silence.path("from").asText()).isEqualTo("2026-01-01T00:30:00.000Z");
        assertThat(silence.path("to").asText()).isEqualTo("2026-01-01T02:00:00.000Z");
        JsonNode gate = created("/api/v1/gates", "{'host':'m1','allowEmpty':true,'deadline':'10m','after':'30s'}");
        assertThat(gate.path("deadline").asText()).isEqualTo("2026-01-01T00:10:00.000Z");
        assertThat(gate.path("after").asText()).isEqualTo("2026-01-01T00:00:30.000Z");
        admin.token("night", "operator", ",\"expires\":\"90d\"");
        assertThat(Api.json(admin.get("/api/v1/tokens")).path("tokens").findValuesAsText("expires"))
                .containsExactly("2026-04-01T00:00:00.000Z");
        assertThat(admin.audit("?since=1h&action=token.create")).contains("token:admin token.create token:night ok");
        assertThat(Api.text(admin.get("/api/v1/audit?since=soon"))).contains("the time ago, such as 24h");
        assertThat(Api.text(admin.post("/api/v1/silences", "{\"host\":\"m1\",\"to\":\"soon\"}")))
                .contains("the time from now, such as 2h");
    }
}
