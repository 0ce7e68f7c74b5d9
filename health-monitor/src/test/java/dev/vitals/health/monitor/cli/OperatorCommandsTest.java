package dev.vitals.health.monitor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.monitor.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that change something at a running monitor, or look at an app from here. */
class OperatorCommandsTest {
    @TempDir
    static Path data;

    private static ClientFixture vitals;

    @BeforeAll
    static void start() throws IOException {
        vitals = new ClientFixture(data);
        vitals.register("search/m1", ClientFixture.FAIL, "UNHEALTHY");
    }

    @AfterAll
    static void stop() {
        vitals.close();
    }

    @BeforeEach
    void asAdministrator() throws IOException {
        vitals.environment.put("VITALS_URL", vitals.monitor.uri().toString());
        vitals.environment.put("VITALS_TOKEN", vitals.token("admin"));
    }

    @Test
    void anIncidentIsListedShownAndAcknowledged() {
        Await.until(
                "it is open",
                () -> vitals.run("incidents", "-o", "name") == 0
                        && vitals.lines().size() == 1);
        String id = vitals.lines().get(0);
        String begin = id.substring(0, 8);
        assertThat(vitals.run("incidents")).isZero();
        assertThat(vitals.lines().get(1)).startsWith("UNHEALTHY").contains(begin, "search/m1", "no db");
        assertThat(vitals.run("incidents", begin)).isZero();
        assertThat(vitals.out.toString()).contains("by nobody; vitals ack " + begin, "id            " + id);
        assertThat(vitals.run("ack", begin)).isEqualTo(64);
        assertThat(vitals.run("ack", begin, "--reason", "new disk", "--by", "anna"))
                .isZero();
        assertThat(vitals.out.toString()).startsWith("acknowledged by anna: ");
        assertThat(vitals.run("incidents", id)).isZero();
        assertThat(vitals.out.toString()).contains("acknowledged  anna, ", "ago: new disk");
        assertThat(vitals.run("incidents", "--all", "--target", "search", "-o", "json"))
                .isZero();
        assertThat(vitals.run("ack", "ffff0000", "--reason", "x")).isEqualTo(3);
        assertThat(vitals.err.toString()).contains("there is no incident ffff0000 (see vitals incidents --all)");
    }

    @Test
    void whoMayNotIsToldWhatToDo() {
        vitals.environment.remove("VITALS_TOKEN");
        assertThat(vitals.run("silence", "search", "--for", "1h", "--reason", "x"))
                .isEqualTo(3);
        assertThat(vitals.err.toString()).contains("401", "VITALS_TOKEN", "vitals login");
    }

    @Test
    void aSilenceIsCreatedListedAndEnded() throws IOException {
        assertThat(vitals.run("silence", "machine=m1", "--for", "1h", "--reason", "new disk"))
                .isZero();
        String id = vitals.lines().get(0).split(" ", -1)[1];
        assertThat(vitals.err.toString()).isEmpty();
        assertThat(vitals.run("silence", "list", "-o", "json")).isZero();
        JsonNode silence = vitals.json().path("silences").get(0);
        assertThat(silence.path("id").asText()).isEqualTo(id);
        assertThat(silence.path("selector").path("machine").asText()).isEqualTo("m1");
        assertThat(Duration.between(
                        Instant.now(), Instant.parse(silence.path("to").asText())))
                .isBetween(Duration.ofMinutes(55), Duration.ofMinutes(60));
        assertThat(vitals.run("silence", "list")).isZero();
        assertThat(vitals.lines().get(1)).contains(id, "machine=m1", "new disk", "in ");
        assertThat(vitals.run("targets")).isZero();
        assertThat(vitals.out.toString()).contains("(silenced) ");
        assertThat(vitals.run("silence", "end", id)).isZero();
        assertThat(vitals.run("silence", "list", "--active")).isZero();
        assertThat(vitals.out.toString()).startsWith("no silences");
        assertThat(vitals.run("silence", "end", id)).isEqualTo(3);
    }

    @Test
    void aMaintenanceWindowTakesTimesOfADay() throws IOException {
        assertThat(vitals.run("maintenance", "other", "--from", "tomorrow 22:00", "--for", "2h", "--reason", "patches"))
                .isZero();
        assertThat(vitals.err.toString()).contains("vitals: it matches no target now");
        String id = vitals.lines().get(0).split(" ", -1)[1];
        assertThat(vitals.run("maintenance", "list", "-o", "json")).isZero();
        JsonNode window = vitals.json().path("maintenance").get(0);
        assertThat(window.path("service").asText()).isEqualTo("other");
        assertThat(Duration.between(
                        Instant.parse(window.path("from").asText()),
                        Instant.parse(window.path("to").asText())))
                .isEqualTo(Duration.ofHours(2));
        assertThat(vitals.run("maintenance", "end", id)).isZero();
    }

