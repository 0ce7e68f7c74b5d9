package dev.vitals.health.monitor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.monitor.cli.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A monitor in a separate process, which is killed without warning. */
class KillTest {
    private static final String LISTENS = "vitals monitor listens on ";

    @TempDir
    Path data;

    /** A running child process, and where it answers. */
    private record Child(Process process, Api api, List<String> printed) {
        void kill() throws InterruptedException {
            process.destroyForcibly();
            process.waitFor(20, TimeUnit.SECONDS);
        }
    }

    private Child start() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "serve",
                        "--port",
                        "0",
                        "--data",
                        data.toString())
                .redirectError(data.resolveSibling("monitor.log").toFile())
                .start();
        // Left open: closing it would break the child's standard output.
        BufferedReader output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        List<String> printed = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            printed.add(line);
            if (line.startsWith(LISTENS)) {
                URI uri = URI.create(line.substring(LISTENS.length(), line.indexOf(',')));
                String token = Files.readString(data.resolve("registrar.token")).strip();
                return new Child(process, new Api(uri, token), printed);
            }
        }
        throw new AssertionError("the monitor did not start: " + printed);
    }

    @Test
    @Timeout(120)
    void aKilledMonitorKeepsAllThatItConfirmed() throws IOException, InterruptedException {
        try (FakeApp app = new FakeApp()) {
            app.answers(500, "text/plain", "");
            JsonNode state;
            List<JsonNode> kept = new ArrayList<>();
            Child first = start();
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
            Child second = start();
            try {
                assertThat(second.printed()).hasSize(1);
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

    private static JsonNode results(Child child, String id) {
        return Api.json(child.api().get("/api/v1/targets/" + id + "/results")).path("results");
    }

    @Test
    @Timeout(60)
    void stopsCleanlyOnTerm() throws IOException, InterruptedException {
        Child child = start();
        child.process().destroy();
        assertThat(child.process().waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(data.resolve("monitor.db-wal")).doesNotExist();
    }
}
