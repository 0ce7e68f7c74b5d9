package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.monitor.registry.Registry;
import dev.vitals.health.testing.LogLines;
import dev.vitals.health.testkit.ManualScheduler;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two replicas that register under one name. */
class SecondAddressTest {
    @TempDir
    Path data;

    private FakeApp first;
    private FakeApp second;
    private TestMonitor monitor;

    @BeforeEach
    void start() throws IOException {
        first = new FakeApp();
        second = new FakeApp();
        monitor = new TestMonitor(data, new ManualScheduler());
        assertThat(register(first).statusCode()).isEqualTo(201);
        monitor.advance(Duration.ofSeconds(2));
    }

    @AfterEach
    void stop() {
        monitor.close();
        first.close();
        second.close();
    }

    private HttpResponse<byte[]> register(FakeApp app) {
        return monitor.api.put(
                "shop/pod",
                "{\"url\":\"" + app.url() + "\",\"interval\":5,\"timeout\":2,\"unhealthy\":2,\"lease\":60}");
    }

    @Test
    void theFirstKeepsTheNameWhileItLivesAndBothAreNamedOnce() {
        try (LogLines log = new LogLines(Registry.class)) {
            int audited = new Admin(monitor).audit("").size();
            for (int i = 0; i < 20; i++) {
                HttpResponse<byte[]> refused = register(second);
                assertThat(refused.statusCode()).isEqualTo(409);
                assertThat(Api.text(refused))
                        .contains(
                                "two addresses renew shop/pod",
                                "127.0.0.1:" + first.port(),
                                "127.0.0.1:" + second.port());
                assertThat(register(first).statusCode()).isEqualTo(200);
                monitor.advance(Duration.ofSeconds(5));
                JsonNode target = monitor.api.target("shop/pod");
                assertThat(target.path("url").asText()).isEqualTo(first.url());
                assertThat(target.path("state").asText()).isEqualTo("HEALTHY");
            }
            assertThat(log.at(Level.WARN)).hasSize(1);
            assertThat(new Admin(monitor).audit("")).hasSize(audited);
            assertThat(second.requests()).isZero();
        }
    }

    @Test
    void anotherPathOfTheSameAddressIsAChangeAsBefore() {
        String document = "{\"url\":\"" + first.url() + "\",\"healthPath\":\"/other\"}";
        assertThat(monitor.api.put("shop/pod", document).statusCode()).isEqualTo(200);
    }

    @Test
    void theSecondGetsTheNameAMomentAfterTheFirstHasDied() {
        first.close();
        assertThat(register(second).statusCode()).isEqualTo(409);
        monitor.advance(Duration.ofSeconds(2));
        assertThat(register(second).statusCode()).isEqualTo(200);
        monitor.advance(Duration.ofSeconds(60));
        assertThat(monitor.api.target("shop/pod").path("url").asText()).isEqualTo(second.url());
        assertThat(monitor.api.state("shop/pod")).isEqualTo("HEALTHY");
    }

    @Test
    void theSecondGetsTheNameWhenTheLeaseOfTheFirstHasEnded() {
        monitor.advance(Duration.ofSeconds(61));
        assertThat(register(second).statusCode()).isEqualTo(200);
    }
}
