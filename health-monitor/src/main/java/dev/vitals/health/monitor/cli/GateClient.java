package dev.vitals.health.monitor.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.internal.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Asks for one gate, follows it, and prints a line for each change. Anything unexpected is an exception, never open. */
final class GateClient {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final int WAIT_SECONDS = 30;
    private static final Duration PATIENCE = Duration.ofSeconds(WAIT_SECONDS + 15);
    private static final Duration CANCEL_PATIENCE = Duration.ofSeconds(5);
    private static final Set<String> STATES = Set.of("waiting", "open", "closed");

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    private final String base;
    private final String token;
    private final PrintWriter out;
    // The gate that waits; completes when the monitor has answered whether there is one.
    private volatile @Nullable CompletableFuture<String> waiting;
    private String printed = "";

    GateClient(URI monitor, String token, PrintWriter out) {
        this.base = Answers.url(monitor, "/api/v1/gates").toString();
        this.token = token;
        this.out = out;
    }

    /** Returns the final state. */
    String ask(Map<String, Object> document) throws IOException, InterruptedException {
        CompletableFuture<String> created = new CompletableFuture<>();
        waiting = created;
        HttpResponse<byte[]> answer;
        try {
            byte[] body = Json.write(json -> json.writePOJO(document));
            answer = send(request("", PATIENCE)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
            created.complete(Answers.read(answer).path("id").asText());
        } finally {
            created.cancel(false);
        }
        String state = follow(created.join(), answer);
        waiting = null;
        return state;
    }

    private String follow(String id, HttpResponse<byte[]> created) throws IOException, InterruptedException {
        JsonNode gate = Json.read(created.body());
        String tag = tag(created);
        while (show(gate).equals("waiting")) {
            HttpResponse<byte[]> answer = send(request("/" + id + "?wait=" + WAIT_SECONDS, PATIENCE)
                    .header("If-None-Match", tag)
                    .GET());
            if (answer.statusCode() != 304) {
                gate = Answers.read(answer);
                tag = tag(answer);
            }
        }
        return gate.path("state").asText();
    }

    private String show(JsonNode gate) throws IOException {
        String state = gate.path("state").asText();
        if (!STATES.contains(state)) {
            throw new IOException("the monitor's answer is not understood");
        }
        String line = state + ": " + gate.path("why").asText();
        if (!line.equals(printed)) {
            printed = line;
            out.println(line);
            out.flush();
        }
        return state;
    }

    private static String tag(HttpResponse<byte[]> answer) {
        return answer.headers().firstValue("ETag").orElse("");
    }

    /** Cancels the gate if it still waits; a failure to do so is no matter, for its deadline comes. */
    void cancel(@Nullable String by) {
        CompletableFuture<String> created = waiting;
        waiting = null;
        if (created == null) {
            return;
        }
        try {
            String id = created.get(CANCEL_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            String query = by == null ? "" : "?by=" + URLEncoder.encode(by, UTF_8);
            HttpResponse<byte[]> answer =
                    send(request("/" + id + query, CANCEL_PATIENCE).DELETE());
            out.println(answer.statusCode() == 200 ? "cancelled" : "not cancelled: " + Answers.detail(answer.body()));
        } catch (CancellationException | ExecutionException | TimeoutException none) {
            out.println("there is no gate to cancel");
        } catch (IOException e) {
            out.println("not cancelled: " + words(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        out.flush();
    }

    static String words(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private HttpRequest.Builder request(String path, Duration patience) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .timeout(patience)
                .header("Authorization", "Bearer " + token);
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }
}