    @Test
    void aSuppressionWithoutItsPartsIsWrongUse() {
        assertThat(vitals.run("silence")).isEqualTo(64);
        assertThat(vitals.err.toString()).contains("SELECTOR is required (see vitals silence --help)");
        assertThat(vitals.run("silence", "search", "--for", "1h")).isEqualTo(64);
        assertThat(vitals.err.toString()).contains("--reason is required");
        assertThat(vitals.run("silence", "search", "--for", "soon", "--reason", "x"))
                .isEqualTo(64);
        assertThat(vitals.err.toString()).contains("--for: must be ", "tomorrow 22:00", "was 'soon'");
    }

    @Test
    void aLoginIsKeptForItsOwnerAndItsMonitorOnly() throws IOException {
        assertThat(vitals.run("login")).as(vitals.err.toString()).isZero();
        assertThat(vitals.out.toString()).contains("as token:admin (admin)").doesNotContain(vitals.token("admin"));
        Path file = data.resolve(".config/vitals/login.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        vitals.environment.remove("VITALS_TOKEN");
        vitals.environment.remove("VITALS_URL");
        assertThat(vitals.run("token", "list")).as(vitals.err.toString()).isZero();
        assertThat(vitals.run("token", "list", "--url", vitals.appUrl())).isZero();
        assertThat(vitals.authorization)
                .as("the token does not go to another server")
                .isNull();
        vitals.environment.put("VITALS_TOKEN", "vta_wrong");
        assertThat(vitals.run("login")).isEqualTo(3);
        assertThat(vitals.err.toString())
                .contains("does not know this token; nothing is kept")
                .doesNotContain("vta_wrong");
        vitals.environment.remove("VITALS_TOKEN");
        assertThat(vitals.run("token", "list")).as("the login is as before").isZero();
        assertThat(vitals.run("login", "--remove")).isZero();
        assertThat(file).doesNotExist();
    }

    @Test
    void checkShowsPhasesFormVerdictAndHowToWatchIt() throws IOException {
        vitals.answers(
                "/_health", "{\"status\":\"warn\",\"checks\":{\"disk\":[{\"status\":\"warn\",\"output\":\"full\"}]}}");
        assertThat(vitals.run("check", vitals.appUrl()))
                .as(vitals.err.toString())
                .isEqualTo(1);
        assertThat(vitals.out.toString())
                .contains("warn  " + vitals.appUrl() + "/_health")
                .contains("connecting ", "answering ", "total ", "HTTP 200, application/health+json")
                .contains("form      health+json (draft-inadarei-api-health-check-06)")
                .contains("health_check: {type: health, url: '" + vitals.appUrl() + "', health_path: '/_health'}")
                .contains("MonitorClient.builder(")
                .containsPattern("warn +disk +full");
        vitals.answers("/up", "{\"status\":\"UP\"}");
        assertThat(vitals.run("check", vitals.appUrl() + "/up", "-o", "json")).isZero();
        assertThat(vitals.json().path("dialect").asText()).isEqualTo("Spring Boot Actuator");
        assertThat(vitals.json().path("phasesMs").path("total").asDouble()).isPositive();
        assertThat(vitals.json().path("judgedBy").asText()).isEqualTo("body");
    }

    @Test
    void checkOfAnAbsentServerIsExitCode3AndOfAStrangeUrl64() {
        assertThat(vitals.run("check", "http://127.0.0.1:1/")).isEqualTo(3);
        assertThat(vitals.out.toString())
                .startsWith("fail  http://127.0.0.1:1/_health: ")
                .contains("refused");
        assertThat(vitals.run("check", "ftp://m1/")).isEqualTo(64);
        assertThat(vitals.run("check", "http://")).isEqualTo(64);
    }

    @Test
    void theCompletionKnowsCommandsOptionsAndNames() throws Exception {
        assertThat(vitals.run("complete-names")).isZero();
        assertThat(vitals.lines()).contains("search", "search/m1");
        assertThat(vitals.run("completion", "fish")).isEqualTo(64);
        assertThat(vitals.run("completion", "zsh")).isZero();
        assertThat(vitals.out.toString())
                .startsWith("#compdef vitals")
                .doesNotContain("@COMMANDS", "@OPTIONS", "@SUB", "@NAMED", "@FILES");
        assertThat(vitals.run("completion", "bash")).isZero();
        Path script = Files.writeString(data.resolve("completion.bash"), vitals.out + """
                        vitals() { echo search search/m1; }
                        try() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _vitals; echo "${COMPREPLY[*]}"; }
                        try vitals hea
                        try vitals health sea
                        try vitals silence li
                        try vitals targets --fail
                        try vitals targets -o js
                        try vitals completion z
                        try vitals health --token-file sea
                        """);
        Process bash = new ProcessBuilder("bash", script.toString())
                .redirectErrorStream(true)
                .start();
        String printed = new String(bash.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(bash.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(printed.lines())
                .containsExactly("health", "search search/m1", "list", "--failing", "json jsonl", "zsh", "");
    }
}
