package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A monitor in a separate process, which is killed without warning. */
class KillTest {
    @TempDir
    Path data;

    @Test
    @Timeout(120)
    void aKilledMonitorKeepsAllThatItConfirmed() throws IOException, InterruptedException {
        try (FakeApp app = new FakeApp()) {
            app.answers(500, "text/plain", "");
            JsonNode state;
            List<JsonNode> kept = new ArrayList<>();
            MonitorProcess first = MonitorProcess.start(data);
            try {
                assertThat(first.printed()).hasSize(3);
                for (int i = 0; i < 20; i++) {
                    first.api()
                            .register("orders/m" + i, "{\"url\":\"" + app.url() + "\",\"interval\":300,\"lease\":0}");
                }
                Await.until(
                        "a result is shown",
                        () -> first.api().target("orders/m0").has("lastResult"));
                state = first.api().target("orders/m0");
                for (int i = 0; i < 20; i++) {
                    String id = "orders/m" + i;
                    Await.until("a result is kept", () -> results(first, id).size() > 0);
                    kept.add(results(first, id));
                }
                first.api().delete("orders/m19");
                first.api().register("orders/last", "{\"url\":\"" + app.url() + "\",\"interval\":300,\"lease\":0}");
            } finally {
                first.kill();
            }
            MonitorProcess second = MonitorProcess.start(data);
            try {
                assertThat(second.printed()).hasSize(3);
                assertThat(Api.json(second.api().get("/api/v1/targets")).path("targets"))
                        .hasSize(20);
                assertThat(second.api().get("/api/v1/targets/orders/m19").statusCode())
                        .isEqualTo(404);
                assertThat(second.api().get("/api/v1/targets/orders/last").statusCode())
                        .isEqualTo(200);
                for (int i = 0; i < 20; i++) {
                    assertThat(results(second, "orders/m" + i)).containsAll(kept.get(i));
                }
                JsonNode again = second.api().target("orders/m0");
                assertThat(again.path("since")).isEqualTo(state.path("since"));
                assertThat(again.path("lastResult")).isEqualTo(state.path("lastResult"));
            } finally {
                second.kill();
            }
        }
    }

    private static JsonNode results(MonitorProcess child, String id) {
        return Api.json(child.api().get("/api/v1/targets/" + id + "/results")).path("results");
    }

    @Test
    @Timeout(60)
    void stopsCleanlyOnTerm() throws IOException, InterruptedException {
        MonitorProcess child = MonitorProcess.start(data);
        child.process().destroy();
        assertThat(child.process().waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(data.resolve("monitor.db-wal")).doesNotExist();
    }
}
