package dev.vitals.health.monitor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.vitals.health.internal.Json;
import dev.vitals.health.monitor.Await;
import dev.vitals.health.monitor.Monitor;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command against a running monitor, whose target is a server of this test; in real time. */
class GateCommandTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path data;

    private Monitor monitor;
    private HttpServer app;
    private volatile int code = 200;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        monitor = Monitor.builder().port(0).data(data).start();
        app = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        app.createContext("/", exchange -> {
            exchange.sendResponseHeaders(code, -1);
            exchange.close();
        });
        app.start();
        String document = "{\"url\":\"http://127.0.0.1:" + app.getAddress().getPort()
                + "\",\"interval\":5,\"timeout\":2,\"healthy\":2,\"labels\":{\"machine\":\"m1\"}}";
        assertThat(send(request("/api/v1/instances/orders/m1").PUT(HttpRequest.BodyPublishers.ofString(document)))
                        .statusCode())
                .isEqualTo(201);
    }

    @AfterEach
    void stop() {
        app.stop(0);
        monitor.close();
    }

    private HttpRequest.Builder request(String path) throws IOException {
        return HttpRequest.newBuilder(monitor.uri().resolve(path))
                .header(
                        "Authorization",
                        "Bearer "
                                + Files.readString(monitor.tokenFile()
                                                .resolveSibling(
                                                        path.contains("gates") ? "admin.token" : "registrar.token"))
                                        .strip());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode gates() throws IOException, InterruptedException {
        return Json.read(send(request("/api/v1/gates")).body().getBytes(StandardCharsets.UTF_8))
                .path("gates");
    }

    private List<String> args(String... more) {
        List<String> args = new ArrayList<>(List.of(
                "gate",
                "--monitor",
                monitor.uri().toString(),
                "--token-file",
                monitor.tokenFile().resolveSibling("admin.token").toString()));
        args.addAll(List.of(more));
        return args;
    }

    private int run(List<String> args) {
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args.toArray(String[]::new));
    }

    @Test
    void anOpenGateIsExitCode0AndALinePerChange() {
        assertThat(run(args("--host", "m1", "--deadline", "1m", "--passes", "1", "--by", "ci")))
                .as(err.toString())
                .isZero();
        List<String> lines = out.toString().lines().toList();
        assertThat(lines.get(0)).startsWith("waiting: ").contains("orders/m1");
        assertThat(lines.get(lines.size() - 1)).isEqualTo("open: the check passed");
        assertThat(lines).doesNotHaveDuplicates();
    }

    @Test
    void aGateThatIsCancelledIsExitCode1() throws Exception {
        code = 503;
        CompletableFuture<Integer> exit =
                CompletableFuture.supplyAsync(() -> run(args("--service", "orders", "--deadline", "10m")));
        Await.until("it waits", () -> out.toString().contains("UNHEALTHY"));
        String id = gates().path(0).path("id").asText();
        assertThat(send(request("/api/v1/gates/" + id + "?by=anna").DELETE()).statusCode())
                .isEqualTo(200);
        assertThat(exit.get(20, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(out.toString()).endsWith("closed: cancelled by anna" + System.lineSeparator());
    }

    @Test
    void anUnreachableMonitorIsExitCode3() {
        List<String> args = args("--host", "m1", "--deadline", "1m");
        monitor.close();
        assertThat(run(args)).isEqualTo(3);
        assertThat(err.toString())
                .startsWith("vitals monitor: the answer is unknown, treat it as closed: no monitor answers at ")
                .contains(": connection refused; check host and port, and whether the server is running there");
        assertThat(out.toString()).as("there is no gate to cancel").isEmpty();
    }

    @Test
    void aMonitorThatStaysAwayUntilTheDeadlineIsExitCode3() throws Exception {
        code = 503;
        CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(
                () -> run(args("--target", "orders/m1", "--deadline", "10m", "--label", "a=b")));
        assertThat(exit.get(20, TimeUnit.SECONDS)).as("target and label").isEqualTo(3);
        exit = CompletableFuture.supplyAsync(
                () -> run(args("--target", "orders/m1", "--deadline", "2s", "--wait", "1s")));
        Await.until("it waits", () -> out.toString().contains("waiting"));
        monitor.close();
        // A request that comes just as the server ends is given up after 16 s.
        assertThat(exit.get(60, TimeUnit.SECONDS)).isEqualTo(3);
        assertThat(out.toString()).doesNotContain("open");
    }

    @Test
    void aProxyThatLosesPatienceAndABrokenConnectionDoNotEndTheWait() throws Exception {
        code = 503;
        AtomicInteger asked = new AtomicInteger();
        HttpServer proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.setExecutor(Executors.newCachedThreadPool());
        proxy.createContext("/", exchange -> {
            int number = exchange.getRequestMethod().equals("GET") ? asked.incrementAndGet() : 0;
            if (number == 1 || number == 3) {
                exchange.sendResponseHeaders(number == 1 ? 504 : 502, -1);
            } else if (number != 2) {
                pass(exchange);
            }
            // Without a response, this breaks the connection.
            exchange.close();
            if (number == 4) {
                code = 200;
            }
        });
        proxy.start();
        try {
            List<String> args = args("--host", "m1", "--deadline", "1m", "--wait", "1s");
            args.set(2, "http://127.0.0.1:" + proxy.getAddress().getPort() + "/");
            assertThat(run(args)).as(out + " " + err).isZero();
            assertThat(asked.get()).isGreaterThan(4);
            assertThat(err.toString()).isEmpty();
        } finally {
            proxy.stop(0);
            ((ExecutorService) proxy.getExecutor()).shutdownNow();
        }
    }

    private void pass(HttpExchange exchange) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                monitor.uri().resolve(exchange.getRequestURI().toString()));
        for (String name : List.of("Authorization", "Content-Type", "If-None-Match")) {
            String value = exchange.getRequestHeaders().getFirst(name);
            if (value != null) {
                request.header(name, value);
            }
        }
        byte[] body = exchange.getRequestBody().readAllBytes();
        request.method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        try {
            HttpResponse<byte[]> response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            response.headers()
                    .firstValue("ETag")
                    .ifPresent(tag -> exchange.getResponseHeaders().set("ETag", tag));
            exchange.sendResponseHeaders(
                    response.statusCode(), response.body().length == 0 ? -1 : response.body().length);
            exchange.getResponseBody().write(response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aRefusalIsExitCode3AndSaysWhy() {
        assertThat(run(args("--host", "m9", "--deadline", "1m"))).isEqualTo(3);
        assertThat(err.toString()).contains("400", "allowEmpty");
        assertThat(out.toString()).as("there is no gate to cancel").isEmpty();
    }

    @Test
    void anUnknownGateStateIsExitCode3() throws IOException {
        HttpServer strange = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        strange.createContext("/", exchange -> {
            byte[] body = "{\"id\":\"1\",\"state\":\"ajar\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(exchange.getRequestMethod().equals("POST") ? 201 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        strange.start();
        try {
            List<String> args = args("--host", "m1", "--deadline", "1m");
            args.set(2, "http://127.0.0.1:" + strange.getAddress().getPort() + "/");
            assertThat(run(args)).isEqualTo(3);
            assertThat(err.toString()).contains("'ajar'");
        } finally {
            strange.stop(0);
        }
    }

    @Test
    void aGateWhoseDeadlinePassesIsExitCode2() {
        code = 503;
        assertThat(run(args("--host", "m1", "--deadline", "1s", "--wait", "1s")))
                .isEqualTo(2);
        assertThat(out.toString()).contains("closed: the deadline passed at ");
    }

    @Test
    void gateWaitIsTheSameCommand() {
        List<String> args = args("--host", "m1", "--deadline", "1m");
        args.add(1, "wait");
        assertThat(run(args)).as(err.toString()).isZero();
        assertThat(out.toString()).contains("open: the check passed");
    }

    @Test
    void wrongUsageIsExitCode64() {
        List<String> args = args("--host", "m1");
        args.set(2, "ftp://m1");
        assertThat(run(args)).isEqualTo(64);
        assertThat(err.toString()).contains("--url");
        args = args("--host", "m1");
        args.set(4, data.resolve("nothing").toString());
        assertThat(run(args)).isEqualTo(64);
        assertThat(err.toString()).contains("--token-file");
        assertThat(run(args("--host", "m1", "--wait", "2m"))).isEqualTo(64);
        assertThat(err.toString()).contains("--wait: must be from 1s to 60s, was 2m");
    }

    @Test
    void aSignalCancelsTheGate() throws Exception {
        code = 503;
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(args("--host", "m1", "--deadline", "10m", "--by", "script"));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(data.resolve("out").toFile())
                .start();
        try {
            Await.until("it waits", () -> waiting() == 1);
            process.destroy();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isNotZero();
            JsonNode gate = gates().path(0);
            assertThat(gate.path("state").asText()).isEqualTo("closed");
            assertThat(gate.path("why").asText()).isEqualTo("cancelled by script");
        } finally {
            process.destroyForcibly();
        }
    }

    private int waiting() {
        try {
            URI uri = monitor.uri().resolve("/api/v1/gates?state=waiting");
            HttpResponse<String> answer =
                    http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
            return Json.read(answer.body().getBytes(StandardCharsets.UTF_8))
                    .path("gates")
                    .size();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
