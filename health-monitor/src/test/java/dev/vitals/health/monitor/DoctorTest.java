package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The answer to a registration says whether the monitor can reach the app, and if not, what stopped it. */
class DoctorTest {
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
        return Api.json(monitor.api.put("orders/m1", "{\"url\":\"" + url + "\"}"));
    }

    @Test
    void saysWhereAnAppWasReachedAndHowLongEachPhaseTook() {
        JsonNode poll = register(app.url()).path("firstPoll");
        assertThat(poll.path("code").asText()).isEqualTo("OK");
        assertThat(poll.path("httpStatus").asInt()).isEqualTo(200);
        assertThat(poll.path("address").asText()).isEqualTo("127.0.0.1:" + app.port());
        assertThat(poll.path("connectingMs").isNumber()).isTrue();
        assertThat(poll.path("answeringMs").isNumber()).isTrue();
        assertThat(poll.has("securingMs")).isFalse();
        assertThat(poll.has("reason")).isFalse();
    }

    @Test
    void saysThatNobodyListens() throws IOException {
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
    void saysThatAnHttpsUrlLeadsToAServerWithoutTls() {
        JsonNode poll = register(app.url().replace("http:", "https:")).path("firstPoll");
        assertThat(poll.path("reason").asText()).isIn("tls", "closed");
        assertThat(poll.path("failedWhile").asText()).isEqualTo("securing");
    }

    @Test
    void aRenewalIsNotExamined() {
        assertThat(register(app.url()).has("firstPoll")).isTrue();
        assertThat(register(app.url()).has("firstPoll")).isFalse();
    }

    @Test
    void theResultCountsForNothingElse() {
        JsonNode poll = register(app.url()).path("firstPoll");
        assertThat(poll.path("code").asText()).isEqualTo("OK");
        assertThat(monitor.api.state("orders/m1")).isEqualTo("UNKNOWN");
    }
}
