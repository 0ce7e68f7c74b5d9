package dev.vitals.health.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.vitals.health.Outcome;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uses a real HTTPS server that accepts only clients with the right certificate. */
class HttpIndicatorTlsTest {
    @TempDir
    static Path folder;

    private static Path server;
    private static Path client;
    private static Path stranger;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpsServer https;
    private HttpIndicator check;

    @BeforeAll
    static void makeCertificates() {
        server = Certificates.selfSigned(folder.resolve("server.p12"), "server", "dns:localhost");
        client = Certificates.selfSigned(folder.resolve("client.p12"), "client", "dns:client.test");
        stranger = Certificates.selfSigned(folder.resolve("stranger.p12"), "stranger", "dns:stranger.test");
    }

    @BeforeEach
    void start() throws Exception {
        SSLContext context = Certificates.context(server, client);
        https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters chosen = context.getDefaultSSLParameters();
                chosen.setNeedClientAuth(true);
                parameters.setSSLParameters(chosen);
            }
        });
        https.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        https.setExecutor(threads);
        https.start();
        check = HttpIndicator.of(
                        URI.create("https://localhost:" + https.getAddress().getPort() + "/"))
                .timeout(Duration.ofSeconds(20));
    }

    @AfterEach
    void stop() {
        https.stop(0);
        threads.shutdownNow();
    }

    @Test
    void theClientCertificateIsAccepted() throws Exception {
        Expect.ok(check.sslContext(Certificates.context(client, server)).run());
    }

    @Test
    void refusesAContextThatIsNotInitialized() throws Exception {
        SSLContext empty = SSLContext.getInstance("TLS");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.sslContext(empty))
                .withMessage("sslContext must be initialized, was not");
    }

    @Test
    void aServerThatIsNotTrustedFailsInTls() throws Exception {
        Outcome outcome = check.run();
        assertThat(outcome.code()).isEqualTo(Outcome.Code.ERROR);
        assertThat(outcome.message().orElseThrow()).contains(" failed: TLS failed (certificate not trusted)");
    }

    @Test
    void anUnknownClientCertificateIsRefused() throws Exception {
        Outcome outcome =
                check.sslContext(Certificates.context(stranger, server)).run();
        assertThat(outcome.code()).isEqualTo(Outcome.Code.ERROR);
        assertThat(outcome.message().orElseThrow()).contains(" failed: ");
    }
}
