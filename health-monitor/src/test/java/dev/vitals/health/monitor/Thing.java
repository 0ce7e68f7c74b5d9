package dev.vitals.health.monitor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.internal.Json;
import dev.vitals.health.monitor.model.Naming;
import dev.vitals.health.testkit.ManualScheduler;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** A real monitor that watches one thing, which the test hands to it by the source of its choice. */
final class Thing implements AutoCloseable {
    static final String ID = "thing/it";

    final Path directory;
    final TestMonitor monitor;
    /** How many results in a row it takes: registrations are never content with one. */
    int votes = 1;

    /** How a check comes to the monitor. */
    enum By {
        FILE("file"),
        API("host"),
        REGISTRATION("registration");

        final String word;

        By(String word) {
            this.word = word;
        }
    }

    Thing(Path directory) throws IOException {
        this.directory = directory;
        Files.writeString(file(), "services: {}\n");
        monitor = new TestMonitor(directory.resolve("data"), new ManualScheduler(), builder -> builder.file(file()));
    }

    private Path file() {
        return directory.resolve("services.yml");
    }

    /** Has the thing watched every 5 s, and returns what the first poll found. */
    JsonNode watch(By source, String kind, Map<String, Object> fields) throws IOException {
        configure(source, kind, fields);
        JsonNode target = next();
        assertThat(target.path("source").asText()).isEqualTo(source.word);
        assertThat(target.path("kind").asText()).isEqualTo(kind);
        return target;
    }

    void configure(By source, String kind, Map<String, Object> fields) throws IOException {
        Map<String, Object> document = new LinkedHashMap<>(fields);
        document.put("interval", 5);
        document.put("timeout", 2);
        if (source == By.API) {
            document.put("kind", kind);
            document.put("check", "it");
            document.put("failureThreshold", 1);
            HttpResponse<byte[]> answer = monitor.admin.send("POST", "/api/v1/hosts/thing/checks", json(document));
            assertThat(answer.statusCode()).as(Api.text(answer)).isEqualTo(201);
        } else if (source == By.REGISTRATION) {
            votes = 2;
            document.put("kind", kind);
            document.put("unhealthy", votes);
            document.put("healthy", votes);
            document.put("lease", 0);
            HttpResponse<byte[]> answer = monitor.api.put(ID, json(document));
            assertThat(answer.statusCode()).as(Api.text(answer)).isEqualTo(201);
        } else {
            Map<String, Object> snake = new LinkedHashMap<>();
            document.forEach((name, value) -> snake.put(Naming.SNAKE.of(name), value));
            snake.put("type", kind);
            snake.put("failure_threshold", 1);
            // JSON is YAML.
            Files.writeString(file(), "services:\n  thing:\n    machine: it\n    health_check: " + json(snake) + "\n");
            HttpResponse<byte[]> answer = monitor.admin.send("POST", "/api/v1/config/reload", "");
            assertThat(answer.statusCode()).as(Api.text(answer)).isEqualTo(200);
        }
    }

    private static String json(Map<String, Object> document) {
        return new String(Json.write(json -> json.writePOJO(document)), UTF_8);
    }

    JsonNode next() {
        for (int i = 0; i < votes; i++) {
            monitor.advance(Duration.ofSeconds(5));
        }
        return monitor.api.target(ID);
    }

    static void isHealthy(JsonNode target) {
        assertThat(target.path("state").asText()).as(target.toString()).isEqualTo("HEALTHY");
    }

    static String trouble(JsonNode target) {
        assertThat(target.path("state").asText()).as(target.toString()).isEqualTo("UNHEALTHY");
        return target.path("lastResult").path("message").asText();
    }

    JsonNode settled() {
        monitor.settle();
        return monitor.api.target(ID);
    }

    @Override
    public void close() {
        monitor.close();
    }
}
