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

/** The views of many targets at once: dashboard, groups, and what Prometheus reads. */
class GroupApiTest {
    @TempDir
    Path data;

    private TestMonitor monitor;
    private FakeApp good;
    private FakeApp bad;

    @BeforeEach
    void start() throws IOException {
        monitor = new TestMonitor(data);
        good = new FakeApp();
        bad = new FakeApp();
        bad.answers(503, "text/plain", "no");
        register("orders/1", good, "\"machine\":\"m1\",\"cluster\":\"a\",\"team-name\":\"shop\"");
        register("orders/2", good, "\"machine\":\"m2\",\"cluster\":\"a\"");
        monitor.advance(Duration.ofSeconds(6));
    }

    @AfterEach
    void stop() {
        monitor.close();
        good.close();
        bad.close();
    }

    private void register(String id, FakeApp app, String labels) {
        monitor.api.register(
                id, "{\"url\":\"" + app.url() + "\",\"interval\":5,\"timeout\":2,\"labels\":{" + labels + "}}");
    }

    private JsonNode json(String path) {
        HttpResponse<byte[]> answer = monitor.api.get(path);
        assertThat(answer.statusCode()).as(Api.text(answer)).isEqualTo(200);
        return Api.json(answer);
    }

    @Test
    void theDashboardShowsTheWorstStateWithCountsAndAsCode() {
        JsonNode well = json("/api/health/dashboard");
        assertThat(well.path("status").asText()).isEqualTo("pass");
        assertThat(well.path("counts").path("HEALTHY").asInt()).isEqualTo(2);
        register("stock/1", bad, "\"machine\":\"m1\",\"cluster\":\"a\"");
        monitor.advance(Duration.ofSeconds(6));
        HttpResponse<byte[]> answer = monitor.api.get("/api/health/dashboard");
        assertThat(answer.statusCode()).isEqualTo(503);
        JsonNode ill = Api.json(answer);
        assertThat(ill.path("state").asText()).isEqualTo("UNHEALTHY");
        assertThat(ill.path("services").findValuesAsText("name")).containsExactly("orders", "stock");
        assertThat(ill.path("machines").get(0).path("state").asText()).isEqualTo("UNHEALTHY");
        assertThat(ill.path("machines").get(1).path("state").asText()).isEqualTo("HEALTHY");
        JsonNode machinesOfCluster = ill.path("clusters").get(0).path("machines");
        assertThat(machinesOfCluster.path("total").asInt()).isEqualTo(2);
        assertThat(machinesOfCluster.path("counts").path("UNHEALTHY").asInt()).isEqualTo(1);
    }

    @Test
    void groupsAreListedByAnyLabel() {
        assertThat(json("/api/v1/groups").path("labels").toString())
                .isEqualTo("[\"cluster\",\"machine\",\"service\",\"team-name\"]");
        assertThat(json("/api/v1/groups/team-name").path("groups").findValuesAsText("name"))
                .containsExactly("shop");
        JsonNode group = json("/api/v1/groups/cluster/a");
        assertThat(group.path("total").asInt()).isEqualTo(2);
        assertThat(group.path("targets").findValuesAsText("instance")).containsExactly("1", "2");
        assertThat(monitor.api.get("/api/v1/groups/colour").statusCode()).isEqualTo(404);
        assertThat(monitor.api.get("/api/v1/groups/cluster/b").statusCode()).isEqualTo(404);
    }

    @Test
    void prometheusFindsTheInstancesWithTheirLabels() {
        JsonNode list = json("/api/v1/http_sd");
        assertThat(list).hasSize(2);
        assertThat(list.get(0).path("targets").get(0).asText()).isEqualTo("127.0.0.1:" + good.port());
        JsonNode labels = list.get(0).path("labels");
        assertThat(labels.path("__scheme__").asText()).isEqualTo("http");
        assertThat(labels.path("__meta_vitals_app").asText()).isEqualTo("orders");
        assertThat(labels.path("__meta_vitals_state").asText()).isEqualTo("HEALTHY");
        assertThat(labels.path("__meta_vitals_label_team_name").asText()).isEqualTo("shop");
    }

    @Test
    void metersAreTheSameUnderBothPaths() {
        String meters = Api.text(monitor.api.get("/metrics"));
        assertThat(meters).contains("vitals_target_status{app=\"orders\"", "vitals_check_status{check=\"store\"}");
        HttpResponse<byte[]> other = monitor.api.get("/api/metrics?format=prometheus");
        assertThat(Api.text(other)).contains("vitals_target_status{app=\"orders\"");
        assertThat(other.headers().firstValue("Content-Type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
        assertThat(monitor.api.get("/api/metrics?format=influx").statusCode()).isEqualTo(400);
    }
}
