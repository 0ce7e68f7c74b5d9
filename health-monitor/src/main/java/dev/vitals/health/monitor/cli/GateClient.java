package dev.vitals.health.monitor.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.internal.Json;
import dev.vitals.health.monitor.model.Rfc3339;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks for one gate, follows it, and prints a line for each change. Anything unexpected is an exception, never open. */
final class GateClient {
    private static final Logger log = LoggerFactory.getLogger(GateClient.class);
    private static final String GATES = "/api/v1/gates";
    private static final Duration MARGIN = Duration.ofSeconds(15);
    // What stands between, such as a proxy, says that the monitor is away or slow.
    private static final Set<Integer> PASSING = Set.of(502, 503, 504);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    // After its deadline the gate is decided and can still be read.
    private static final Duration AFTER_DEADLINE = Duration.ofSeconds(5);
    private static final Duration CANCEL_TIMEOUT = Duration.ofSeconds(5);
    private static final Set<String> STATES = Set.of("waiting", "open", "closed");

    private final MonitorApi api;
    private final Duration wait;
    private final PrintWriter out;
    // The id of the gate, as soon as the monitor has created it; cancelled if it has not. Null if no gate waits.
    private volatile @Nullable CompletableFuture<String> waiting;
    private String printed = "";

    /**
     * Creates a client.
     *
     * @param wait how long the monitor may hold one request, in whole seconds
     */
    GateClient(MonitorApi api, Duration wait, PrintWriter out) {
        this.api = api;
        this.wait = wait;
        this.out = out;
    }

    /** Creates a gate and returns its final state. */
    String ask(Map<String, Object> document) throws IOException, InterruptedException {
        CompletableFuture<String> created = new CompletableFuture<>();
        waiting = created;
        HttpResponse<byte[]> response;
        try {
            response = api.send(
                    GATES,
                    wait.plus(MARGIN),
                    request -> request.header("Content-Type", "application/json")
                            .POST(MonitorApi.body(json -> json.writePOJO(document))));
            created.complete(MonitorApi.read(response).path("id").asText());
        } finally {
            created.cancel(false);
        }
        String state = follow(created.join(), response);
        waiting = null;
        return state;
    }

    private String follow(String id, HttpResponse<byte[]> created) throws IOException, InterruptedException {
        JsonNode gate = Json.read(created.body());
        HttpResponse<byte[]> latest = created;
        while (show(gate).equals("waiting")) {
            String tag = latest.headers().firstValue("ETag").orElse("");
            HttpResponse<byte[]> response = again(id, tag, deadline(gate));
            if (response.statusCode() != 304) {
                gate = MonitorApi.read(response);
                latest = response;
            }
        }
        return gate.path("state").asText();
    }

    // The gate is durable: a broken wire, a restart of the monitor or an impatient proxy says nothing about it.
    private HttpResponse<byte[]> again(String id, String tag, Instant deadline)
            throws IOException, InterruptedException {
        while (true) {
            boolean over = Instant.now().isAfter(deadline);
            try {
                HttpResponse<byte[]> response = api.send(
                        GATES + "/" + id + "?wait=" + wait.toSeconds(),
                        wait.plus(MARGIN),
                        request -> request.header("If-None-Match", tag).GET());
                if (over || !PASSING.contains(response.statusCode())) {
                    return response;
                }
                log.debug("the monitor answered {}; asking again", response.statusCode());
            } catch (IOException e) {
                if (over) {
                    throw e;
                }
                log.debug("no answer; asking again", e);
            }
            Thread.sleep(PAUSE.toMillis());
        }
    }

    private static Instant deadline(JsonNode gate) {
        Instant known = Rfc3339.parse(gate.path("deadline").asText());
        return (known == null ? Instant.now() : known).plus(AFTER_DEADLINE);
    }

    private String show(JsonNode gate) throws IOException {
        String state = gate.path("state").asText();
        if (!STATES.contains(state)) {
            throw new IOException("the monitor answered with the unknown gate state '" + state + "'");
        }
        String line = state + ": " + gate.path("why").asText();
        if (!line.equals(printed)) {
            printed = line;
            print(line);
        }
        return state;
    }

    /** Cancels the gate if it still waits. A failure to do so is only printed, since the gate closes at its deadline. */
    void cancel(@Nullable String by) {
        CompletableFuture<String> created = waiting;
        waiting = null;
        if (created == null) {
            return;
        }
        try {
            String id = created.get(CANCEL_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            String query = by == null ? "" : "?by=" + URLEncoder.encode(by, UTF_8);
            HttpResponse<byte[]> response =
                    api.send(GATES + "/" + id + query, CANCEL_TIMEOUT, HttpRequest.Builder::DELETE);
            print(response.statusCode() == 200 ? "cancelled" : "not cancelled: " + MonitorApi.details(response.body()));
        } catch (CancellationException | ExecutionException notCreated) {
            // Nothing to cancel and nothing to report: the caller reports why there is no gate.
            return;
        } catch (TimeoutException e) {
            print("not cancelled: the monitor has not answered yet");
        } catch (IOException e) {
            print("not cancelled: " + text(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void print(String line) {
        out.println(line);
        out.flush();
    }

    static String text(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
