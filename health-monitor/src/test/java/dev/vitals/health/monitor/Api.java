package dev.vitals.health.monitor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.internal.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Calls a monitor over HTTP, as any client does. */
final class Api {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final URI monitor;
    private final String token;
    private final String operatorToken;

    Api(URI monitor, String token) {
        this(monitor, token, token);
    }

    Api(URI monitor, String token, String operatorToken) {
        this.monitor = monitor;
        this.token = token;
        this.operatorToken = operatorToken;
    }

    HttpResponse<byte[]> put(String id, String document) {
        // Without waiting for the first poll: some tests let the app hang.
        return send(request("/api/v1/instances/" + id)
                .header("Authorization", "Bearer " + token)
                .header("Prefer", "wait=0")
                .PUT(HttpRequest.BodyPublishers.ofString(document)));
    }

    /** Registers an instance; fails if the monitor refuses it. */
    void register(String id, String document) {
        HttpResponse<byte[]> answer = put(id, document);
        assertThat(answer.statusCode()).as(text(answer)).isIn(200, 201);
    }

    HttpResponse<byte[]> delete(String id) {
        return send(request("/api/v1/instances/" + id)
                .header("Authorization", "Bearer " + token)
                .DELETE());
    }

    HttpResponse<byte[]> post(String path, String document) {
        return send(authorized(path).POST(HttpRequest.BodyPublishers.ofString(document)));
    }

    /** Returns a request with the token of an operator. */
    HttpRequest.Builder authorized(String path) {
        return request(path).header("Authorization", "Bearer " + operatorToken);
    }

    CompletableFuture<HttpResponse<byte[]>> sendAsync(HttpRequest.Builder request) {
        return CLIENT.sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    HttpResponse<byte[]> get(String path) {
        return send(request(path).GET());
    }

    /** Sends a request with the token of a registrar. */
    HttpResponse<byte[]> send(String method, String path, String body) {
        return send(request(path)
                .header("Authorization", "Bearer " + token)
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(monitor.resolve(path)).timeout(Duration.ofSeconds(20));
    }

    HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    JsonNode target(String id) {
        HttpResponse<byte[]> answer = get("/api/v1/targets/" + id);
        assertThat(answer.statusCode()).isEqualTo(200);
        return json(answer);
    }

    String state(String id) {
        return target(id).path("state").asText();
    }

    static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), UTF_8);
    }

    static JsonNode json(HttpResponse<byte[]> answer) {
        try {
            return Json.read(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
