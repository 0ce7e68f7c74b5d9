package dev.vitals.health.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitals.health.Health;
import dev.vitals.health.testing.ContractHealth;
import dev.vitals.health.testing.EndpointContract;
import dev.vitals.health.testing.Exchange;
import dev.vitals.health.testing.HttpExchanges;
import dev.vitals.health.testkit.ManualScheduler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthServerTest implements EndpointContract {
    private final Health health = ContractHealth.start(new ManualScheduler());
    private final HealthServer server = HealthServer.builder(health).start();
    private final HealthServer withPage = HealthServer.builder(
                    HealthEndpoint.builder(health).htmlPage(true).build())
            .start();

    @AfterEach
    void stop() {
        server.close();
        withPage.close();
        health.close();
    }

    @Override
    public Exchange exchange(String method, String path, Map<String, String> headers) {
        return HttpExchanges.send(uri(server), method, path, headers);
    }

    @Override
    public Exchange pageExchange(String method, String path, Map<String, String> headers) {
        return HttpExchanges.send(uri(withPage), method, path, headers);
    }

    private static URI uri(HealthServer server) {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    @Test
    void requiresTheToken() {
        try (HealthServer closed =
                HealthServer.builder(health).token("0123456789abcdef").start()) {
            Exchange refused = HttpExchanges.send(uri(closed), "GET", "/_ping", Map.of());
            assertThat(refused.code()).isEqualTo(401);
            assertThat(refused.header("WWW-Authenticate")).isEqualTo("Bearer");
            Map<String, String> wrong = Map.of("Authorization", "Bearer 0123456789abcdeX");
            assertThat(HttpExchanges.send(uri(closed), "GET", "/_ping", wrong).code())
                    .isEqualTo(401);
            Map<String, String> right = Map.of("Authorization", "Bearer 0123456789abcdef");
            assertThat(HttpExchanges.send(uri(closed), "GET", "/_ping", right).code())
                    .isEqualTo(200);
        }
    }

    @Test
    void staysUpWhileTheApplicationDrains() {
        health.draining().begin("deploy", "test", Duration.ofMinutes(1));
        assertThat(exchange("GET", "/_health/ready", Map.of()).code()).isEqualTo(503);
        assertThat(exchange("GET", "/_health/live", Map.of()).code()).isEqualTo(200);
        health.close();
        assertThat(exchange("GET", "/_ping", Map.of()).code()).isEqualTo(200);
    }

    @Test
    void asksForAClientCertificateIfConfigured(@TempDir Path directory) throws Exception {
        TlsKeys keys = TlsKeys.make(directory);
        try (HealthServer secure =
                HealthServer.builder(health).mutualTls(keys.context()).start()) {
            URI uri = URI.create("https://localhost:" + secure.port() + "/_ping");
            HttpClient known =
                    HttpClient.newBuilder().sslContext(keys.context()).build();
            HttpResponse<String> answer =
                    known.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            HttpClient stranger =
                    HttpClient.newBuilder().sslContext(keys.trustOnly()).build();
            assertThatThrownBy(() ->
                            stranger.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void refusesAPortInUseAndBadValues() {
        assertThatThrownBy(
                        () -> HealthServer.builder(health).port(server.port()).start())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("cannot listen on port " + server.port() + " of ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HealthServer.builder(health).port(65_536))
                .withMessage("port must be from 0 to 65535, was 65536");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HealthServer.builder(health).token("short"))
                .withMessage("token must have 16 to 500 visible ASCII characters, had 5 characters (not shown)");
    }
}
