package dev.vitals.health.indicator;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.vitals.health.CheckResult;
import dev.vitals.health.Health;
import dev.vitals.health.HealthCheck;
import dev.vitals.health.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpClientThreadsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private HttpServer server;
    private URI uri;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Docker-Distribution-Api-Version", "registry/2.0");
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void noThreadOfAnIndicatorIsLeftAfterItsHealthIsClosed() throws Exception {
        Set<Thread> before = threads();
        Set<Thread> made;
        Health health = Health.builder()
                .check("http", HttpIndicator.of(uri).timeout(PATIENCE), c -> c.timeout(PATIENCE))
                .check("registry", DockerRegistryIndicator.of(uri).timeout(PATIENCE), c -> c.timeout(PATIENCE))
                .check("clock", ClockDriftIndicator.of(uri).timeout(PATIENCE), c -> c.timeout(PATIENCE))
                .start();
        try (health) {
            for (String name : List.of("http", "registry", "clock")) {
                CheckResult result = health.run(name).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                assertThat(result.outcome().code()).as(result.toString()).isEqualTo(Outcome.Code.OK);
            }
            made = threads();
            made.removeAll(before);
            assertThat(made).isNotEmpty();
        }
        Expect.becomesTrue("the end of all threads", () -> {
            System.gc(); // before JDK 21 nothing else ends a client
            return made.stream().noneMatch(Thread::isAlive);
        });
    }

    @Test
    void anIndicatorThatWasUnregisteredMayBeRegisteredAgainAndItsCopiesGoOn() throws Exception {
        HttpIndicator check = HttpIndicator.of(uri).timeout(PATIENCE);
        HealthCheck copy = check.bodyContains("x");
        Expect.ok(check.run());
        check.unregistered();
        check.unregistered();
        assertThat(copy.run().data()).containsEntry("httpStatus", 200);
        Expect.ok(check.run());
        copy.unregistered();
    }

    /** Returns the threads of clients; other tests may have left some. */
    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("health-http-client-")
                        || thread.getName().startsWith("HttpClient-"))
                .collect(Collectors.toSet());
    }
}
