package dev.vitals.health.monitor.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.monitor.model.Rfc3339;
import java.io.IOException;
import java.io.PrintWriter;
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
    // How the reason of a gate begins that closed at its deadline.
    private static final String DEADLINE = "the deadline passed";
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

    /** How a gate was decided. */
    enum Answer {
        OPEN,
        CLOSED,
        TIMED_OUT
    }

    /** Creates a gate and returns how it was decided. */
    Answer ask(Map<String, Object> document) throws IOException, InterruptedException {
        CompletableFuture<String> created = new CompletableFuture<>();
        waiting = created;
        MonitorApi.Response response;
        try {
            response = api.send(MonitorApi.Request.post(GATES, json -> json.writePOJO(document)), wait.plus(MARGIN));
            created.complete(response.read().path("id").asText());
        } finally {
            created.cancel(false);
        }
        Answer answer = follow(created.join(), response);
        waiting = null;
        return answer;
    }

    private Answer follow(String id, MonitorApi.Response created) throws IOException, InterruptedException {
        JsonNode gate = created.document();
        MonitorApi.Response latest = created;
        while (show(gate).equals("waiting")) {
            MonitorApi.Response response = again(id, latest.tag(), deadline(gate));
            if (response.status() != 304) {
                gate = response.read();
                latest = response;
            }
        }
        if (gate.path("state").asText().equals("open")) {
            return Answer.OPEN;
        }
        return gate.path("why").asText().startsWith(DEADLINE) ? Answer.TIMED_OUT : Answer.CLOSED;
    }

    // The gate is durable: a broken wire, a restart of the monitor or an impatient proxy says nothing about it.
    private MonitorApi.Response again(String id, String tag, Instant deadline)
            throws IOException, InterruptedException {
        while (true) {
            boolean over = Instant.now().isAfter(deadline);
            try {
                MonitorApi.Response response = api.send(
                        MonitorApi.Request.get(GATES + "/" + id + "?wait=" + wait.toSeconds())
                                .ifNoneMatch(tag),
                        wait.plus(MARGIN));
                if (over || !PASSING.contains(response.status())) {
                    return response;
                }
                log.debug("the monitor answered {}; asking again", response.status());
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
            String query = by == null ? "" : "?by=" + MonitorApi.segment(by);
            MonitorApi.Response response =
                    api.send(MonitorApi.Request.delete(GATES + "/" + id + query), CANCEL_TIMEOUT);
            print(response.status() == 200 ? "cancelled" : "not cancelled: " + MonitorApi.details(response.body()));
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
        out.println(Table.clean(line));
        out.flush();
    }

    static String text(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
