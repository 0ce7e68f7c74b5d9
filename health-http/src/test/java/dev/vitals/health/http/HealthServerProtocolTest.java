package dev.vitals.health.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vitals.health.Health;
import dev.vitals.health.testing.Exchange;
import dev.vitals.health.testing.HttpExchanges;
import dev.vitals.health.testkit.ManualScheduler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a {@link HealthServer} makes of what probers and others send. */
@Timeout(60)
class HealthServerProtocolTest {
    private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";

    private final Health health = new ManualScheduler().health().start();
    private final HealthServer server = HealthServer.builder(health)
            .handle("/metrics", METRICS, () -> "up 1\n")
            .handle("/broken", METRICS, () -> {
                throw new IllegalStateException("no registry");
            })
            .start();

    @AfterEach
    void close() {
        server.close();
        health.close();
    }

    private Exchange raw(String request) {
        return HttpExchanges.raw(server.port(), request);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /_ping HTTP/1.1\nHost: a\nConnection: close\n\n",
                "\r\n\r\nGET /_ping HTTP/1.0\r\n\r\n",
                "GET http://localhost:80/_ping?x HTTP/1.1\r\nConnection: close\r\n\r\n",
                "GET /_ping HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n",
                "GET /_ping HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
                "GET /_ping HTTP/1.1\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello",
                "GET /_ping HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET /_ping HTTP/1.0\r\n\r\n",
            })
    void answersAllThatIsHttp(String request) {
        assertThat(raw(request).code()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /_ping\r\n\r\n",
                "GET  /_ping HTTP/1.1\r\n\r\n",
                "GET _ping HTTP/1.1\r\n\r\n",
                "GET http://h?x=/y HTTP/1.1\r\n\r\n",
                "GET /_ping HTTP/1.1\r\nno colon\r\n\r\n",
                "GET /_ping HTTP/1.1\r\nSpace : x\r\n\r\n",
                "GET /_ping HTTP/1.1\r\nA: b\r\n folded\r\n\r\n",
                "GET /_ping HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
                "GET /_ping HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
                "\u0016\u0003\u0001\u0002\n",
            })
    void refusesWhatIsNotHttp(String request) {
        Exchange answer = raw(request);

        assertThat(answer.code()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    }

    @Test
    void refusesAnotherVersion() {
        assertThat(raw("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").code()).isEqualTo(505);
    }

    @Test
    void answersSeveralRequestsOnOneConnection() throws IOException {
        try (Socket socket = HttpExchanges.connect(server.port())) {
            String first = "GET /_ping HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello";
            String last = "GET /_health/nobody HTTP/1.1\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write((first + first + last).getBytes(UTF_8));

            String answers = new String(socket.getInputStream().readAllBytes(), UTF_8);
            assertThat(answers.split("HTTP/1.1 200 OK\r\n", -1)).hasSize(3);
            assertThat(answers).contains("HTTP/1.1 404 Not Found\r\n").contains("Connection: close\r\n");
        }
    }

    @Test
    void listensOnBothLoopbackAddresses() throws IOException {
        byte[] one = new byte[16];
        one[15] = 1;
        InetAddress loopback6 = InetAddress.getByAddress(one);
        assumeTrue(hasAddress(loopback6), "this host has no ::1");

        for (InetAddress address : new InetAddress[] {loopback6, InetAddress.getByAddress(new byte[] {127, 0, 0, 1})}) {
            try (Socket socket = new Socket(address, server.port())) {
                socket.getOutputStream().write("GET /_ping HTTP/1.0\r\n\r\n".getBytes(UTF_8));
                assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                        .startsWith("HTTP/1.1 200 OK");
            }
        }
    }

    private static boolean hasAddress(InetAddress address) throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .anyMatch(address::equals);
    }

    @Test
    void takesAnAddressAsText() {
        try (HealthServer open = HealthServer.builder(health).bind("0.0.0.0").start()) {
            assertThat(HttpExchanges.raw(open.port(), "GET /_ping HTTP/1.0\r\n\r\n")
                            .code())
                    .isEqualTo(200);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HealthServer.builder(health).bind("256.1.1.1"))
                .withMessage("address must be one of this host, such as 0.0.0.0, was '256.1.1.1'");
    }

    @Test
    void servesFurtherPages() {
        Exchange metrics = raw("GET /metrics/?x HTTP/1.0\r\n\r\n");

        assertThat(metrics.body()).isEqualTo("up 1\n");
        assertThat(metrics.header("Content-Type")).isEqualTo(METRICS);
        assertThat(raw("HEAD /metrics HTTP/1.0\r\n\r\n").header("Content-Length"))
                .isEqualTo("5");
        assertThat(raw("POST /metrics HTTP/1.0\r\n\r\n").code()).isEqualTo(405);
        assertThat(raw("GET /metrics/more HTTP/1.0\r\n\r\n").code()).isEqualTo(404);
        assertThat(raw("GET /broken HTTP/1.0\r\n\r\n").code()).isEqualTo(503);
    }

    @Test
    void furtherPagesNeedTheTokenToo() {
        try (HealthServer closed = HealthServer.builder(health)
                .token("0123456789abcdef")
                .handle("/metrics", METRICS, () -> "up 1\n")
                .start()) {
            assertThat(HttpExchanges.send(URI.create("http://127.0.0.1:" + closed.port()), "GET", "/metrics", Map.of())
                            .code())
                    .isEqualTo(401);
        }
    }

    @Test
    void refusesAPageThatCannotBe() {
        HealthServerBuilder builder = HealthServer.builder(health).handle("/metrics", METRICS, () -> "");
        for (String path : new String[] {"/metrics", "/_health", "/_health/x", "metrics", "/", "/a/", "/a b"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.handle(path, METRICS, () -> ""))
                    .withMessageEndingWith(", was '" + path + "'");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.handle("/x", "text/plain\r\nA: b", () -> ""))
                .withMessageStartingWith("contentType must match ");
    }
}
