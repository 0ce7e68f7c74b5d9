package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.monitor.file.BadFileException;
import dev.vitals.health.testkit.ManualScheduler;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of services under a running monitor. */
class FileSourceTest {
    private static final Duration LOOK = Duration.ofSeconds(5);

    @TempDir
    Path directory;

    private final ManualScheduler time = new ManualScheduler();
    private TestMonitor monitor;
    private FakeApp app;

    @BeforeEach
    void start() throws IOException {
        app = new FakeApp();
        write(service("web"));
        monitor = open();
    }

    @AfterEach
    void stop() {
        monitor.close();
        app.close();
    }

    private TestMonitor open() {
        return new TestMonitor(directory.resolve("data"), time, builder -> builder.file(file()));
    }

    private Path file() {
        return directory.resolve("services.yml");
    }

    private String service(String name) {
        return "  " + name + ": {machine: m1, health_check: {type: http, url: '" + app.url()
                + "', interval: 5, timeout: 2}}\n";
    }

    private void write(String... services) throws IOException {
        Files.writeString(file(), "services:\n" + String.join("", services));
    }

    private int code(String id) {
        return monitor.api.get("/api/v1/targets/" + id).statusCode();
    }

    private JsonNode status() {
        return Api.json(monitor.api.get("/api/v1/config/file"));
    }

    // Each look is over before the next: they are tasks of one thread.
    private void look(int times) {
        for (int i = 0; i < times; i++) {
            monitor.advance(LOOK);
            monitor.monitor().file.looked().join();
        }
    }

    private HttpResponse<byte[]> reload() {
        return monitor.admin.send("POST", "/api/v1/config/reload", "");
    }

    @Test
    void pollsTheTargetsOfTheFile() {
        look(1);
        JsonNode target = monitor.api.target("web/m1");
        assertThat(target.path("source").asText()).isEqualTo("file");
        assertThat(target.path("state").asText()).isEqualTo("HEALTHY");
        assertThat(target.path("labels").path("machine").asText()).isEqualTo("m1");
        assertThat(status().path("targets").asInt()).isEqualTo(1);
        assertThat(status().path("problems")).isEmpty();
    }

    @Test
    void aChangeIsLoadedWithinSecondsAndKeepsTheStatesOfOtherTargets() throws IOException {
        look(1);
        String since = monitor.api.target("web/m1").path("since").asText();
        write(service("api"), service("web").replace("timeout: 2", "timeout: 3"));
        look(2);
        Await.until("the change is in force", () -> code("api/m1") == 200);
        JsonNode web = monitor.api.target("web/m1");
        assertThat(web.path("timeout").asInt()).isEqualTo(3);
        assertThat(web.path("state").asText()).isEqualTo("HEALTHY");
        assertThat(web.path("since").asText()).isEqualTo(since);
        write(service("api"));
        look(2);
        Await.until("the service is gone", () -> code("web/m1") == 404);
    }

    @Test
    void aChangeWithTheSameSizeAndTimeOfModificationIsLoadedToo() throws IOException {
        FileTime past = FileTime.from(Instant.now().minusSeconds(1));
        Files.setLastModifiedTime(file(), past);
        assertThat(reload().statusCode()).isEqualTo(200);
        // As long as before, and as old.
        write(service("wob"));
        Files.setLastModifiedTime(file(), past);
        look(2);
        Await.until("the change is in force", () -> code("wob/m1") == 200);
    }

    @Test
    void aHalfWrittenFileChangesNothing() throws IOException {
        look(1);
        String half = service("web").replace("timeout: 2", "timeout: 3");
        write(half);
        look(1);
        write(half, service("api"));
        look(1);
        assertThat(monitor.api.target("web/m1").path("timeout").asInt()).isEqualTo(2);
        look(1);
        assertThat(code("api/m1")).isEqualTo(200);
        assertThat(monitor.api.target("web/m1").path("timeout").asInt()).isEqualTo(3);
    }

    @Test
    void theRemovalOfMuchNeedsMoreLooks() throws IOException {
        String[] many = IntStream.range(0, 10).mapToObj(i -> service("s" + i)).toArray(String[]::new);
        write(many);
        assertThat(reload().statusCode()).isEqualTo(200);
        write(Arrays.copyOf(many, 7));
        look(4);
        assertThat(code("s9/m1")).isEqualTo(200);
        // The writer goes on after a pause.
        write(many);
        look(6);
        assertThat(code("s9/m1")).isEqualTo(200);
        write(Arrays.copyOf(many, 7));
        look(5);
        assertThat(code("s9/m1")).isEqualTo(404);
        assertThat(code("s6/m1")).isEqualTo(200);
    }

    @Test
    void anotherProbeUnderTheSameNameStartsWithoutState() throws IOException {
        look(1);
        write(service("web").replace("url: '" + app.url(), "url: '" + app.url() + "/other"));
        assertThat(reload().statusCode()).isEqualTo(200);
        assertThat(monitor.api.state("web/m1")).isEqualTo("UNKNOWN");
        look(1);
        assertThat(monitor.api.state("web/m1")).isEqualTo("HEALTHY");
    }

