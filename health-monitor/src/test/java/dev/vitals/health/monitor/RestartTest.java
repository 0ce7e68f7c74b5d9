package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitals.health.testkit.ManualScheduler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What survives the end of a monitor, and what keeps one from starting. */
class RestartTest {
    @TempDir
    Path data;

    private static ObjectNode withoutLease(JsonNode target) {
        ObjectNode copy = target.deepCopy();
        copy.remove("leaseExpired");
        return copy;
    }

    @Test
    void keepsRegistrationsStatesChangesAndToken() throws IOException {
        ManualScheduler time = new ManualScheduler();
        try (FakeApp app = new FakeApp()) {
            JsonNode before;
            String token;
            try (TestMonitor first = new TestMonitor(data, time)) {
                app.reports(503, "{\"status\":\"fail\",\"checks\":{\"db\":{\"status\":\"down\",\"output\":\"gone\"}}}");
                first.api.register(
                        "orders/m1",
                        "{\"url\":\"" + app.url() + "\",\"interval\":5,\"timeout\":2,"
                                + "\"notify\":[\"a@b.example\"],\"labels\":{\"machine\":\"m1\"}}");
                first.advance(Duration.ofSeconds(11));
                before = first.api.target("orders/m1");
                token = Files.readString(first.monitor().tokenFile());
                assertThat(first.monitor().createdToken()).hasValue(token.strip());
            }
            assertThat(before.path("state").asText()).isEqualTo("UNHEALTHY");
            assertThat(before.path("components")).hasSize(1);
            try (TestMonitor second = new TestMonitor(data, time)) {
                assertThat(withoutLease(second.api.target("orders/m1"))).isEqualTo(withoutLease(before));
                assertThat(second.monitor().createdToken()).isEmpty();
                assertThat(Files.readString(second.monitor().tokenFile())).isEqualTo(token);
                int polls = app.requests();
                second.advance(Duration.ofSeconds(5));
                assertThat(app.requests()).isEqualTo(polls + 1);
            }
        }
    }

    @Test
    void restartsWithoutABurstOfPolls() throws IOException {
        ManualScheduler time = new ManualScheduler();
        try (FakeApp app = new FakeApp()) {
            try (TestMonitor first = new TestMonitor(data, time)) {
                for (int i = 0; i < 40; i++) {
                    first.api.register("orders/m" + i, "{\"url\":\"" + app.url() + "\",\"interval\":20}");
                }
            }
            int asRegistered = app.requests();
            try (TestMonitor second = new TestMonitor(data, time)) {
                int most = 0;
                for (int second1 = 0; second1 < 20; second1++) {
                    int before = app.requests();
                    second.advance(Duration.ofSeconds(1));
                    most = Math.max(most, app.requests() - before);
                }
                assertThat(app.requests() - asRegistered).isEqualTo(40);
                assertThat(most).isLessThanOrEqualTo(8);
            }
        }
    }

    @Test
    void aDirectoryServesOneMonitorAtATime() {
        try (TestMonitor first = new TestMonitor(data)) {
            assertThat(first.monitor().port()).isPositive();
            assertThatThrownBy(() -> Monitor.builder().port(0).data(data).start())
                    .isInstanceOf(IOException.class)
                    .hasMessage("data directory " + data + " is in use by another monitor");
        }
    }

    @Test
    void theBuilderRefusesValuesOutOfTheirBounds() {
        assertThatThrownBy(() -> Monitor.builder().port(-1)).hasMessage("port must be from 0 to 65535, was -1");
        assertThatThrownBy(() -> Monitor.builder().forgetAfter(Duration.ofSeconds(59)))
                .hasMessage("forgetAfter must be from 60s to 30d, was 59s");
        assertThatThrownBy(() -> Monitor.builder().host(" ")).hasMessageStartingWith("host must have");
    }
}
