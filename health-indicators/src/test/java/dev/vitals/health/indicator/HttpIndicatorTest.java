package dev.vitals.health.indicator;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.vitals.health.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpIndicatorTest {
    private static final Duration SHORT = Duration.ofMillis(300);

    private final CountDownLatch testIsOver = new CountDownLatch(1);
    private final CountDownLatch requestArrived = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        testIsOver.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void theExpectedStatusIsOk() throws Exception {
        answers(200, "fine");
        Outcome outcome = check().run();
        Expect.ok(outcome);
        assertThat(outcome.data()).containsEntry("httpStatus", 200);
    }

    @Test
    void anotherStatusNamesTheActualAndTheExpectedOne() throws Exception {
        answers(503, "down");
        Outcome outcome = check().run();
        Expect.error(outcome, "GET " + uri("/_ping") + " answered 503, expected 200");
        assertThat(outcome.data()).containsEntry("httpStatus", 503);
        Expect.ok(check().expectedStatus(503).run());
    }

    @Test
    void anEmptyBodyIsOk() throws Exception {
        answers(204, "");
        Expect.ok(check().expectedStatus(204).run());
    }

    @Test
    void aRedirectIsAnAnswerAndIsNotFollowed() throws Exception {
        server.createContext("/_ping", exchange -> {
            exchange.getResponseHeaders().add("Location", uri("/elsewhere").toString());
            send(exchange, 302, "");
        });
        Expect.error(
                check().run(), "GET " + uri("/_ping") + " answered 302 to " + uri("/elsewhere") + ", expected 200");
        Expect.ok(check().expectedStatus(302).run());
    }

    @Test
    void theBodyMustContainTheText() throws Exception {
        answers(200, "state: ready");
        Expect.ok(check().bodyContains("ready").run());
        Expect.error(
                check().bodyContains("Ready").run(),
                "GET " + uri("/_ping") + " answered 200 without 'Ready' in its body");
    }

    @Test
    void theBodyIsReadInItsCharset() throws Exception {
        server.createContext("/_ping", exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "text/plain; charset=ISO-8859-1");
            send(exchange, 200, "déjà", StandardCharsets.ISO_8859_1);
        });
        Expect.ok(check().bodyContains("déjà").run());
    }

    @Test
    void aTextUpToTheLimitIsFoundInALongBody() throws Exception {
        answers(200, "x".repeat(65_531) + "ready" + "x".repeat(200_000));
        Expect.ok(check().bodyContains("ready").run());
    }

    @Test
    void aTextBeyondTheLimitIsNotFoundAndTheMessageNamesTheLimit() throws Exception {
        answers(200, "x".repeat(65_532) + "ready");
        Expect.error(
                check().bodyContains("ready").run(),
                "GET " + uri("/_ping") + " answered 200 without 'ready' in the first 65536 bytes of its body");
    }

    @Test
    void anEndlessBodyIsCutOff() throws Exception {
        CountDownLatch connectionLost = new CountDownLatch(1);
        server.createContext("/_ping", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                while (testIsOver.getCount() > 0) {
                    body.write(new byte[10_000]);
                }
            } catch (IOException e) {
                connectionLost.countDown();
                throw e;
            }
        });
        Expect.ok(check().timeout(Duration.ofSeconds(20)).run());
        connectionLost.await();
    }

    @Test
    void aServerThatHangsBeforeTheHeadersIsGivenUp() throws Exception {
        server.createContext("/_ping", exchange -> awaitEnd());
        Expect.error(check().timeout(SHORT).run(), "GET " + uri("/_ping") + " did not answer completely within 300 ms");
    }

    @Test
    void aServerThatHangsInTheBodyIsGivenUp() throws Exception {
        server.createContext("/_ping", exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write(new byte[50]);
            exchange.getResponseBody().flush();
            awaitEnd();
        });
        Expect.error(check().timeout(SHORT).run(), "GET " + uri("/_ping") + " did not answer completely within 300 ms");
    }

    @Test
    void theConnectionIsClosedWhenARunIsGivenUp() throws Exception {
        try (ServerSocket slow = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            FutureTask<Long> untilClosed = new FutureTask<>(() -> {
                try (Socket socket = slow.accept()) {
                    String start = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nstart";
                    socket.getOutputStream().write(start.getBytes(StandardCharsets.US_ASCII));
                    return socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                }
            });
            threads.execute(untilClosed);
            URI uri = URI.create("http://localhost:" + slow.getLocalPort());
            Expect.error(
                    HttpIndicator.of(uri).timeout(SHORT).run(),
                    "GET " + uri + " did not answer completely within 300 ms");
            assertThat(untilClosed.get(10, TimeUnit.SECONDS)).isPositive();
        }
    }

    @Test
    void anInterruptedRunEnds() throws Exception {
        server.createContext("/_ping", exchange -> awaitEnd());
        FutureTask<Outcome> run = new FutureTask<>(check().timeout(Duration.ofMinutes(1))::run);
        Thread thread = new Thread(run);
        thread.start();
        requestArrived.await();
        thread.interrupt();
        thread.join();
        assertThat(run.isDone()).isTrue();
    }

    @Test
    void aClosedPortIsRefused() throws Exception {
        server.stop(0);
        Expect.error(check().run(), "GET " + uri("/_ping") + " failed: connection refused");
    }

    @Test
    void aNameThatCannotBeResolvedIsAnUnknownHost() throws Exception {
        String host = "a".repeat(64); // a label has 63 at most, so no name server is asked
        Expect.error(
                HttpIndicator.of(URI.create("http://" + host)).run(), "GET http://" + host + " failed: unknown host");
    }

    @Test
    void aServerWithoutTlsFailsInTls() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            threads.execute(() -> answer(plain, "HTTP/1.1 400 Bad Request\r\n\r\n"));
            URI https = URI.create("https://localhost:" + plain.getLocalPort());
            Expect.error(
                    HttpIndicator.of(https).timeout(Duration.ofSeconds(10)).run(),
                    "GET " + https + " failed: TLS failed (SSLException)");
        }
    }

    @Test
    void aServerThatSendsNothingFails() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            threads.execute(() -> answer(mute, ""));
            URI uri = URI.create("http://localhost:" + mute.getLocalPort());
            Expect.error(
                    HttpIndicator.of(uri).timeout(Duration.ofSeconds(10)).run(),
                    "GET " + uri + " failed: connection closed");
        }
    }

    @Test
    void headersAreSentAndTheQueryIsNotShown() throws Exception {
        server.createContext("/secured", exchange -> {
            boolean known =
                    List.of("Bearer t").equals(exchange.getRequestHeaders().get("Authorization"))
                            && "key=k".equals(exchange.getRequestURI().getQuery());
            send(exchange, known ? 200 : 401, "");
        });
        HttpIndicator check = HttpIndicator.of(uri("/secured?key=k"));
        Expect.ok(check.header("Authorization", "Bearer t").run());
        Expect.error(check.run(), "GET " + uri("/secured") + "?... answered 401, expected 200");
    }

    @Test
    void runsOfAllCopiesShareOneConnection() throws Exception {
        Set<InetSocketAddress> peers = new HashSet<>();
        server.createContext("/_ping", exchange -> {
            peers.add(exchange.getRemoteAddress());
            send(exchange, 200, "fine");
        });
        HttpIndicator check = check();
        for (int count = 0; count < 5; count++) {
            Expect.ok(check.run());
            Expect.ok(check.bodyContains("fine").timeout(Duration.ofSeconds(20)).run());
        }
        assertThat(peers).hasSize(1);
    }

    @Test
    void isAComponent() {
        assertThat(check().componentType()).contains("component");
    }

    private HttpIndicator check() {
        return HttpIndicator.of(uri("/_ping")).timeout(Duration.ofSeconds(10));
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + server.getAddress().getPort() + path);
    }

    private void answers(int status, String body) {
        server.createContext("/_ping", exchange -> send(exchange, status, body));
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        send(exchange, status, body, StandardCharsets.UTF_8);
    }

    private static void send(HttpExchange exchange, int status, String body, Charset charset) throws IOException {
        byte[] bytes = body.getBytes(charset);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private static void answer(ServerSocket server, String answer) {
        while (true) {
            try (Socket socket = server.accept()) {
                assertThat(socket.getInputStream().read()).isNotNegative();
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                socket.shutdownOutput();
                socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                if (server.isClosed()) {
                    return;
                }
            }
        }
    }

    private void awaitEnd() {
        requestArrived.countDown();
        try {
            testIsOver.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
