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

/** A real monitor with a single target, which a test configures through the source of its choice. */
final class OneTarget implements AutoCloseable {
    static final String ID = "thing/it";

    final Path directory;
    final TestMonitor monitor;
    /** The results in a row that change the state; a registration needs at least two. */
    int threshold = 1;

    /** The source of the target. */
    enum By {
        FILE("file"),
        API("host"),
        REGISTRATION("registration");

        final String word;

        By(String word) {
            this.word = word;
        }
    }

    OneTarget(Path directory) throws IOException {
        this.directory = directory;
        Files.writeString(file(), "services: {}\n");
        monitor = new TestMonitor(directory.resolve("data"), new ManualScheduler(), builder -> builder.file(file()));
    }

    private Path file() {
        return directory.resolve("services.yml");
    }

    /** Configures the target with an interval of 5 s, and returns it after the first change of its state. */
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
            threshold = 2;
            document.put("kind", kind);
            document.put("unhealthy", threshold);
            document.put("healthy", threshold);
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
        for (int i = 0; i < threshold; i++) {
            monitor.advance(Duration.ofSeconds(5));
        }
        return monitor.api.target(ID);
    }

    static void isHealthy(JsonNode target) {
        assertThat(target.path("state").asText()).as(target.toString()).isEqualTo("HEALTHY");
    }

    static String failure(JsonNode target) {
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
