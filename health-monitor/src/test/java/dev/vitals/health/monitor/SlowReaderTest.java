package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.internal.Json;
import dev.vitals.health.testkit.ManualScheduler;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readers of great answers who read nothing, over more connections than the monitor has threads. */
class SlowReaderTest {
    private static final int MANY = 300;
    private static final int TARGETS = 1_000;

    @TempDir
    Path directory;

    private TestMonitor monitor;
    private final List<Wire> wires = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        StringBuilder services = new StringBuilder("services:\n");
        for (int i = 0; i < TARGETS; i++) {
            services.append("  app")
                    .append(i)
                    .append(": {machine: m")
                    .append(i % 100)
                    .append(", health_check: {type: http, url: 'http://127.0.0.1:1/', interval: 300}}\n");
        }
        Path file = Files.writeString(directory.resolve("services.yml"), services);
        monitor = new TestMonitor(directory.resolve("data"), new ManualScheduler(), settings -> settings.file(file));
    }

    @AfterEach
    void stop() {
        wires.forEach(Wire::close);
        monitor.close();
    }

    private void askWithoutReading(String path, int times) {
        String request = "GET " + path + " HTTP/1.1\nHost: localhost\n\n";
        for (int i = 0; i < MANY; i++) {
            Wire wire = new Wire(monitor.monitor().uri());
            wires.add(wire);
            wire.send(request.repeat(times));
        }
        wires.forEach(wire -> Await.until("the answer begins", wire::isAnswered));
    }

    private void isAlive() {
        assertThat(monitor.api.get("/_ping").statusCode()).isEqualTo(200);
        monitor.api.register("orders/m1", "{\"url\":\"http://127.0.0.1:1\"}");
        assertThat(Api.json(monitor.api.get("/api/v1/targets")).path("targets")).hasSize(TARGETS + 1);
        assertThat(monitor.api.get("/metrics").statusCode()).isEqualTo(200);
    }

    @Test
    void ofListsHoldNeitherThreadsNorMemory() {
        long before = used();
        askWithoutReading("/api/v1/targets", 3);
        isAlive();
        // 300 lists of some 800 kB would be 240 MB.
        assertThat(used() - before).isLessThan(100L * 1024 * 1024);
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void ofOtherAnswersThatGrowHoldNoThread() {
        for (String path : new String[] {"/openapi.json", "/metrics", "/api/health/dashboard"}) {
            askWithoutReading(path, 5);
            isAlive();
            wires.forEach(Wire::close);
            wires.clear();
        }
    }

    @Test
    void ofAnythingDoNotHoldUpTheEnd() {
        askWithoutReading("/api/v1/targets", 3);
        assertTimeoutPreemptively(Duration.ofSeconds(30), monitor::close);
    }

    @Test
    void whoReadInTheEndGetEverything() throws IOException {
        byte[] all = monitor.api.get("/api/v1/targets").body();
        Wire wire = new Wire(monitor.monitor().uri());
        wires.add(wire);
        wire.send("GET /api/v1/targets HTTP/1.1\nHost: localhost\n\n".repeat(3)
                + "GET /api/v1/targets HTTP/1.1\nHost: localhost\nConnection: close\n\n");
        Await.until("the answer begins", wire::isAnswered);
        isAlive();
        assertThat(wire.untilClosed().length()).isGreaterThan(4 * all.length);
    }

    @Test
    void listsComeInPages() {
        List<String> names = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = Api.json(monitor.api.get("/api/v1/targets?limit=300" + after));
            assertThat(page.path("targets").size()).isLessThanOrEqualTo(300);
            page.path("targets").forEach(target -> names.add(target.path("app").asText()));
            after = page.has("next") ? "&after=" + page.path("next").asText() : "";
        } while (!after.isEmpty());
        assertThat(names).hasSize(TARGETS).doesNotHaveDuplicates().isSorted();
        assertThat(Api.text(monitor.api.get("/api/v1/targets?after=x"))).contains("the value of next");
        assertThat(monitor.api.get("/api/v1/targets?limit=0").statusCode()).isEqualTo(400);
    }

    @Test
    void listsAreCompressedForWhomThatIsRight() throws IOException {
        byte[] plain = monitor.api.get("/api/v1/groups/service").body();
        HttpResponse<byte[]> answer =
                monitor.api.send(monitor.api.request("/api/v1/groups/service").header("Accept-Encoding", "br, gzip"));
        assertThat(answer.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(answer.body().length).isLessThan(plain.length / 4);
        byte[] unpacked = new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes();
        assertThat(Json.read(unpacked)).isEqualTo(Json.read(plain));
    }
}
