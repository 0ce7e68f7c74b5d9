package dev.vitals.health.monitor;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The answer to a registration says whether the monitor can reach the app, and if not, what stopped it. */
class DiagnosisTest {
    @TempDir
    Path data;

    private TestMonitor monitor;
    private FakeApp app;

    @BeforeEach
    void start() throws IOException {
        monitor = new TestMonitor(data);
        app = new FakeApp();
    }

    @AfterEach
    void stop() {
        monitor.close();
        app.close();
    }

    private JsonNode register(String url) {
        return register(url, "");
    }

    private JsonNode register(String url, String prefer) {
        HttpRequest.Builder request = monitor.api
                .request("/api/v1/instances/orders/m1")
                .header("Authorization", "Bearer " + monitor.registrarToken())
                .PUT(HttpRequest.BodyPublishers.ofString("{\"url\":\"" + url + "\"}"));
        return Api.json(monitor.api.send(prefer.isEmpty() ? request : request.header("Prefer", prefer)));
    }

    @Test
    void reportsTheAddressAndTheTimeOfEachPhase() {
        JsonNode poll = register(app.url()).path("firstPoll");
        assertThat(poll.path("code").asText()).isEqualTo("OK");
        assertThat(poll.path("httpStatus").asInt()).isEqualTo(200);
        assertThat(poll.path("address").asText()).isEqualTo("127.0.0.1:" + app.port());
        assertThat(poll.path("connectingMs").isNumber()).isTrue();
        assertThat(poll.path("answeringMs").isNumber()).isTrue();
        assertThat(poll.has("securingMs")).isFalse();
        assertThat(poll.path("judgedBy").asText()).isIn("body", "code");
        assertThat(poll.has("reason")).isFalse();
    }

    @Test
    void saysThatTheConnectionIsRefused() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        JsonNode answer = register("http://127.0.0.1:" + closed);
        assertThat(answer.path("url").asText()).endsWith(":" + closed);
        JsonNode poll = answer.path("firstPoll");
        assertThat(poll.path("code").asText()).isEqualTo("ERROR");
        assertThat(poll.path("reason").asText()).isEqualTo("refused");
        assertThat(poll.path("failedWhile").asText()).isEqualTo("connecting");
        assertThat(poll.path("message").asText()).isEqualTo("connection refused");
    }

    @Test
    void reportsThatAnHttpsUrlLeadsToAServerWithoutTls() throws IOException {
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread server = new Thread(() -> answerWithoutTls(plain));
            server.start();
            JsonNode poll =
                    register("https://127.0.0.1:" + plain.getLocalPort()).path("firstPoll");
            assertThat(poll.path("reason").asText()).isEqualTo("tls");
            assertThat(poll.path("failedWhile").asText()).isEqualTo("securing");
        }
    }

    private static void answerWithoutTls(ServerSocket server) {
        try (Socket socket = server.accept()) {
            int unused = socket.getInputStream().read();
            socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void waitsNoLongerThanTheClientPrefers() {
        app.hangs();
        monitor.allowHung(1);
        assertThat(register(app.url(), "respond-async, wait=0").has("firstPoll"))
                .isFalse();
    }

    @Test
    void aRenewalIsNotPolledAtOnce() {
        assertThat(register(app.url()).has("firstPoll")).isTrue();
        assertThat(register(app.url()).has("firstPoll")).isFalse();
    }

    @Test
    void theFirstPollIsTheOneOfTheSchedule() {
        assertThat(register(app.url()).path("firstPoll").path("code").asText()).isEqualTo("OK");
        monitor.settle();
        assertThat(monitor.api.state("orders/m1")).isEqualTo("HEALTHY");
        monitor.advance(Duration.ofSeconds(1));
        assertThat(app.requests()).isEqualTo(1);
    }
}
