package dev.vitals.health.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpServer;
import dev.vitals.health.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DockerRegistryIndicatorTest {
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void anOpenRegistryIsOk() throws Exception {
        answers("/v2/", 200, "registry/2.0");
        Outcome outcome = check("").run();
        Expect.ok(outcome);
        assertThat(outcome.data()).containsEntry("httpStatus", 200).containsEntry("apiVersion", "registry/2.0");
        Expect.ok(check("/").run());
    }

    @Test
    void aRegistryThatRequiresALoginIsOk() throws Exception {
        answers("/docker/v2/", 401, "registry/2.0");
        Expect.ok(check("/docker").run());
    }

    @Test
    void anAnswerWithoutTheHeaderIsReachableButNotUsable() throws Exception {
        answers("/v2/", 200, null);
        Expect.error(
                check("").run(),
                "registry is reachable but not usable: GET " + uri("/v2/")
                        + " answered 200 without the header Docker-Distribution-Api-Version");
    }

    @Test
    void anotherStatusIsReachableButNotUsable() throws Exception {
        answers("/v2/", 503, "registry/2.0");
        Outcome outcome = check("").run();
        Expect.error(
                outcome,
                "registry is reachable but not usable: GET " + uri("/v2/") + " answered 503, expected 200 or 401");
        assertThat(outcome.data()).containsEntry("httpStatus", 503);
    }

    @Test
    void aRegistryThatHangsIsNotReachable() throws Exception {
        try (SmallServer hanging = SmallServer.saying("HTTP/1.1 200 OK\r\n")) {
            URI uri = URI.create("http://127.0.0.1:" + hanging.port());
            Expect.error(
                    DockerRegistryIndicator.of(uri)
                            .timeout(Duration.ofMillis(300))
                            .run(),
                    "registry is not reachable: GET " + uri + "/v2/ did not answer completely within 300 ms");
        }
    }

    @Test
    void aStoppedRegistryIsNotReachable() throws Exception {
        server.stop(0);
        Expect.error(check("").run(), "registry is not reachable: GET " + uri("/v2/") + " failed: connection refused");
    }

    @Test
    void isARemoteComponentAndRefusesQueriesAndCredentials() {
        DockerRegistryIndicator check = DockerRegistryIndicator.of(URI.create("https://registry.test"));
        assertThat(check.remote()).isTrue();
        assertThat(check.componentType()).contains("component");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DockerRegistryIndicator.of(URI.create("https://registry.test/x?key=secret")))
                .withMessage("registry must have neither query nor fragment, was 'https://registry.test/x?...'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DockerRegistryIndicator.of(URI.create("https://u:secret@registry.test")))
                .withMessage("uri must not have user info, was 'https://***@registry.test'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.timeout(Duration.ZERO))
                .withMessage("timeout must be from 1ms to 60m, was 0s");
    }

    private void answers(String path, int status, String version) {
        server.createContext("/", exchange -> {
            boolean known = exchange.getRequestURI().getPath().equals(path);
            if (version != null) {
                exchange.getResponseHeaders().add("Docker-Distribution-Api-Version", version);
            }
            exchange.sendResponseHeaders(known ? status : 404, -1);
            exchange.close();
        });
    }

    private DockerRegistryIndicator check(String path) {
        return DockerRegistryIndicator.of(uri(path)).timeout(Duration.ofSeconds(20));
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + server.getAddress().getPort() + path);
    }
}
