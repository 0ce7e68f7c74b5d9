package dev.vitals.health.monitor.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.internal.Json;
import dev.vitals.health.monitor.Await;
import dev.vitals.health.testing.Program;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sends to a real Alertmanager, if it is installed, which is killed in between. */
class AlertmanagerTest extends ChannelFixture {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    private int port;
    private Process alertmanager;

    @BeforeEach
    void start() throws IOException {
        port = freePort();
        Files.writeString(folder.resolve("config.yml"), "route: {receiver: none}\nreceivers: [{name: none}]\n");
        run();
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    private void run() throws IOException {
        alertmanager = new ProcessBuilder(
                        Program.named("prometheus-alertmanager"),
                        "--config.file=" + folder.resolve("config.yml"),
                        "--storage.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--cluster.listen-address=")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        Await.until("Alertmanager answers", () -> get("/-/ready") != null);
    }

    @AfterEach
    void kill() throws InterruptedException {
        alertmanager.destroyForcibly();
        assertThat(alertmanager.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    private String get(String path) {
        try {
            HttpResponse<String> answer = CLIENT.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 ? answer.body() : null;
        } catch (IOException notYet) {
            return null;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private JsonNode firing() throws IOException {
        return Json.read(get("/api/v2/alerts").getBytes(UTF_8));
    }

    private static Outgoing at(Outgoing message, Instant now) {
        return new Outgoing(message.message(), message.text(), message.links(), now);
    }

    @Test
    void anAlertFiresAgainAfterAKillAndEndsWithItsIncident() throws Exception {
        Channel channel = open("alertmanager", Map.of("url", "http://127.0.0.1:" + port));
        assertThat(channel.send(at(trouble(), Instant.now()))).isInstanceOf(Channel.Accepted.class);
        assertThat(firing()).hasSize(1);
        assertThat(firing().path(0).path("labels").path("incident").asText()).isEqualTo(INCIDENT);
        kill();
        assertThat(channel.send(at(trouble(), Instant.now()))).isEqualTo(Channel.Failed.notTaken("connection refused"));
        run();
        assertThat(firing()).isEmpty();
        // Once a minute, the outbox hands over again what is open.
        assertThat(channel.send(at(trouble(), Instant.now()))).isInstanceOf(Channel.Accepted.class);
        assertThat(firing()).hasSize(1);
        assertThat(channel.send(at(recovered(), Instant.now()))).isInstanceOf(Channel.Accepted.class);
        assertThat(firing()).isEmpty();
    }
}
