package dev.vitals.health.monitor.net;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PostTest {
    private static final URI URL = URI.create("http://example.org/");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static HttpCall post(URI url, byte[] body) {
        return HttpCall.post(url, "application/json", body).timeout(PATIENCE);
    }

    @Test
    void sendsTheLongestBodyWhole() throws IOException {
        byte[] body = new byte[HttpCall.MAX_SENT_BYTES];
        Arrays.fill(body, (byte) 0xe4);
        AtomicReference<byte[]> received = new AtomicReference<>();
        AtomicReference<String> type = new AtomicReference<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            received.set(exchange.getRequestBody().readAllBytes());
            type.set(exchange.getRequestMethod() + " "
                    + exchange.getRequestHeaders().getFirst("Content-Type"));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        try (Calls calls = new Calls()) {
            URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
            assertThat(calls.http(post(url, body)).answer().orElseThrow().status())
                    .isEqualTo(204);
            assertThat(received.get()).isEqualTo(body);
            assertThat(type.get()).isEqualTo("POST application/json");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void sendsAnEmptyBodyWithItsLength() throws IOException {
        try (Calls calls = new Calls();
                RawServer server = new RawServer(RawServer.always(RawServer.ok("ok")))) {
            assertThat(calls.body(post(server.url("/"), new byte[0]))).isEqualTo("ok");
            assertThat(server.heads())
                    .singleElement()
                    .asString()
                    .contains("Content-Length: 0\r\n", "Connection: close");
        }
    }

    @Test
    void isNotRepeatedIfTheConnectionBreaks() throws IOException {
        try (Calls calls = new Calls();
                RawServer server = new RawServer(connection -> {
                    connection.readHead();
                    connection.reset();
                })) {
            assertThat(calls.failure(post(server.url("/"), "{}".getBytes(UTF_8)))
                            .reason())
                    .isEqualTo(Failure.Reason.CLOSED);
            assertThat(server.heads()).hasSize(1);
        }
    }

    @Test
    void followsNoRedirect() throws IOException {
        String redirect = "HTTP/1.1 307 Temporary Redirect\r\nLocation: /else\r\nContent-Length: 0\r\n\r\n";
        try (Calls calls = new Calls();
                RawServer server = new RawServer(RawServer.always(redirect))) {
            ExchangeResult result = calls.http(post(server.url("/"), new byte[0]));
            assertThat(result.answer().orElseThrow().status()).isEqualTo(307);
            assertThat(server.heads()).hasSize(1);
        }
    }

    @Test
    void refusesWhatCouldRepeatIt() {
        assertThatIllegalStateException()
                .isThrownBy(() -> post(URL, new byte[0]).keep("key"))
                .withMessage("a POST is sent once");
        assertThatIllegalStateException()
                .isThrownBy(() -> post(URL, new byte[0]).redirects(1))
                .withMessage("a POST is sent once");
    }

    @Test
    void refusesALongerBody() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> post(URL, new byte[HttpCall.MAX_SENT_BYTES + 1]))
                .withMessageContaining("body")
                .withMessageContaining("1048576");
    }
}
