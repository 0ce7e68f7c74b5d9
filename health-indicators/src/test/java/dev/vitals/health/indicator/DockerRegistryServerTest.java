package dev.vitals.health.indicator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.Outcome;
import dev.vitals.health.testing.Program;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uses a real registry, if it is installed. */
class DockerRegistryServerTest {
    private static final Pattern LISTENING = Pattern.compile("listening on (127\\.0\\.0\\.1:[0-9]+)");
    private static final List<String> OPEN = List.of(
            "version: 0.1",
            "log: {accesslog: {disabled: true}}",
            "storage: {inmemory: {}}",
            "http: {addr: '127.0.0.1:0'}");

    @TempDir
    Path folder;

    private Process registry;

    @AfterEach
    void stop() throws InterruptedException {
        if (registry != null) {
            assertThat(registry.destroyForcibly().waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void anOpenRegistryIsOk() throws Exception {
        Outcome outcome = start(OPEN).run();
        Expect.ok(outcome);
        assertThat(outcome.data()).containsEntry("httpStatus", 200).containsEntry("apiVersion", "registry/2.0");
    }

    @Test
    void aRegistryThatRequiresALoginIsOk() throws Exception {
        // The registry makes the file itself, with a random password.
        String login = "auth: {htpasswd: {realm: test, path: '" + folder.resolve("htpasswd") + "'}}";
        Outcome outcome = start(List.of(OPEN.get(0), OPEN.get(1), OPEN.get(2), OPEN.get(3), login))
                .run();
        Expect.ok(outcome);
        assertThat(outcome.data()).containsEntry("httpStatus", 401).containsEntry("apiVersion", "registry/2.0");
    }

    @Test
    void aStoppedRegistryIsNotReachable() throws Exception {
        DockerRegistryIndicator check = start(OPEN);
        Expect.ok(check.run());
        stop();
        Outcome outcome = check.run();
        assertThat(outcome.code()).isEqualTo(Outcome.Code.ERROR);
        assertThat(outcome.message().orElseThrow()).startsWith("registry is not reachable: GET http://127.0.0.1:");
    }

    private DockerRegistryIndicator start(List<String> settings) throws IOException {
        Path file = Files.write(folder.resolve("registry.yml"), settings);
        registry = new ProcessBuilder(Program.named("docker-registry"), "serve", file.toString())
                .redirectErrorStream(true)
                .start();
        BufferedReader lines = registry.inputReader();
        StringBuilder said = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher listening = LISTENING.matcher(line);
            if (listening.find()) {
                return DockerRegistryIndicator.of(URI.create("http://" + listening.group(1)))
                        .timeout(Duration.ofSeconds(20));
            }
            said.append(line).append('\n');
        }
        throw new AssertionError("the registry does not listen: " + said);
    }
}
