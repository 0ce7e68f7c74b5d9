package dev.vitals.health.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.Health;
import dev.vitals.health.testing.HttpExchanges;
import dev.vitals.health.testkit.ManualScheduler;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a client of a {@link HealthServer} may cost. */
@Timeout(60)
class HealthServerLimitsTest {
    private static final String HALF = "GET /_ping HT";
    private static final String PING = "GET /_ping HTTP/1.1\r\nConnection: close\r\n\r\n";
    private static final int CLIENTS = 250;

    private final Health health = new ManualScheduler().health().start();
    private final List<Socket> sockets = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        health.close();
    }

    private Socket send(HealthServer server, String text) throws IOException {
        Socket socket = HttpExchanges.connect(server.port());
        sockets.add(socket);
        socket.setSoTimeout(30_000);
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        return socket;
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().matches("health-server-\\d+"))
                .count();
    }

    private static boolean isEnded(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (IOException reset) {
            return true;
        }
    }

    @Test
    void halfRequestsCostBoundedThreadsAndKeepNobodyElseOut() throws IOException {
        long before = threads();
        try (HealthServer server = HealthServer.builder(health).start()) {
            for (int i = 0; i < CLIENTS; i++) {
                send(server, HALF);
                assertThat(threads() - before).isLessThanOrEqualTo(Connections.MAX);
            }

            assertThat(HttpExchanges.raw(server.port(), PING).code()).isEqualTo(200);
            assertThat(sockets.subList(0, CLIENTS - Connections.MAX - 1)).allMatch(HealthServerLimitsTest::isEnded);
        }
    }

    @Test
    void aHalfRequestIsEndedAfterItsTime() throws IOException {
        try (HealthServer server = HealthServer.builder(health)
                .requestTimeout(Duration.ofMillis(200))
                .start()) {
            assertThat(isEnded(send(server, HALF))).isTrue();
            assertThat(isEnded(send(server, ""))).isTrue();
            assertThat(isEnded(send(server, "GET /_ping HTTP/1.1\r\nX: y\r\n"))).isTrue();
        }
    }

    @Test
    void aHandshakeThatNeverComesIsEndedAfterItsTime(@TempDir Path directory) throws Exception {
        try (HealthServer server = HealthServer.builder(health)
                .tls(TlsKeys.make(directory).context())
                .requestTimeout(Duration.ofMillis(200))
                .start()) {
            assertThat(isEnded(send(server, ""))).isTrue();
            assertThat(isEnded(send(server, "\u0016\u0003"))).isTrue();
        }
    }

    @Test
    void aClientThatDoesNotReadTheAnswerIsEndedAfterItsTime() throws IOException {
        String large = "x".repeat(50_000_000);
        try (HealthServer server = HealthServer.builder(health)
                .handle("/large", "text/plain", () -> large)
                .requestTimeout(Duration.ofMillis(200))
                .start()) {
            send(server, "GET /large HTTP/1.1\r\n\r\n");

            await(HealthServerLimitsTest::isWriting);
            await(() -> !isWriting());
        }
    }

    private static boolean isWriting() {
        return Thread.getAllStackTraces().values().stream()
                .flatMap(Stream::of)
                .anyMatch(frame -> frame.getClassName().equals(Connection.class.getName())
                        && frame.getMethodName().equals("write"));
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - end).isNegative();
            Thread.onSpinWait();
        }
    }

    @Test
    void aBodyThatNeverComesIsEndedAfterItsTime() throws IOException {
        try (HealthServer server = HealthServer.builder(health)
                .requestTimeout(Duration.ofMillis(200))
                .start()) {
            Socket socket = send(server, "POST /_ping HTTP/1.1\r\nContent-Length: 100\r\n\r\n");

            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 405 ");
        }
    }

    @Test
    void idleConnectionsMakeRoomForOthers() throws IOException {
        try (HealthServer server = HealthServer.builder(health).start()) {
            for (int i = 0; i < 3 * Connections.MAX; i++) {
                Socket socket = send(server, "GET /_ping HTTP/1.1\r\n\r\n");
                assertThat(new String(socket.getInputStream().readNBytes(12), UTF_8))
                        .isEqualTo("HTTP/1.1 200");
            }
        }
    }

    @Test
    void aHeadMayHave32KiB() {
        try (HealthServer server = HealthServer.builder(health).start()) {
            String cookie = "GET /_ping HTTP/1.1\r\nConnection: close\r\nCookie: ";

            assertThat(HttpExchanges.raw(server.port(), cookie + "x".repeat(32_000) + "\r\n\r\n")
                            .code())
                    .isEqualTo(200);
            assertThat(HttpExchanges.raw(server.port(), cookie + "x".repeat(33_000) + "\r\n\r\n")
                            .code())
                    .isEqualTo(431);
        }
    }

    @Test
    void closesAllConnectionsWithTheServer() throws IOException {
        Socket socket;
        try (HealthServer server = HealthServer.builder(health).start()) {
            socket = send(server, HALF);
        }
        assertThat(isEnded(socket)).isTrue();
    }
}
