package dev.vitals.health.monitor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.vitals.health.internal.Json;
import dev.vitals.health.monitor.Await;
import dev.vitals.health.monitor.Monitor;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A running monitor with an app, and the command line that asks it. */
final class ClientFixture implements AutoCloseable {
    static final String PASS = "{\"status\":\"pass\"}";
    static final String WARN = "{\"status\":\"warn\",\"output\":\"slow \\u001b[31mdisk\"}";
    static final String FAIL = "{\"status\":\"fail\",\"output\":\"no db\"}";

    final Monitor monitor;
    final Path data;
    final Map<String, String> environment = new HashMap<>();
    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();
    ClientContext.Pause pause = time -> {
        throw new InterruptedException("nobody waits here");
    };
    private final HttpServer app;
    private final Map<String, String> answers = new HashMap<>();
    /** The header of the latest request to the app; null if it had none. */
    volatile String authorization = "";

    ClientFixture(Path data) throws IOException {
        this.data = data;
        monitor = Monitor.builder().port(0).data(data).start();
        environment.put("VITALS_URL", monitor.uri().toString());
        environment.put("VITALS_TOKEN", token("admin"));
        environment.put("HOME", data.toString());
        app = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        app.createContext("/", exchange -> {
            authorization = exchange.getRequestHeaders().getFirst("Authorization");
            byte[] body = answer(exchange.getRequestURI().getPath()).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/health+json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        app.start();
    }

    private synchronized String answer(String path) {
        return answers.getOrDefault(path, PASS);
    }

    /** From now on, the app answers so at that path. */
    synchronized void answers(String path, String document) {
        answers.put(path, document);
    }

    String appUrl() {
        return "http://127.0.0.1:" + app.getAddress().getPort();
    }

    String token(String role) throws IOException {
        return Files.readString(data.resolve(role + ".token")).strip();
    }

    /** Registers an instance that is polled each 5 s, and waits for that state. */
    void register(String id, String document, String state) throws IOException {
        String path = "/" + id.replace('/', '-');
        answers(path, document);
        call(
                "registrar",
                "PUT",
                "/api/v1/instances/" + id,
                "{\"url\":\"" + appUrl() + "\",\"healthPath\":\"" + path
                        + "\",\"interval\":5,\"timeout\":2,\"labels\":{\"machine\":\"m1\"}}");
        awaitState(id, state);
    }

    JsonNode call(String role, String method, String path, String body) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(monitor.uri().resolve(path))
                .header("Authorization", "Bearer " + token(role))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<byte[]> answer =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
            assertThat(answer.statusCode()).as(path).isBetween(200, 299);
            return Json.read(answer.body());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void awaitState(String id, String state) {
        Await.until(id + " is " + state, () -> {
            try {
                return call("admin", "GET", "/api/v1/targets/" + id, "")
                        .path("state")
                        .asText()
                        .equals(state);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    int run(String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        ClientContext context = new ClientContext(environment, java.time.Clock.systemUTC(), time -> pause.of(time));
        return Main.run(context, new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    List<String> lines() {
        return new ArrayList<>(out.toString().lines().toList());
    }

    JsonNode json() throws IOException {
        return Json.read(out.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        app.stop(0);
        monitor.close();
    }
}
