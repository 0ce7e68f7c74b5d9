package dev.vitals.health.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.internal.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MonitorClientTest {
    private final Timetable timetable = new Timetable();
    private FakeMonitor monitor;

    @BeforeEach
    void startMonitor() throws IOException {
        monitor = FakeMonitor.start();
    }

    @AfterEach
    void stopMonitor() {
        monitor.close();
    }

    private MonitorClientBuilder orders() {
        return MonitorClient.builder(monitor.uri())
                .app("orders")
                .instance("orders-1")
                .url(URI.create("http://app.example.org:8080"))
                .scheduler(timetable);
    }

    @Test
    void sendsTheSettings() throws Exception {
        MonitorClientBuilder builder = orders().healthPath("/status/_health")
                .interval(Duration.ofSeconds(30))
                .timeout(Duration.ofMillis(2_500))
                .unhealthyThreshold(3)
                .healthyThreshold(4)
                .notify("ops@example.org")
                .notify("dev@example.org")
                .label("machine", "m1")
                .label("cluster", "green")
                .lease(Duration.ofSeconds(100))
                .token("s3cret");
        try (MonitorClient client = builder.start()) {
            timetable.begin();
            FakeMonitor.Request request = monitor.next();
            assertThat(request.method()).isEqualTo("PUT");
            assertThat(request.path()).isEqualTo("/api/v1/instances/orders/orders-1");
            assertThat(request.authorization()).isEqualTo("Bearer s3cret");
            assertThat(request.contentType()).isEqualTo("application/json");
            assertThat(request.body()).isEqualTo(Json.read("""
                            {"url":"http://app.example.org:8080","healthPath":"/status/_health","interval":30,
                            "timeout":2.5,"unhealthy":3,"healthy":4,"notify":["ops@example.org","dev@example.org"],
                            "labels":{"machine":"m1","cluster":"green"},"lease":100}
                            """.getBytes(StandardCharsets.UTF_8)));
            assertThat(client.instance()).contains("orders-1");
        }
    }

    @Test
    void doesNotSendMissingSettings() throws Exception {
        try (MonitorClient client = orders().start()) {
            timetable.begin();
            FakeMonitor.Request request = monitor.next();
            assertThat(request.body()).hasToString("{\"url\":\"http://app.example.org:8080\"}");
            assertThat(request.authorization()).isNull();
            assertThat(client.instance()).contains("orders-1");
        }
    }

    @Test
    void keepsThePathsOfMonitorAndApplication() throws Exception {
        MonitorClientBuilder builder = MonitorClient.builder(URI.create(monitor.uri() + "/watch/"))
                .app("orders")
                .instance("a")
                .url(URI.create("http://app.example.org/shop/"))
                .scheduler(timetable);
        try (MonitorClient client = builder.start()) {
            timetable.begin();
            FakeMonitor.Request request = monitor.next();
            assertThat(request.path()).isEqualTo("/watch/api/v1/instances/orders/a");
            assertThat(request.body().path("url").asText()).isEqualTo("http://app.example.org/shop");
            assertThat(client.instance()).contains("a");
        }
    }

    @Test
    void renewsAtAThirdOfTheLease() throws Exception {
        try (MonitorClient client = orders().lease(Duration.ofMinutes(2)).start()) {
            timetable.begin();
            FakeMonitor.Request first = monitor.next();
            assertThat(timetable.begin()).isEqualTo(Duration.ofSeconds(40));
            assertThat(monitor.next()).isEqualTo(first);
            assertThat(timetable.next()).isEqualTo(Duration.ofSeconds(40));
            assertThat(client.registered()).isTrue();
        }
    }

    @Test
    void assumesALeaseOfThreeIntervals() throws Exception {
        try (MonitorClient client = orders().interval(Duration.ofSeconds(7)).start()) {
            assertThat(client.registered()).isFalse();
            timetable.begin();
            assertThat(timetable.next()).isEqualTo(Duration.ofSeconds(7));
            assertThat(client.registered()).isTrue();
        }
    }

    @Test
    void renewsEveryFiveMinutesWithoutALease() throws Exception {
        try (MonitorClient client = orders().lease(Duration.ZERO).start()) {
            timetable.begin();
            assertThat(timetable.next()).isEqualTo(Duration.ofMinutes(5));
            assertThat(monitor.next().body().path("lease").asInt(-1)).isZero();
            assertThat(client.registered()).isTrue();
        }
    }

    @Test
    void waitsForThePortAndKeepsTheNameMadeFromIt() throws Exception {
        AtomicInteger port = new AtomicInteger();
        MonitorClientBuilder builder = MonitorClient.builder(monitor.uri())
                .app("orders")
                .url(URI.create("http://localhost:0"))
                .port(port::get)
                .scheduler(timetable);
        try (MonitorClient client = builder.start()) {
            timetable.begin();
            assertThat(timetable.next()).isEqualTo(Duration.ofSeconds(1));
            assertThat(client.instance()).isEmpty();
            port.set(4_711);
            timetable.advance(Duration.ofSeconds(1));
            assertThat(monitor.next().body().path("url").asText()).isEqualTo("http://localhost:4711");
            String instance = client.instance().orElseThrow();
            assertThat(instance).endsWith("-4711");
            port.set(4_712);
            timetable.begin();
            FakeMonitor.Request moved = monitor.next();
            assertThat(moved.body().path("url").asText()).isEqualTo("http://localhost:4712");
            assertThat(moved.path()).endsWith("/orders/" + instance);
        }
    }

    @Test
    void survivesAPortSupplierThatThrows() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        MonitorClientBuilder builder = orders().port(() -> {
            if (asked.getAndIncrement() == 0) {
                throw new AssertionError("not yet");
            }
            return asked.get() == 2 ? 70_000 : 8_081;
        });
        try (MonitorClient client = builder.start()) {
            timetable.begin();
            assertThat(timetable.begin()).isBetween(Duration.ofMillis(100), Duration.ofSeconds(1));
            assertThat(timetable.begin()).isBetween(Duration.ofMillis(100), Duration.ofSeconds(2));
            assertThat(monitor.next().body().path("url").asText()).isEqualTo("http://app.example.org:8081");
            assertThat(timetable.next()).isEqualTo(Duration.ofSeconds(30));
            assertThat(client.registered()).isTrue();
        }
    }

    @Test
    void registersWithEachMonitorIndependently() throws Exception {
        monitor.answers(503);
        try (FakeMonitor other = FakeMonitor.start();
                MonitorClient client = orders().monitor(other.uri()).start()) {
            timetable.begin();
            assertThat(monitor.next()).isEqualTo(other.next());
            timetable.next();
            Duration one = timetable.next();
            Duration two = timetable.next();
            assertThat(one.compareTo(two) < 0 ? two : one).isEqualTo(Duration.ofSeconds(30));
            assertThat(client.registered()).isFalse();
            timetable.advance(Duration.ofSeconds(1));
            assertThat(monitor.next().method()).isEqualTo("PUT");
            timetable.next();
            assertThat(client.registered()).isTrue();
            assertThat(other.waiting()).isZero();
        }
    }

    @Test
    void usesADefaultScheduler() throws Exception {
        MonitorClientBuilder builder =
                MonitorClient.builder(monitor.uri()).app("orders").port(() -> 8_080);
        try (MonitorClient client = builder.start()) {
            FakeMonitor.Request request = monitor.next();
            assertThat(request.body().path("url").asText()).isEqualTo("http://localhost:8080");
            assertThat(request.path()).endsWith(client.instance().orElseThrow());
        }
        assertThat(monitor.next().method()).isEqualTo("DELETE");
    }
}
