package dev.vitals.health.monitor.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.monitor.Await;
import dev.vitals.health.monitor.address.AddressGuard;
import dev.vitals.health.monitor.net.Failure.Reason;
import dev.vitals.health.monitor.net.Timings.Phase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** In every phase, a hanging call ends at its timeout, and its connection is closed. */
class TimeLimitTest {
    private static final Duration SHORT = Duration.ofMillis(300);

    private void endsIn(Phase phase, String words, RawServer server, boolean tls) {
        try (Calls calls = new Calls()) {
            String scheme = tls ? "https" : "http";
            URI url = URI.create(scheme + "://127.0.0.1:" + server.port() + "/");
            ExchangeResult result = calls.http(HttpCall.get(url).timeout(SHORT).keep("a"));
            Failure failure = result.failure().orElseThrow();
            assertThat(failure).isEqualTo(new Failure(Reason.TIMED_OUT, phase, words));
            assertThat(result.timings().total()).isBetween(SHORT, SHORT.plusSeconds(10));
            Await.until("the connection is closed", () -> server.open() == 0);
        }
    }

    @Test
    void aServerThatNeverAnswers() throws IOException {
        try (RawServer server = new RawServer(RawServer.Connection::waitForEnd)) {
            endsIn(Phase.ANSWERING, "no answer within 300 ms", server, false);
        }
    }

    @Test
    void aServerThatStopsInItsHeaders() throws IOException {
        try (RawServer server = new RawServer(connection -> {
            connection.readHead();
            connection.write("HTTP/1.1 200 OK\r\nContent-Type: text");
            connection.waitForEnd();
        })) {
            endsIn(Phase.ANSWERING, "no answer within 300 ms", server, false);
        }
    }

    @Test
    void aServerThatStopsInItsBody() throws IOException {
        try (RawServer server = new RawServer(connection -> {
            connection.readHead();
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
            connection.waitForEnd();
        })) {
            endsIn(Phase.READING, "no answer within 300 ms", server, false);
        }
    }

    @Test
    void aServerThatSendsSlowly() throws IOException {
        try (RawServer server = new RawServer(connection -> {
            connection.readHead();
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
            for (int i = 0; i < 1_000_000; i++) {
                connection.write("x");
                LockSupport.parkNanos(10_000_000);
            }
        })) {
            endsIn(Phase.READING, "no answer within 300 ms", server, false);
        }
    }

    @Test
    void aServerThatDoesNotShakeHands() throws IOException {
        try (RawServer server = new RawServer(RawServer.Connection::waitForEnd)) {
            endsIn(Phase.SECURING, "no TLS handshake within 300 ms", server, true);
        }
    }

    @Test
    void aServerThatDoesNotAccept() throws IOException {
        // When the queue is full, Linux ignores further connections.
        try (Calls calls = new Calls();
                ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<Socket> queue = new ArrayList<>();
            try {
                fill(full.getLocalPort(), queue);
                TcpCall call = new TcpCall("127.0.0.1", full.getLocalPort(), SHORT, AddressGuard.NONE);
                assertThat(calls.tcp(call).failure())
                        .hasValue(new Failure(Reason.TIMED_OUT, Phase.CONNECTING, "no connection within 300 ms"));
                URI url = URI.create("http://127.0.0.1:" + full.getLocalPort());
                assertThat(calls.failure(HttpCall.get(url).timeout(SHORT)).phase())
                        .isEqualTo(Phase.CONNECTING);
            } finally {
                for (Socket socket : queue) {
                    socket.close();
                }
            }
        }
    }

    private static void fill(int port, List<Socket> queue) throws IOException {
        try {
            for (int i = 0; i < 10; i++) {
                Socket socket = new Socket();
                queue.add(socket);
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            }
        } catch (SocketTimeoutException itIsFull) {
            return;
        }
    }
}
