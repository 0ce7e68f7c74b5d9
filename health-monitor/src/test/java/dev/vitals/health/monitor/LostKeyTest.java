package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.testkit.ManualScheduler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data directory whose file with the encryption key is gone. */
class LostKeyTest {
    private static final String CHECKS = "/api/v1/hosts/h/checks";
    private static final String LOST = "its secret password cannot be read, give it again";
    private static final String SECRET = ",\"user\":\"u\",\"password\":\"hidden\"";

    @TempDir
    Path data;

    private final FakeApp app = open();
    private final ManualScheduler time = new ManualScheduler();
    private TestMonitor monitor;

    private static FakeApp open() {
        try {
            return new FakeApp();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeEach
    void loseTheKey() throws IOException {
        monitor = new TestMonitor(data, time);
        create("k", SECRET);
        create("header", ",\"headers\":{\"X-Api-Key\":\"hidden\"}");
        create("off", SECRET + ",\"enabled\":false");
        create("plain", "");
        monitor.api.register("r/1", registration());
        monitor.advance(Duration.ofSeconds(35));
        assertThat(monitor.api.state("h/k")).isEqualTo("HEALTHY");
        monitor.close();
        Files.move(data.resolve("secret.key"), data.resolve("moved.key"));
        monitor = new TestMonitor(data, time);
    }

    @AfterEach
    void close() {
        monitor.close();
        app.close();
    }

    private String registration() {
        return "{\"kind\":\"http\",\"url\":\"" + app.url() + "/\"" + SECRET + ",\"lease\":0}";
    }

    private String check(String more) {
        return "\"kind\":\"http\",\"interval\":5,\"timeout\":1,\"url\":\"" + app.url() + "/\"" + more + "}";
    }

    private HttpResponse<byte[]> create(String name, String more) {
        return monitor.admin.send("POST", CHECKS, "{\"check\":\"" + name + "\"," + check(more));
    }

    private HttpResponse<byte[]> put(String name, String more) {
        return monitor.admin.send("PUT", CHECKS + "/" + name, "{" + check(more));
    }

    @Test
    void whatHasASecretStaysListedAndIsUnknownWithTheReason() {
        monitor.advance(Duration.ofSeconds(60));
        for (String id : new String[] {"h/k", "r/1"}) {
            JsonNode target = monitor.api.target(id);
            assertThat(target.path("state").asText()).isEqualTo("UNKNOWN");
            assertThat(target.path("lastResult").path("message").asText()).isEqualTo(LOST);
        }
        assertThat(monitor.api.state("h/header")).isEqualTo("UNKNOWN");
        assertThat(monitor.api.state("h/plain")).isEqualTo("HEALTHY");
        assertThat(Api.json(monitor.api.get(CHECKS)).path("checks")).hasSize(4);
        JsonNode trial = Api.json(monitor.admin.send("POST", CHECKS + "/k/test", ""));
        assertThat(trial.path("code").asText()).isEqualTo("ERROR");
        assertThat(trial.path("message").asText()).isEqualTo(LOST);
    }

    @Test
    void theMonitorsOwnHealthWarnsWithTheNumber() {
        Await.until("the own checks have run", () -> {
            time.advance(Duration.ofSeconds(1));
            return Api.text(monitor.api.get("/_health"))
                    .contains("4 targets and host checks are not polled, such as h/header");
        });
        String page = Api.text(monitor.admin.send(
                monitor.admin.authorized("/").header("Accept", "text/html").GET()));
        assertThat(page)
                .contains(
                        "Trouble of the monitor itself", ">4 targets and host checks are not polled, such as h/header")
                .doesNotContain("Optional[");
    }

    @Test
    void theNamesStayTaken() {
        assertThat(create("k", "").statusCode()).isEqualTo(409);
        assertThat(monitor.api.put("h/k", "{\"url\":\"" + app.url() + "\"}").statusCode())
                .isEqualTo(409);
        assertThat(create("off", "").statusCode()).isEqualTo(409);
    }

    @Test
    void noKeyIsMadeAndWhateverHasASecretIsRefusedUntilTheOldKeyIsBack() throws IOException {
        assertThat(data.resolve("secret.key")).doesNotExist();
        for (HttpResponse<byte[]> refused : List.of(
                put("k", SECRET),
                monitor.api.put("r/1", registration()),
                monitor.admin.send("POST", "/api/v1/secrets/rotate", ""))) {
            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(Api.text(refused)).contains("secret.key is missing", "--new-key");
        }
        HttpResponse<byte[]> silent = put("k", ",\"user\":\"u\"");
        assertThat(silent.statusCode()).isEqualTo(400);
        assertThat(Api.text(silent)).contains("password", "given again, because the stored one cannot be read");
        monitor.close();
        Files.move(data.resolve("moved.key"), data.resolve("secret.key"));
        monitor = new TestMonitor(data, time);
        monitor.advance(Duration.ofSeconds(35));
        for (String id : new String[] {"h/k", "h/header", "r/1"}) {
            assertThat(monitor.api.state(id)).isEqualTo("HEALTHY");
        }
        assertThat(app.lastHeader("X-Api-Key")).isIn("hidden", null);
    }

    @Test
    void withANewKeyTheSecretsAreGivenAgain() {
        monitor.close();
        monitor = new TestMonitor(data, time, settings -> settings.newKey(true));
        assertThat(put("k", SECRET).statusCode()).isEqualTo(200);
        monitor.api.register("r/1", registration());
        monitor.advance(Duration.ofSeconds(35));
        assertThat(monitor.api.state("h/k")).isEqualTo("HEALTHY");
        assertThat(monitor.api.state("r/1")).isEqualTo("HEALTHY");
        assertThat(monitor.api.state("h/header")).isEqualTo("UNKNOWN");
        assertThat(monitor.admin.send("DELETE", CHECKS + "/header", "").statusCode())
                .isEqualTo(204);
        assertThat(monitor.api.get("/api/v1/targets/h/header").statusCode()).isEqualTo(404);
    }

    @Test
    void aFileWithSecretsKeepsWhatIsStoredUntilThereIsAKey() throws IOException {
        Path file = data.resolve("services.yml");
        Files.writeString(
                file,
                "services:\n  web:\n    health_check: {type: http, url: '" + app.url()
                        + "/', user: u, password: hidden, interval: 5, timeout: 1}\n");
        monitor.close();
        monitor = new TestMonitor(data, time, settings -> settings.file(file));
        assertThat(monitor.api.get("/api/v1/targets/web/localhost").statusCode())
                .isEqualTo(404);
        assertThat(Api.text(monitor.api.get("/api/v1/config/file"))).contains("secret.key is missing");
        monitor.close();
        monitor = new TestMonitor(data, time, settings -> settings.file(file).newKey(true));
        monitor.advance(Duration.ofSeconds(10));
        assertThat(monitor.api.state("web/localhost")).isEqualTo("HEALTHY");
    }
}
