package dev.vitals.health.monitor.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.monitor.net.Failure.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are not quite as they should be, but that other clients understand; and those without end. */
class LenientAnswerTest {
    private static final String TWO_LENGTHS =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n5\r\nready\r\n0\r\n\r\n";

    private final Calls calls = new Calls();

    @AfterEach
    void stop() {
        calls.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                TWO_LENGTHS,
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nready\r\n0\r\n\r\n",
                "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nready\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\nContent-Type: text/plain\nContent-Length: 5\n\nready",
                "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\nContent-Length: 5\n\n5\r\nready\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nready",
                "HTTP/1.1 200 OK\r\nX Space: a\r\nX-Bell: \u0007\r\nContent-Length: 5\r\n\r\nready"
            })
    void framingThatOtherClientsTakeIsTaken(String answer) throws IOException {
        try (RawServer server = new RawServer(RawServer.always(answer))) {
            assertThat(calls.body(Calls.get(server.url("/")).keep("a"))).isEqualTo("ready");
        }
    }

    @Test
    void anAnswerWithTwoLengthsClosesItsConnection() throws IOException {
        try (RawServer server = new RawServer(RawServer.always(TWO_LENGTHS))) {
            calls.body(Calls.get(server.url("/")).keep("a"));
            calls.body(Calls.get(server.url("/")).keep("a"));
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void headersThatAreTooLongAreNamed() throws IOException {
        try (RawServer server = new RawServer(RawServer.always(
                "HTTP/1.1 200 OK\r\nX-Long: " + "x".repeat(40_000) + "\r\nContent-Length: 0\r\n\r\n"))) {
            Failure failure = calls.failure(Calls.get(server.url("/")));
            assertThat(failure.reason()).isEqualTo(Reason.NO_HTTP);
            assertThat(failure.message()).isEqualTo("the response has headers longer than 32 KiB");
        }
    }

    private static String coded(String coding, byte[] body) {
        return "HTTP/1.1 200 OK\r\nContent-Encoding: " + coding + "\r\nContent-Length: " + body.length + "\r\n\r\n"
                + new String(body, ISO_8859_1);
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    @Test
    void aCodingIsUndone() throws IOException {
        ByteArrayOutputStream deflated = new ByteArrayOutputStream();
        try (OutputStream out = new DeflaterOutputStream(deflated)) {
            out.write("ready".getBytes(UTF_8));
        }
        try (RawServer gzip = new RawServer(RawServer.always(coded("gzip", gzip("ready".getBytes(UTF_8)))));
                RawServer deflate = new RawServer(RawServer.always(coded("deflate", deflated.toByteArray())))) {
            assertThat(calls.body(Calls.get(gzip.url("/")))).isEqualTo("ready");
            assertThat(calls.body(Calls.get(deflate.url("/")))).isEqualTo("ready");
        }
    }

    @Test
    void aCodedBodyIsReadUpToTheLimit() throws IOException {
        byte[] bomb = gzip(new byte[20_000_000]);
        try (RawServer server = new RawServer(RawServer.always(coded("gzip", bomb)))) {
            HttpAnswer answer = calls.http(Calls.get(server.url("/")).maxBodyBytes(50_000))
                    .answer()
                    .orElseThrow();
            assertThat(answer.body().bytes()).hasSize(50_000);
            assertThat(answer.body().cut()).isTrue();
        }
    }

    @Test
    void aCodingThatCannotBeUndoneIsNamed() throws IOException {
        try (RawServer server = new RawServer(RawServer.always(coded("br", new byte[] {1, 2, 3})))) {
            HttpAnswer answer = calls.http(Calls.get(server.url("/"))).answer().orElseThrow();
            assertThat(answer.unknownCoding()).hasValue("br");
            assertThat(answer.body().bytes()).hasSize(3);
        }
    }

    @Test
    void interimAnswersWithoutEndAreAFailure() throws IOException {
        try (RawServer server = new RawServer(connection -> {
            connection.readHead();
            while (true) {
                connection.write("HTTP/1.1 100 Continue\r\n\r\n");
            }
        })) {
            Failure failure = calls.failure(Calls.get(server.url("/")).keep("a"));
            assertThat(failure.message()).isEqualTo("the response has more than 10 interim responses");
        }
    }

    @Test
    void tinyChunksWithoutEndAreAFailure() throws IOException {
        try (RawServer server = new RawServer(connection -> {
            connection.readHead();
            connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            while (true) {
                connection.write("1\r\nx\r\n".repeat(1_000));
            }
        })) {
            Failure failure = calls.failure(Calls.get(server.url("/")).keep("a"));
            assertThat(failure.message()).isEqualTo("the response is longer than 512 KiB with its framing");
        }
    }
}
