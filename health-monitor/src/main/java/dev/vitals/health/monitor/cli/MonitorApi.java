package dev.vitals.health.monitor.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.internal.IoFailure;
import dev.vitals.health.internal.Json;
import dev.vitals.health.internal.Uris;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** The HTTP API of a running monitor, which may itself be below a path. Thread-safe. */
final class MonitorApi {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
    private final URI monitor;
    private final String token;

    MonitorApi(URI monitor, String token) {
        this.monitor = monitor;
        this.token = token;
    }

    /**
     * Sends a request with the token.
     *
     * @param request sets the method, the body and further headers
     * @throws IOException if there is no response within the timeout
     */
    HttpResponse<byte[]> send(String path, Duration timeout, UnaryOperator<HttpRequest.Builder> request)
            throws IOException, InterruptedException {
        HttpRequest.Builder builder = HttpRequest.newBuilder(Uris.join(monitor.toString(), path))
                .timeout(timeout)
                .header("Authorization", "Bearer " + token);
        try {
            return http.send(request.apply(builder).build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new IOException("no monitor answers at " + monitor + ": " + IoFailure.withAdvice(e), e);
        }
    }

    static HttpRequest.BodyPublisher body(Json.Writer writer) {
        return HttpRequest.BodyPublishers.ofByteArray(Json.write(writer));
    }

    /**
     * Returns the document in a response.
     *
     * @throws IOException if the response is an error; the message has its details
     */
    static JsonNode read(HttpResponse<byte[]> response) throws IOException {
        if (response.statusCode() < 200 || response.statusCode() > 299) {
            throw new IOException("the monitor answered " + response.statusCode() + ": " + details(response.body()));
        }
        return Json.read(response.body());
    }

    /** Returns the text of a problem document, with all its fields. */
    static String details(byte[] body) {
        try {
            JsonNode problem = Json.read(body);
            StringBuilder text = new StringBuilder(problem.path("detail").asText("no details"));
            for (JsonNode error : problem.path("errors")) {
                text.append("; ").append(error.path("field").asText());
                text.append(" must be ").append(error.path("bound").asText());
                text.append(", was ")
                        .append(error.hasNonNull("value") ? error.path("value").asText() : "absent");
            }
            return text.toString();
        } catch (IOException notJson) {
            return "the response is not JSON";
        }
    }
}
