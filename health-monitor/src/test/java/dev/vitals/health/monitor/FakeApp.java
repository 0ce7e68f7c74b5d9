package dev.vitals.health.monitor;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/** An app on a free port; a test sets how it answers all requests. */
final class FakeApp implements AutoCloseable {
    static final String HEALTH_JSON = "application/health+json";

    /** How to answer one request. */
    interface Answer {
        void give(HttpExchange exchange) throws IOException, InterruptedException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicInteger requests = new AtomicInteger();
    private final Set<Integer> clientPorts = ConcurrentHashMap.newKeySet();
    private volatile Answer answer = exchange -> send(exchange, 200, "text/plain", "ok");
    private volatile String lastAccept = "";
    private volatile Headers lastHeaders = new Headers();

    FakeApp() throws IOException {
        this(0);
    }

    FakeApp(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            clientPorts.add(exchange.getRemoteAddress().getPort());
            lastHeaders = exchange.getRequestHeaders();
            lastAccept = exchange.getRequestHeaders().getFirst("Accept");
            try {
                answer.give(exchange);
            } catch (InterruptedException e) {
                exchange.close();
            }
        });
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    String url() {
        return "http://127.0.0.1:" + port();
    }

    /** Answers with that code and body from now on. */
    void answers(int code, String type, String body) {
        answer = exchange -> send(exchange, code, type, body);
    }

    /** Answers 200 that long after each request from now on. */
    void answersAfter(Duration delay) {
        answer = exchange -> {
            boolean ended = end.await(delay.toMillis(), TimeUnit.MILLISECONDS);
            send(exchange, 200, "text/plain", ended ? "bye" : "ok");
        };
    }

    /** Asks for the code of each answer from now on. */
    void answersBy(IntSupplier code) {
        answer = exchange -> send(exchange, code.getAsInt(), "text/plain", "");
    }

    /** Answers with a health document of that status from now on. */
    void reports(int code, String document) {
        answers(code, HEALTH_JSON, document);
    }

    /** Accepts and never answers from now on. */
    void hangs() {
        answer = exchange -> {
            end.await();
            exchange.close();
        };
    }

    /** Waits for the latch before each answer from now on, which is that health document. */
    void reportsWhen(CountDownLatch latch, String document) {
        answer = exchange -> {
            latch.await();
            send(exchange, 200, HEALTH_JSON, document);
        };
    }

    /** Sends the headers and half of the body, and nothing more, from now on. */
    void stalls() {
        answer = exchange -> {
            exchange.getResponseHeaders().set("Content-Type", HEALTH_JSON);
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write("{\"status\":".getBytes(UTF_8));
            exchange.getResponseBody().flush();
            end.await();
            exchange.close();
        };
    }

    /** Closes the connection without an answer from now on. */
    void hangsUp() {
        answer = HttpExchange::close;
    }

    int requests() {
        return requests.get();
    }

    /** Returns how many connections were used. */
    int connections() {
        return clientPorts.size();
    }

    String lastHeader(String name) {
        return lastHeaders.getFirst(name);
    }

    String lastAccept() {
        return lastAccept;
    }

    private static void send(HttpExchange exchange, int code, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(code, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    /** Returns a port that was free a moment ago. */
    static int freePort() {
        try (java.net.ServerSocket socket = new java.net.ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