    @Test
    void aFileWithProblemsChangesNothingAndTheProblemsAreShown() throws IOException {
        look(1);
        write(service("api"), "  web: {health_check: {type: http}}\n", "  db: {}\n");
        look(2);
        Await.until("the file was read", () -> !status().path("problems").isEmpty());
        JsonNode problems = status().path("problems");
        assertThat(problems).hasSize(2);
        assertThat(problems.get(0).path("line").asInt()).isEqualTo(3);
        assertThat(problems.get(0).path("text").asText()).startsWith("services.web.health_check.url must be ");
        assertThat(problems.get(1).path("line").asInt()).isEqualTo(4);
        assertThat(code("api/m1")).isEqualTo(404);
        app.answers(500, "text/plain", "no");
        look(1);
        assertThat(monitor.api.state("web/m1")).isEqualTo("DEGRADED");
        monitor.advance(Duration.ofSeconds(10));
        JsonNode own = Api.json(monitor.api.get("/_health"));
        assertThat(own.path("checks")
                        .path("config:responseTime")
                        .path(0)
                        .path("status")
                        .asText())
                .as(own.toString())
                .isEqualTo("warn");
        HttpResponse<byte[]> refused = reload();
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(Api.json(refused).path("problems")).hasSize(2);
        write(service("api"));
        HttpResponse<byte[]> accepted = reload();
        assertThat(accepted.statusCode()).isEqualTo(200);
        assertThat(Api.json(accepted).path("added").asInt()).isEqualTo(1);
        assertThat(Api.json(accepted).path("removed").asInt()).isEqualTo(1);
        assertThat(Api.json(accepted).path("problems")).isEmpty();
        assertThat(code("web/m1")).isEqualTo(404);
    }

    @Test
    void aReloadByASignalReadsTheFileAtOnce() throws IOException {
        write(service("web"), service("api"));
        monitor.monitor().reload();
        monitor.monitor().file.looked().join();
        assertThat(code("api/m1")).isEqualTo(200);
        write("  db: {}\n");
        monitor.monitor().reload();
        monitor.monitor().file.looked().join();
        assertThat(status().path("problems")).hasSize(1);
        assertThat(code("api/m1")).isEqualTo(200);
    }

    @Test
    void aDeletedFileChangesNothing() throws IOException {
        Files.delete(file());
        assertThat(reload().statusCode()).isEqualTo(422);
        assertThat(status().path("problems").get(0).path("text").asText()).contains("does not exist");
        assertThat(code("web/m1")).isEqualTo(200);
    }

    @Test
    void aNameInUseByARegistrationIsAProblemWithItsLine() throws IOException {
        monitor.api.register("api/m1", "{\"url\":\"" + app.url() + "\"}");
        write(service("web"), service("api"));
        HttpResponse<byte[]> refused = reload();
        assertThat(refused.statusCode()).isEqualTo(422);
        JsonNode problem = Api.json(refused).path("problems").get(0);
        assertThat(problem.path("line").asInt()).isEqualTo(3);
        assertThat(problem.path("text").asText()).startsWith("api/m1 must not be in use");
    }

    @Test
    void aRegistrationCannotTakeANameOfTheFile() {
        assertThat(monitor.api.put("web/m1", "{\"url\":\"" + app.url() + "\"}").statusCode())
                .isEqualTo(409);
        assertThat(monitor.api.delete("web/m1").statusCode()).isEqualTo(409);
    }

    @Test
    void aRestartKeepsTheState() {
        look(1);
        String since = monitor.api.target("web/m1").path("since").asText();
        monitor.close();
        monitor = open();
        assertThat(monitor.api.state("web/m1")).isEqualTo("HEALTHY");
        assertThat(monitor.api.target("web/m1").path("since").asText()).isEqualTo(since);
    }

    @Test
    void aMonitorWithoutAFileRemovesTheTargetsOfTheOldOne() {
        monitor.close();
        monitor = new TestMonitor(directory.resolve("data"), time);
        assertThat(code("web/m1")).isEqualTo(404);
        assertThat(monitor.api.get("/api/v1/config/file").statusCode()).isEqualTo(404);
        assertThat(reload().statusCode()).isEqualTo(404);
    }

    @Test
    void aReloadNeedsTheToken() {
        assertThat(monitor.api
                        .send(monitor.api.request("/api/v1/config/reload").POST(HttpRequest.BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void aFileWithProblemsStopsTheStartAndAllProblemsAreNamed() throws IOException {
        monitor.close();
        write("  web: {}\n", "  db: {}\n");
        assertThatThrownBy(() -> Monitor.builder()
                        .port(0)
                        .data(directory.resolve("data"))
                        .file(file())
                        .start())
                .isInstanceOf(BadFileException.class)
                .hasMessageContaining("services.yml:2:3: ")
                .hasMessageContaining("\n" + file() + ":3:3: ");
        write(service("web"));
        monitor = open();
        assertThat(code("web/m1")).isEqualTo(200);
    }

    @Test
    void aPlanShowsTheChangesThatAReloadWouldMake() throws IOException {
        write(service("api"), service("web").replace("timeout: 2", "timeout: 3"));
        MonitorBuilder builder =
                Monitor.builder().data(directory.resolve("data")).file(file());
        assertThat(builder.plan())
                .containsExactly(
                        "+ api/m1: http " + app.url() + " every 5s, timeout 2s", "~ web/m1", "    timeout: 2 -> 3");
        assertThat(reload().statusCode()).isEqualTo(200);
        assertThat(builder.plan()).isEmpty();
    }
}
