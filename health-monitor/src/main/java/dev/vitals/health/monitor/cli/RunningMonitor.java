package dev.vitals.health.monitor.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.internal.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that talk to a running monitor, which alone writes into its data directory. */
final class RunningMonitor {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @Option(
            names = "--monitor",
            paramLabel = "URI",
            defaultValue = "http://127.0.0.1:8180",
            description = "URL of the running monitor (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private URI monitor;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            defaultValue = "data/admin.token",
            description = "File with the token of an administrator (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path tokenFile;

    JsonNode get(String path) throws IOException {
        return send(path, HttpRequest.Builder::GET);
    }

    JsonNode delete(String path) throws IOException {
        return send(path, HttpRequest.Builder::DELETE);
    }

    JsonNode post(String path, Json.Writer body) throws IOException {
        return send(path, request -> request.POST(MonitorApi.body(body)));
    }

    JsonNode put(String path, Json.Writer body) throws IOException {
        return send(path, request -> request.PUT(MonitorApi.body(body)));
    }

    private JsonNode send(String path, UnaryOperator<HttpRequest.Builder> request) throws IOException {
        try {
            return MonitorApi.read(new MonitorApi(monitor, token()).send(path, TIMEOUT, request));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private String token() throws IOException {
        try {
            return Files.readString(tokenFile).strip();
        } catch (NoSuchFileException e) {
            throw new IOException(
                    "the file " + tokenFile + " does not exist; name a file with an admin token by --token-file", e);
        }
    }

    /** Returns the name as one segment of a path. */
    static String segment(String name) {
        return URLEncoder.encode(name, UTF_8).replace("+", "%20");
    }

    /** Writes the values of an option as an array, which is empty if the option is absent. */
    static void array(JsonGenerator json, String field, @Nullable List<String> values) throws IOException {
        json.writeArrayFieldStart(field);
        for (String value : values == null ? List.<String>of() : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }
}
