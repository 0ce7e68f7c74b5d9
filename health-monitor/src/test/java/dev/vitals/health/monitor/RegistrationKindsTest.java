package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.monitor.store.Database;
import dev.vitals.health.monitor.store.SecretStore;
import dev.vitals.health.testkit.ManualScheduler;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Instances that register themselves as something else than a health endpoint. What each kind does: KindsTest. */
class RegistrationKindsTest {
    private static final String ID = "batch/m1";
    private static final String TIMES = "\"interval\":5,\"timeout\":2";

    @TempDir
    Path data;

    private final ManualScheduler time = new ManualScheduler();
    private TestMonitor monitor;
    private FakeApp app;

    @BeforeEach
    void start() throws IOException {
        monitor = new TestMonitor(data, time);
        app = new FakeApp();
        app.answers(200, "text/plain", "ok");
    }

    @AfterEach
    void stop() {
        monitor.close();
        app.close();
    }

    private void restart() {
        monitor.close();
        monitor = new TestMonitor(data, time);
    }

    private HttpResponse<byte[]> register(String kind, String more) {
        return monitor.api.put(ID, "{\"kind\":\"" + kind + "\"," + TIMES + more + "}");
    }

    private HttpResponse<byte[]> registerWithPassword(String password) {
        return register("http", ",\"url\":\"" + app.url() + "\",\"user\":\"u\",\"password\":\"" + password + "\"");
    }

    private void poll(int times) {
        monitor.advance(Duration.ofSeconds(5L * times));
    }

    /** How many secrets the database has of the instance. */
    private int secrets() {
        try (Database database = Database.readSqlite(data.resolve("monitor.db"))) {
            return (int) new SecretStore(database)
                    .secrets().stream()
                            .filter(row -> row.owner().equals("target:" + ID))
                            .count();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"process", "exec", "sql"})
    void refusesAKindThatRegistrationsMayNotHave(String kind) {
        HttpResponse<byte[]> answer = register(kind, ",\"command\":[\"/bin/true\"],\"pidFile\":\"/run/a.pid\"");
        assertThat(answer.statusCode()).isEqualTo(400);
        JsonNode errors = Api.json(answer).path("errors");
        assertThat(errors).hasSize(1);
        assertThat(errors.get(0).path("field").asText()).isEqualTo("kind");
        assertThat(errors.get(0).path("value").asText()).isEqualTo(kind);
        assertThat(errors.get(0).path("bound").asText()).isEqualTo("one of http, health, service, tcp, dns, tls, push");
    }

    @Test
    void namesInvalidFieldsOfTheKindToo() {
        HttpResponse<byte[]> answer = register("tcp", ",\"port\":70000,\"healthy\":1,\"url\":\"http://a\"");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Api.json(answer).path("errors").findValuesAsText("field"))
                .containsExactlyInAnyOrder("host", "port", "healthy", "url");
        assertThat(monitor.api.get("/api/v1/targets/" + ID).statusCode()).isEqualTo(404);
    }

    @Test
    void theAnswerShowsTheRegistrationInForceWithoutSecrets() {
        HttpResponse<byte[]> answer = registerWithPassword("hidden");
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(Api.json(answer).path("kind").asText()).isEqualTo("http");
        assertThat(Api.json(answer).path("expectedStatus").isMissingNode()).isFalse();
        assertThat(Api.text(answer)).doesNotContain("hidden");
    }

    @Test
    void aMissingReportIsAFailureEvenIfTheRegistrationIsRenewed() {
        register("push", "");
        poll(2);
        register("push", "");
        poll(1);
        // The renewal says that it runs; that it does not work is what the silence says.
        assertThat(monitor.api.state(ID)).isEqualTo("UNHEALTHY");
    }

    @Test
    void anotherKindStartsWithoutState() {
        assertThat(register("http", ",\"url\":\"" + app.url() + "\"").statusCode())
                .isEqualTo(201);
        poll(1);
        assertThat(monitor.api.state(ID)).isEqualTo("HEALTHY");
        assertThat(register("push", "").statusCode()).isEqualTo(200);
        JsonNode target = monitor.api.target(ID);
        assertThat(target.path("state").asText()).isEqualTo("UNKNOWN");
        assertThat(target.path("changes").get(0).path("why").asText()).isEqualTo("looks at something else from now on");
    }

    @Test
    void aPasswordSurvivesARestartAndARenewal() {
        registerWithPassword("first");
        assertThat(registerWithPassword("first").statusCode()).isEqualTo(200);
        restart();
        poll(1);
        assertThat(app.lastHeader("Authorization")).isEqualTo("Basic dTpmaXJzdA==");
        registerWithPassword("second");
        restart();
        poll(1);
        assertThat(app.lastHeader("Authorization")).isEqualTo("Basic dTpzZWNvbmQ=");
    }

    @Test
    void aPasswordIsDeletedWithTheProbeThatNeedsIt() {
        registerWithPassword("first");
        assertThat(secrets()).isEqualTo(1);
        register("push", "");
        assertThat(secrets()).isZero();
        registerWithPassword("first");
        assertThat(monitor.api.delete(ID).statusCode()).isEqualTo(204);
        assertThat(secrets()).isZero();
    }

    @Test
    void aRefusedRegistrationDoesNotReplaceThePasswordOfAnotherTarget() throws IOException {
        String check = "{\"check\":\"m1\",\"kind\":\"http\",\"url\":\"" + app.url() + "\",\"user\":\"u\",\"password\":"
                + "\"operators\"," + TIMES + "}";
        assertThat(monitor.admin.post("/api/v1/hosts/batch/checks", check).statusCode())
                .isEqualTo(201);
        assertThat(registerWithPassword("thieves").statusCode()).isEqualTo(409);
        restart();
        poll(1);
        assertThat(app.lastHeader("Authorization")).isEqualTo("Basic dTpvcGVyYXRvcnM=");
        assertThat(Files.exists(data.resolve("secret.key"))).isTrue();
    }
}
