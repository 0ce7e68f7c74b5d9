package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;

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
    private Thing thing;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        thing = new Thing(directory);
    }

    @AfterEach
    void stop() {
        thing.close();
    }

    @Test
    void process() throws IOException {
        Path pidFile = thing.directory.resolve("it.pid");
        Process process = new ProcessBuilder("sleep", "600").start();
        try {
            Files.writeString(pidFile, process.pid() + "\n");
            Thing.isHealthy(thing.watch(Thing.By.FILE, "process", Map.of("pidFile", pidFile.toString())));
        } finally {
            process.destroyForcibly().onExit().join();
        }
        assertThat(Thing.trouble(thing.next())).contains("is not alive");
        Files.delete(pidFile);
        assertThat(Thing.trouble(thing.next())).startsWith("no such PID file");
    }

    @Test
    void exec() throws IOException {
        Path answer = Files.writeString(thing.directory.resolve("answer"), "0\n");
        String script = "echo said $(cat " + answer + "); exit $(cat " + answer + ")";
        Thing.isHealthy(thing.watch(Thing.By.FILE, "exec", Map.of("command", new Object[] {"sh", "-c", script})));
        Files.writeString(answer, "3\n");
        assertThat(Thing.trouble(thing.next())).isEqualTo("'sh' exited with 3, expected 0: said 3");
    }

    @Test
    void execOfALineWithoutAShell() throws IOException {
        assertThat(Thing.trouble(thing.watch(
                        Thing.By.FILE, "exec", Map.of("command", "echo 'a  b' \"$HOME\" | cat", "expectedExit", 1))))
                .isEqualTo("'echo' exited with 0, expected 1: a  b $HOME | cat");
    }

    @Test
    void execThatHangsIsKilledWithAllItsChildren() throws IOException {
        Path pids = thing.directory.resolve("pids");
        // The inner shell is gone at once: what it has started belongs to nobody then.
        String script = "(sleep 611 & echo $! >> " + pids + ") ; sleep 612 & echo $! >> " + pids + "; wait";
        thing.monitor.allowHung(1);
        thing.configure(Thing.By.FILE, "exec", Map.of("command", new Object[] {"sh", "-c", script}));
        thing.monitor.advance(Duration.ofSeconds(1));
        Await.until("the children run", () -> lines(pids) == 2);
        // No further than the limit: the next run would say that this one is not back.
        thing.monitor.time.advance(Duration.ofSeconds(2));
        Await.until(
                "the limit was noticed",
                () -> thing.monitor.api.target(Thing.ID).has("lastResult"));
        assertThat(Thing.trouble(thing.monitor.api.target(Thing.ID))).contains("within 2");
        for (String pid : Files.readAllLines(pids).subList(0, 2)) {
            Await.until("child " + pid + " is gone", () -> !isAlive(Long.parseLong(pid)));
        }
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
    void whatRunsOnTheMonitorsOwnMachineIsForItsOperatorAlone(String kind) {
        String document = "{\"check\":\"it\",\"kind\":\"" + kind + "\",\"pidFile\":\"/x\",\"command\":\"true\"}";
        HttpResponse<byte[]> answer = thing.monitor.admin.send("POST", "/api/v1/hosts/thing/checks", document);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Api.json(answer).path("errors").get(0).path("field").asText())
                .isEqualTo("kind");
    }
}
