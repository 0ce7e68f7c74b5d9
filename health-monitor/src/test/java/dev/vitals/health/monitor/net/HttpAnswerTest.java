package dev.vitals.health.monitor.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.monitor.address.AddressGuard;
import dev.vitals.health.monitor.net.Failure.Reason;
import dev.vitals.health.monitor.net.Timings.Phase;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of all kinds of servers. */
class HttpAnswerTest {
    private final Calls calls = new Calls();

    @AfterEach
    void stop() {
        calls.close();
    }

    @Test
    void readsStatusHeadersBodyAndPhases() throws IOException {
        try (RawServer server = new RawServer(RawServer.always(RawServer.ok("hello")))) {
            ExchangeResult result =
                    calls.http(Calls.get(server.url("/a/b?c=d%20e")).header("Accept", "text/plain"));
            assertThat(Calls.text(result)).isEqualTo("hello");
            assertThat(result.answer().orElseThrow().status()).isEqualTo(200);
            assertThat(result.answer().orElseThrow().header("content-TYPE")).hasValue("text/plain");
            assertThat(server.heads())
                    .containsExactly("GET /a/b?c=d%20e HTTP/1.1\r\nHost: 127.0.0.1:" + server.port()
                            + "\r\nAccept: text/plain\r\nConnection: close\r\n\r\n");
            Timings phases = result.timings();
            assertThat(phases.address().orElseThrow().getPort()).isEqualTo(server.port());
            assertThat(phases.kept()).isFalse();
            assertThat(phases.securing()).isEmpty();
            Duration parts = phases.resolving()
                    .orElseThrow()
                    .plus(phases.connecting().orElseThrow())
                    .plus(phases.answering().orElseThrow());
            assertThat(parts).isPositive().isLessThanOrEqualTo(phases.total());
        }
    }

