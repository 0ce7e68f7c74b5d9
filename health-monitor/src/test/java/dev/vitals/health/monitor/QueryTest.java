package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parameters of the query that no route knows: an answer that ignores them says something else than was asked. */
class QueryTest {
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

    @Test
    void unknownParametersAreRefusedWithTheKnownOnes() {
        HttpResponse<byte[]> answer = monitor.api.get("/api/v1/targets?status=fail&state=HEALTHY&machine=m1");
        assertThat(answer.statusCode()).isEqualTo(400);
        JsonNode errors = Api.json(answer).path("errors");
        assertThat(errors).hasSize(2);
        assertThat(errors.get(0).path("field").asText()).isEqualTo("status");
        assertThat(errors.get(0).path("value").asText()).isEqualTo("***");
        assertThat(errors.get(0).path("bound").asText())
                .isEqualTo("absent; the parameters are app, state, limit, after");
    }

    @Test
    void everyRouteRefusesThem() {
        JsonNode paths = Api.json(monitor.api.get("/openapi.json")).path("paths");
        for (var path : paths.properties()) {
            for (var operation : path.getValue().properties()) {
                String method = operation.getKey().toUpperCase(java.util.Locale.ROOT);
                HttpResponse<byte[]> answer = monitor.admin.send(
                        method, path.getKey().replaceAll("\\{[A-Za-z]+\\}", "nothing") + "?no-such-parameter=1", "");
                assertThat(answer.statusCode()).as(method + path.getKey()).isEqualTo(400);
                assertThat(Api.text(answer)).as(method + path.getKey()).contains("no-such-parameter");
            }
        }
    }

    @Test
    void aReportWithUnknownParametersIsRefused() {
        monitor.api.register("batch/m1", "{\"kind\":\"push\"}");
        assertThat(monitor.api
                        .send("POST", "/api/v1/push/batch/m1?state=down&msg=failed", "")
                        .statusCode())
                .isEqualTo(400);
    }
}
