package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of targets that are not registered again in time. */
class LeaseTest {
    private static final String ID = "orders/m1";

    @TempDir
    Path data;

    private TestMonitor monitor;
    private FakeApp app;

    @BeforeEach
    void start() throws IOException {
        monitor = new TestMonitor(data);
        app = new FakeApp();
        register(60);
    }

    private void register(int lease) {
        monitor.api.register(
                ID, "{\"url\":\"" + app.url() + "\",\"interval\":60,\"timeout\":2,\"lease\":" + lease + "}");
    }

    @AfterEach
    void stop() {
        monitor.close();
        app.close();
    }

    @Test
    void isMarkedAndStillPolledAfterTheLeaseHasEnded() {
        monitor.advance(Duration.ofSeconds(59));
        assertThat(monitor.api.target(ID).path("leaseExpired").asBoolean()).isFalse();
        monitor.advance(Duration.ofSeconds(1));
        assertThat(monitor.api.target(ID).path("leaseExpired").asBoolean()).isTrue();
        int before = app.requests();
        app.close();
        monitor.advance(Duration.ofSeconds(130));
        assertThat(app.requests()).isGreaterThanOrEqualTo(before);
        JsonNode target = monitor.api.target(ID);
        assertThat(target.path("state").asText()).isEqualTo("UNHEALTHY");
        assertThat(target.path("leaseExpired").asBoolean()).isTrue();
    }

    @Test
    void aRenewalClearsTheMark() {
        monitor.advance(Duration.ofSeconds(61));
        register(60);
        assertThat(monitor.api.target(ID).path("leaseExpired").asBoolean()).isFalse();
    }

    @Test
    void aLeaseOfZeroNeverEnds() {
        register(0);
        monitor.time.advance(Duration.ofDays(2));
        monitor.settle();
        JsonNode target = monitor.api.target(ID);
        assertThat(target.path("leaseExpired").asBoolean()).isFalse();
        assertThat(target.has("leaseUntil")).isFalse();
    }

    @Test
    void isRemovedAfterTheRetentionTime() {
        app.close();
        // UNHEALTHY within three minutes; from then on 24 hours.
        monitor.advance(Duration.ofMinutes(3));
        assertThat(monitor.api.state(ID)).isEqualTo("UNHEALTHY");
        monitor.time.advance(Duration.ofHours(23));
        monitor.settle();
        assertThat(monitor.api.state(ID)).isEqualTo("UNHEALTHY");
        monitor.time.advance(Duration.ofHours(1));
        monitor.settle();
        Await.until("the sweep is over", () -> {
            monitor.advance(Duration.ofSeconds(5));
            return monitor.api.get("/api/v1/targets/" + ID).statusCode() == 404;
        });
        register(60);
        JsonNode last = monitor.api.target(ID).path("changes").get(0);
        assertThat(last.path("from").asText()).isEqualTo("UNHEALTHY");
        assertThat(last.path("to").asText()).isEqualTo("UNKNOWN");
        assertThat(last.path("why").asText()).startsWith("forgotten: the lease ended at ");
    }
}
