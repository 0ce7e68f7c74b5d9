package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kinds of checks that run on the monitor's own machine, with real processes. */
class LocalKindsTest {
    private OneTarget polled;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        polled = new OneTarget(directory);
    }

    @AfterEach
    void stop() {
        polled.close();
    }

    @Test
    void process() throws IOException {
        Path pidFile = polled.directory.resolve("it.pid");
        Process process = new ProcessBuilder("sleep", "600").start();
        try {
            Files.writeString(pidFile, process.pid() + "\n");
            OneTarget.isHealthy(polled.watch(OneTarget.By.FILE, "process", Map.of("pidFile", pidFile.toString())));
        } finally {
            process.destroyForcibly().onExit().join();
        }
        assertThat(OneTarget.failure(polled.next())).contains("is not alive");
        Files.delete(pidFile);
        assertThat(OneTarget.failure(polled.next())).startsWith("no such PID file");
    }

    @Test
    void exec() throws IOException {
        Path answer = Files.writeString(polled.directory.resolve("answer"), "0\n");
        String script = "echo said $(cat " + answer + "); exit $(cat " + answer + ")";
        OneTarget.isHealthy(
                polled.watch(OneTarget.By.FILE, "exec", Map.of("command", new Object[] {"sh", "-c", script})));
        Files.writeString(answer, "3\n");
        assertThat(OneTarget.failure(polled.next())).isEqualTo("'sh' exited with 3, expected 0: said 3");
    }

    @Test
    void execRunsACommandLineWithoutAShell() throws IOException {
        assertThat(OneTarget.failure(polled.watch(
                        OneTarget.By.FILE,
                        "exec",
                        Map.of("command", "echo 'a  b' \"$HOME\" | cat", "expectedExit", 1))))
                .isEqualTo("'echo' exited with 0, expected 1: a  b $HOME | cat");
    }

    @Test
    void execThatHangsIsKilledWithAllItsChildren() throws IOException {
        Path pids = polled.directory.resolve("pids");
        // The inner shell is gone at once: what it has started belongs to nobody then.
        String script = "(sleep 611 & echo $! >> " + pids + ") ; sleep 612 & echo $! >> " + pids + "; wait";
        polled.monitor.allowHung(1);
        polled.configure(OneTarget.By.FILE, "exec", Map.of("command", new Object[] {"sh", "-c", script}));
        polled.monitor.advance(Duration.ofSeconds(1));
        Await.until("the children run", () -> lines(pids) == 2);
        // No further than the limit: the next run would say that this one is not back.
        polled.monitor.time.advance(Duration.ofSeconds(2));
        Await.until(
                "the limit was noticed",
                () -> polled.monitor.api.target(OneTarget.ID).has("lastResult"));
        assertThat(OneTarget.failure(polled.monitor.api.target(OneTarget.ID))).contains("within 2");
        for (String pid : Files.readAllLines(pids).subList(0, 2)) {
            Await.until("child " + pid + " is gone", () -> !isAlive(Long.parseLong(pid)));
        }
    }

    @Test
    void aMonitoringPluginWarnsByItsExitCode1() throws IOException {
        JsonNode target = polled.watch(
                OneTarget.By.FILE,
                "exec",
                Map.of("command", new Object[] {"sh", "-c", "echo DISK WARNING; exit 1"}, "plugin", true));
        assertThat(target.path("state").asText()).isEqualTo("DEGRADED");
        assertThat(target.path("lastResult").path("message").asText()).startsWith("DISK WARNING");
    }

    private static boolean isAlive(long pid) {
        try {
            // Nobody may have taken note of its end yet.
            return !Files.readString(Path.of("/proc", Long.toString(pid), "stat"))
                    .contains(") Z");
        } catch (IOException gone) {
            return false;
        }
    }

    private static int lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file).size() : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"process", "exec"})
    void onlyTheFileCanConfigureLocalProbes(String kind) {
        String document = "{\"check\":\"it\",\"kind\":\"" + kind + "\",\"pidFile\":\"/x\",\"command\":\"true\"}";
        HttpResponse<byte[]> answer = polled.monitor.admin.send("POST", "/api/v1/hosts/thing/checks", document);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Api.json(answer).path("errors").get(0).path("field").asText())
                .isEqualTo("kind");
    }
}