    @Test
    void readsAChunkedBody() throws IOException {
        try (RawServer server = new RawServer(
                RawServer.always(
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n5;x=y\r\ndefgh\r\n0\r\nTrailer: x\r\n\r\n"))) {
            assertThat(calls.body(Calls.get(server.url("/")).keep("key"))).isEqualTo("abcdefgh");
            assertThat(calls.body(Calls.get(server.url("/")).keep("key"))).isEqualTo("abcdefgh");
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void readsAnAnswerOfHttp10UntilTheConnectionCloses() throws IOException {
        try (RawServer server = new RawServer(connection -> {
            connection.readHead();
            connection.write("HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nold, but well");
        })) {
            HttpCall call = Calls.get(server.url("/")).keep("key");
            assertThat(calls.body(call)).isEqualTo("old, but well");
            assertThat(calls.body(call)).isEqualTo("old, but well");
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void skipsInterimAnswers() throws IOException {
        try (RawServer server = new RawServer(
                RawServer.always("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + RawServer.ok("final")))) {
            assertThat(calls.body(Calls.get(server.url("/")))).isEqualTo("final");
        }
    }

    @Test
    void anAnswerToHeadHasNoBody() throws IOException {
        try (RawServer server = new RawServer(RawServer.always("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n"))) {
            HttpCall call = HttpCall.head(server.url("/")).keep("key");
            assertThat(calls.body(call)).isEmpty();
            assertThat(calls.body(call)).isEmpty();
            assertThat(server.heads().get(0)).startsWith("HEAD / HTTP/1.1\r\n");
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void cutsABodyThatIsTooLong() throws IOException {
        try (RawServer server = new RawServer(RawServer.always(RawServer.ok("x".repeat(100_000))))) {
            HttpCall call = Calls.get(server.url("/")).maxBodyBytes(1_000).keep("key");
            ExchangeResult result = calls.http(call);
            HttpAnswer answer = result.answer().orElseThrow();
            assertThat(answer.body().cut()).isTrue();
            assertThat(answer.body().bytes()).hasSize(1_000);
            assertThat(calls.http(call).succeeded()).isTrue();
            assertThat(server.connections()).isEqualTo(2);
            ExchangeResult exact = calls.http(Calls.get(server.url("/")).maxBodyBytes(100_000));
            assertThat(exact.answer().orElseThrow().body().cut()).isFalse();
        }
    }

    @Test
    void cutsABodyWithoutEnd() throws IOException {
        try (RawServer server = new RawServer(connection -> {
            connection.readHead();
            connection.write("HTTP/1.1 200 OK\r\n\r\n");
            while (true) {
                connection.write("x".repeat(10_000));
            }
        })) {
            ExchangeResult result = calls.http(Calls.get(server.url("/")).maxBodyBytes(50_000));
            assertThat(result.answer().orElseThrow().body().bytes()).hasSize(50_000);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.2\r\n",
                "220 mail.example ESMTP\r\n",
                "\u0015\u0003\u0001\u0000\u0002\u0002F\r\n\r\n",
                "HTTP/1.1 two hundred\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n"
            })
    void garbageIsNotHttp(String garbage) throws IOException {
        try (RawServer server = new RawServer(connection -> {
            connection.readHead();
            connection.write(garbage);
            connection.waitForEnd();
        })) {
            Failure failure = calls.failure(Calls.get(server.url("/")).keep("key"));
            assertThat(failure.reason()).isEqualTo(Reason.NO_HTTP);
        }
    }

    @Test
    void aLineWithoutEndIsNotHttp() throws IOException {
        try (RawServer server = new RawServer(connection -> {
            connection.readHead();
            while (true) {
                connection.write("HTTP/1.1 200 " + "x".repeat(5_000));
            }
        })) {
            assertThat(calls.failure(Calls.get(server.url("/"))).reason()).isEqualTo(Reason.NO_HTTP);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n50\r\nhalf"
            })
    void halfAnAnswerIsAFailure(String half) throws IOException {
        try (RawServer server = new RawServer(connection -> {
            connection.readHead();
            connection.write(half);
        })) {
            Failure failure = calls.failure(Calls.get(server.url("/")));
            assertThat(failure.reason()).isEqualTo(Reason.CLOSED);
            assertThat(failure.phase()).isEqualTo(Phase.READING);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aConnectionClosedWithoutAnAnswerIsAFailure(boolean reset) throws IOException {
        try (RawServer server = new RawServer(connection -> {
            connection.readHead();
            if (reset) {
                connection.reset();
            }
        })) {
            Failure failure = calls.failure(Calls.get(server.url("/")));
            assertThat(failure.reason()).isEqualTo(Reason.CLOSED);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void sendsNoSecretHeaderToAnotherOrigin() throws IOException {
        try (RawServer other = new RawServer(RawServer.always(RawServer.ok("other")));
                RawServer server = new RawServer(RawServer.always(
                        "HTTP/1.1 302 Found\r\nLocation: " + other.url("/there") + "\r\nContent-Length: 0\r\n\r\n"))) {
            HttpCall call = Calls.get(server.url("/"))
                    .header("Authorization", "Basic c2VjcmV0")
                    .header("Accept", "*/*")
                    .redirects(1);
            assertThat(calls.body(call)).isEqualTo("other");
            assertThat(server.heads().get(0)).contains("Authorization");
            assertThat(other.heads().get(0)).contains("Accept").doesNotContain("Authorization", "c2VjcmV0");
        }
    }

    @Test
    void followsARedirectOnlyWhenAsked() throws IOException {
        try (RawServer server = new RawServer(connection -> {
            while (connection.readHead()) {
                connection.write("HTTP/1.1 302 Found\r\nLocation: /next\r\nContent-Length: 0\r\n\r\n");
            }
        })) {
            ExchangeResult unasked = calls.http(Calls.get(server.url("/")));
            assertThat(unasked.answer().orElseThrow().status()).isEqualTo(302);
            assertThat(server.heads()).hasSize(1);
            Failure failure = calls.failure(Calls.get(server.url("/")).redirects(5));
            assertThat(failure.reason()).isEqualTo(Reason.REDIRECT);
            assertThat(server.heads()).hasSize(1 + 6);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "gopher://host/", "http://", "http:///x", "::", "//"})
    void refusesARedirectToAnInvalidUrl(String location) throws IOException {
        try (RawServer server = new RawServer(
                RawServer.always("HTTP/1.1 302 Found\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n"))) {
            Failure failure = calls.failure(Calls.get(server.url("/")).redirects(1));
            assertThat(failure.reason()).isEqualTo(Reason.REDIRECT);
        }
    }

    @Test
    void aPortWithoutListenerRefusesTheConnection() throws IOException {
        URI nobody;
        try (RawServer server = new RawServer(RawServer.always(""))) {
            nobody = server.url("/");
        }
        Failure failure = calls.failure(Calls.get(nobody));
        assertThat(failure.message()).isEqualTo("connection refused");
        assertThat(failure.reason()).isEqualTo(Reason.REFUSED);
        Failure tcp = calls.tcp(new TcpCall("127.0.0.1", nobody.getPort(), Duration.ofSeconds(20), AddressGuard.NONE))
                .failure()
                .orElseThrow();
        assertThat(tcp.message()).isEqualTo("connection refused");
    }

    @Test
    void connectsToAPort() throws IOException {
        try (RawServer server = new RawServer(RawServer.Connection::waitForEnd)) {
            ExchangeResult result =
                    calls.tcp(new TcpCall("127.0.0.1", server.port(), Duration.ofSeconds(20), AddressGuard.NONE));
            assertThat(result.succeeded()).isTrue();
            assertThat(result.answer()).isEmpty();
            assertThat(result.timings().connecting()).isPresent();
        }
    }
}
