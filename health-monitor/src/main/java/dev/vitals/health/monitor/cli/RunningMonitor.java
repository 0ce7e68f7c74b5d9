package dev.vitals.health.monitor.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.internal.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The monitor that a command speaks with over HTTP: it is the only one that writes into its data directory. */
final class RunningMonitor {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @Option(
            names = "--monitor",
            paramLabel = "URI",
            defaultValue = "http://127.0.0.1:8180",
            description = "Where the running monitor answers (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private URI monitor;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            defaultValue = "data/admin.token",
            description = "File with an admin's token (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path tokenFile;

    JsonNode get(String path) throws IOException {
        return send(path, HttpRequest.newBuilder().GET());
    }

    JsonNode delete(String path) throws IOException {
        return send(path, HttpRequest.newBuilder().DELETE());
    }

    JsonNode post(String path, Json.Writer body) throws IOException {
        return send(path, HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.ofByteArray(Json.write(body))));
    }

    JsonNode put(String path, Json.Writer body) throws IOException {
        return send(path, HttpRequest.newBuilder().PUT(HttpRequest.BodyPublishers.ofByteArray(Json.write(body))));
    }

    /** Returns the name as a part of a path. */
    static String part(String name) {
        return URLEncoder.encode(name, UTF_8).replace("+", "%20");
    }

    /** Writes the values of an option that may be absent. */
    static void texts(JsonGenerator json, String field, @Nullable List<String> values) throws IOException {
        json.writeArrayFieldStart(field);
        for (String value : values == null ? List.<String>of() : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    private JsonNode send(String path, HttpRequest.Builder request) throws IOException {
        request.uri(Answers.url(monitor, path)).timeout(TIMEOUT).header("Authorization", "Bearer " + token());
        try {
            return Answers.read(HttpClient.newBuilder()
                    .connectTimeout(TIMEOUT)
                    .build()
                    .send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
        } catch (ConnectException e) {
            throw new IOException("no monitor answers at " + monitor, e);
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
                    "there is no file " + tokenFile + "; --token-file names one with an admin's token", e);
        }
    }
}
