package dev.vitals.samples.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks the apps and the monitor over HTTP. */
final class MonitorApi {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final ObjectMapper mapper = new ObjectMapper();
    private final Settings settings;

    MonitorApi(Settings settings) {
        this.settings = settings;
    }

    /** Returns whether the app answers at all. */
    boolean answers(App app) {
        try {
            return get(settings.uri(app).resolve("/_ping")).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns the monitor's targets. */
    List<Target> targets() throws IOException {
        HttpResponse<String> answer = get(settings.uri(App.MONITOR).resolve("/api/v1/targets"));
        if (answer.statusCode() != 200) {
            throw new IOException("the monitor answers " + answer.statusCode());
        }
        List<Target> targets = new ArrayList<>();
        mapper.readTree(answer.body()).path("targets").forEach(node -> targets.add(target(node)));
        return targets;
    }

    /** Returns whether the monitor has polled the app after that time, with a state better than unhealthy. */
    boolean works(App app, Instant after) {
        try {
            return targets().stream()
                    .filter(target -> target.url().equals(settings.uri(app)) && target.works())
                    .anyMatch(
                            target -> target.polled() != null && target.polled().isAfter(after));
        } catch (IOException e) {
            return false;
        }
    }

    private static Target target(JsonNode node) {
        JsonNode last = node.path("lastResult");
        String message = last.path("message").asText(null);
        return new Target(
                node.path("app").asText() + "/" + node.path("instance").asText(),
                URI.create(node.path("url").asText()),
                node.path("state").asText(),
                Instant.parse(node.path("since").asText()),
                last.has("time") ? Instant.parse(last.path("time").asText()) : null,
                message);
    }

    private HttpResponse<String> get(URI uri) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(TIMEOUT).build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /**
     * One instance as the monitor reports it.
     *
     * @param polled the time of the last poll; null if there was none
     * @param message what was wrong at that poll; null if nothing was
     */
    record Target(
            String id,
            URI url,
            String state,
            Instant since,
            @Nullable Instant polled,
            @Nullable String message) {
        boolean works() {
            return state.equals("HEALTHY") || state.equals("DEGRADED");
        }
    }
}
