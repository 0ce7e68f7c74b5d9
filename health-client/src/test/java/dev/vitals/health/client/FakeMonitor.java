package dev.vitals.health.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.vitals.health.internal.Json;
import dev.vitals.health.internal.Threads;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A monitor that answers PUTs from a script, else with 201, answers DELETEs with 204, and records the requests. */
final class FakeMonitor implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;

    final CountDownLatch released = new CountDownLatch(1);

    private final HttpServer server;
    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    private final Queue<HttpHandler> script = new ConcurrentLinkedQueue<>();

    record Request(String method, String path, String authorization, String contentType, JsonNode body) {}

    private FakeMonitor(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(Threads.workers("fake-monitor-"));
        server.createContext("/", this::handle);
        server.start();
    }

    static FakeMonitor start() throws IOException {
        return new FakeMonitor(0);
    }

    /** Starts at the address of an earlier one. */
    static FakeMonitor at(URI uri) throws IOException {
        return new FakeMonitor(uri.getPort());
    }

    /** Returns an address without a monitor. */
    static URI away() throws IOException {
        try (FakeMonitor monitor = start()) {
            return monitor.uri();
        }
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    FakeMonitor answers(int status) {
        return answers(status, "");
    }

    FakeMonitor answers(int status, String body) {
        script.add(exchange -> answer(exchange, status, body));
        return this;
    }

    /** The next connection is closed without an answer. */
    FakeMonitor hangsUp() {
        script.add(HttpExchange::close);
        return this;
    }

    /** The next answer waits until released. */
    FakeMonitor hesitates() {
        script.add(exchange -> {
            awaitRelease();
            answer(exchange, 201, "");
        });
        return this;
    }

    /** The next answer has a head and the beginning of a body, and the rest when released. */
    FakeMonitor stallsInTheBody() {
        script.add(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            awaitRelease();
            exchange.close();
        });
        return this;
    }

    private void awaitRelease() throws IOException {
        try {
            assertThat(released.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String method = exchange.getRequestMethod();
        HttpHandler next = method.equals("PUT") ? script.poll() : null;
        requests.add(new Request(
                method,
                exchange.getRequestURI().getRawPath(),
                exchange.getRequestHeaders().getFirst("Authorization"),
                exchange.getRequestHeaders().getFirst("Content-Type"),
                Json.read(body)));
        if (next != null) {
            next.handle(exchange);
        } else {
            answer(exchange, method.equals("PUT") ? 201 : 204, "");
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    /** Returns the next request, waiting for it. */
    Request next() throws InterruptedException {
        Request request = requests.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(request).as("a request").isNotNull();
        return request;
    }

    /** Returns the number of requests that {@link #next} has not returned yet. */
    int waiting() {
        return requests.size();
    }

    @Override
    public void close() {
        released.countDown();
        server.stop(0);
    }
}
