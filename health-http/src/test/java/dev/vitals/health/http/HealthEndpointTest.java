package dev.vitals.health.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.vitals.health.Health;
import dev.vitals.health.Outcome;
import dev.vitals.health.Status;
import dev.vitals.health.internal.Json;
import dev.vitals.health.testing.Exchange;
import dev.vitals.health.testkit.ManualScheduler;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Tests the endpoint over time; the contract test has the table of single answers. */
class HealthEndpointTest {
    private final ManualScheduler time = new ManualScheduler();
    private final AtomicInteger runs = new AtomicInteger();

    private Outcome counted() {
        return Outcome.ok().with("run", runs.incrementAndGet());
    }

    private static Exchange get(HealthEndpoint endpoint, String path, Map<String, String> headers) {
        return InMemory.exchange(endpoint, "GET", path, headers);
    }

    private static Exchange get(HealthEndpoint endpoint, String path) {
        return get(endpoint, path, Map.of());
    }

    @Test
    void etagChangesExactlyWhenTheBodyDoes() {
        try (Health health = time.health().check("c", this::counted).start()) {
            HealthEndpoint endpoint = HealthEndpoint.of(health);
            Exchange last = get(endpoint, "/_health");
            for (int second = 0; second < 60; second++) {
                time.advance(Duration.ofSeconds(1));
                Exchange next = get(endpoint, "/_health");
                assertThat(next.header("ETag").equals(last.header("ETag")))
                        .isEqualTo(next.body().equals(last.body()));
                last = next;
            }
            assertThat(runs).hasValueBetween(6, 8);
        }
    }

    @Test
    void aNumberThatIsTooLargeForJsonBreaksNoPage() {
        Outcome outcome = Outcome.ok()
                .with("balance", new BigDecimal("1E+20000"))
                .measured("balance", new BigDecimal("1E+20000"), "EUR");
        try (Health health = time.health().check("ledger", () -> outcome).start()) {
            time.advance(Duration.ofSeconds(1));
            HealthEndpoint endpoint = HealthEndpoint.of(health);
            for (String path : List.of(
                    "/_health",
                    "/_health?format=components",
                    "/_health?format=microprofile",
                    "/_system/check/ledger")) {
                Exchange answer = get(endpoint, path);
                assertThat(answer.code()).as(path).isEqualTo(200);
                assertThatNoException()
                        .as(path)
                        .isThrownBy(() -> Json.read(answer.body().getBytes(UTF_8)));
            }
        }
    }

    @Test
    void twoFormatsOfOneReportHaveDifferentEtags() {
        try (Health health = time.health().start()) {
            HealthEndpoint endpoint = HealthEndpoint.of(health);
            Exchange draft = get(endpoint, "/_health");
            Exchange json = get(endpoint, "/_health", Map.of("Accept", "application/json"));
            assertThat(json.body()).isEqualTo(draft.body());
            assertThat(json.header("ETag")).isNotEqualTo(draft.header("ETag"));
            assertThat(json.header("Vary")).isEqualTo("Accept");
        }
    }

    @Test
    void maxAgeIsTheTimeToTheNextRun() {
        try (Health health = time.health().check("c", this::counted).start()) {
            HealthEndpoint endpoint = HealthEndpoint.of(health);
            time.advance(Duration.ZERO);
            assertThat(get(endpoint, "/_health").header("Cache-Control")).isEqualTo("max-age=10");
            time.advance(Duration.ofSeconds(4));
            assertThat(get(endpoint, "/_health").header("Cache-Control")).isEqualTo("max-age=6");
            assertThat(get(endpoint, "/_system/check/c").header("Cache-Control"))
                    .isEqualTo("max-age=6");
        }
    }

    @Test
    void failsByAgeAfterTheSchedulerHasDied() {
        try (Health health = time.health().check("c", this::counted).start()) {
            HealthEndpoint endpoint = HealthEndpoint.of(health);
            time.advance(Duration.ZERO);
            time.die();
            time.advance(Duration.ofSeconds(42));
            Exchange answer = get(endpoint, "/_health");
            assertThat(answer.code()).isEqualTo(503);
            assertThat(answer.body()).contains("\"output\":\"no result for 42 s\"");
            time.advance(Duration.ofSeconds(1));
            assertThat(get(endpoint, "/_health").body()).contains("no result for 43 s");
            assertThat(get(endpoint, "/_system/check/c").code()).isEqualTo(500);
        }
    }

    @Test
    void runsOnRequestChecksForARequest() {
        try (Health health = time.health()
                .check("asked", this::counted, c -> c.onRequest().groups("ready"))
                .check("other", Outcome::ok)
                .start()) {
            HealthEndpoint endpoint = HealthEndpoint.of(health);
            assertThat(get(endpoint, "/_health/ready").code()).isEqualTo(200);
            assertThat(get(endpoint, "/_health/live").code()).isEqualTo(200);
            assertThat(runs).hasValue(1);
            assertThat(get(endpoint, "/_system/check/asked").body()).contains("\"run\":1");
            time.advance(Duration.ofSeconds(1));
            assertThat(get(endpoint, "/_system/check/asked").body()).contains("\"run\":2");
            time.advance(Duration.ofSeconds(1));
            assertThat(get(endpoint, "/_health").body()).contains("\"run\":3");
        }
    }

    @Test
    void doesNotRunExcludedChecks() {
        try (Health health = time.health()
                .check("slow", this::counted, c -> c.onRequest().groups("ready"))
                .check("other", Outcome::ok, c -> c.onRequest().groups("ready"))
                .start()) {
            HealthEndpoint endpoint = HealthEndpoint.of(health);
            Map<String, String> noCache = Map.of("Cache-Control", "no-cache");
            assertThat(get(endpoint, "/_health?exclude=slow").code()).isEqualTo(200);
            assertThat(get(endpoint, "/_health/ready?exclude=slow", noCache).code())
                    .isEqualTo(200);
            assertThat(runs).hasValue(0);
            get(endpoint, "/_health/ready");
            assertThat(runs).hasValue(1);
        }
    }

    @Test
    void runsNothingForARequestThatIsRefused() {
        try (Health health = time.health()
                .check("asked", this::counted, c -> c.onRequest().groups("ready"))
                .start()) {
            HealthEndpoint endpoint = HealthEndpoint.of(health);
            Map<String, String> noCache = Map.of("Cache-Control", "no-cache");
            assertThat(InMemory.exchange(endpoint, "POST", "/_health", noCache).code())
                    .isEqualTo(405);
            assertThat(get(endpoint, "/_health/ready?format=xml", noCache).code())
                    .isEqualTo(400);
            assertThat(get(endpoint, "/_health/nobody", noCache).code()).isEqualTo(404);
            assertThat(get(endpoint, "/_system/check/nobody", noCache).code()).isEqualTo(404);
            get(endpoint, "/_ping", noCache);
            get(endpoint, "/_system/check", noCache);
            assertThat(runs).hasValue(0);
        }
    }

    @Test
    void aRequestMayAskForAFresherResultOnceASecond() {
        try (Health health = time.health().check("c", this::counted).start()) {
            HealthEndpoint endpoint = HealthEndpoint.of(health);
            time.advance(Duration.ofSeconds(3));
            assertThat(get(endpoint, "/_health").body()).contains("\"run\":1");
            Map<String, String> maxAge = Map.of("Cache-Control", "max-age=5");
            assertThat(get(endpoint, "/_health", maxAge).body()).contains("\"run\":1");
            Map<String, String> noCache = Map.of("Cache-Control", "no-cache");
            assertThat(get(endpoint, "/_health", noCache).body()).contains("\"run\":2");
            for (int i = 0; i < 100; i++) {
                get(endpoint, "/_health", noCache);
                get(endpoint, "/_system/check/c", noCache);
            }
            assertThat(runs).hasValue(2);
            time.advance(Duration.ofSeconds(1));
            assertThat(get(endpoint, "/_system/check/c", noCache).body()).contains("\"run\":3");
        }
    }

    @Test
    void usesTheConfiguredPrefixAndCodes() {
        try (Health health = time.health()
                .check("c", () -> Outcome.error("down"), c -> c.failureThreshold(1))
                .start()) {
            HealthEndpoint endpoint = HealthEndpoint.builder(health)
                    .prefix("/internal/v1")
                    .failureCode(429)
                    .outcomeFailureCode(599)
                    .build();
            time.advance(Duration.ZERO);
            assertThat(get(endpoint, "/internal/v1/_health").code()).isEqualTo(429);
            assertThat(get(endpoint, "/internal/v1/_system/check/c").code()).isEqualTo(599);
            assertThat(get(endpoint, "/internal/v1/_ping").code()).isEqualTo(200);
            assertThat(get(endpoint, "/_ping").code()).isEqualTo(404);
            assertThat(endpoint.paths()).contains("/internal/v1/_ping");
        }
    }

    @Test
    void writesMeasurementsLinksAndTheServiceInfo() {
        try (Health health = time.health()
                .service("orders", "1.4.2")
                .version("1")
                .description("takes orders")
                .note("blue")
                .link("about", URI.create("https://example.org/orders"))
                .check(
                        "disk",
                        () -> Outcome.ok().measured("free", 12, "bytes"),
                        c -> c.link("manual", URI.create("https://example.org/disk")))
                .start()) {
            time.advance(Duration.ZERO);
            assertThat(get(HealthEndpoint.of(health), "/_health").body())
                    .isEqualTo("{\"status\":\"pass\",\"version\":\"1\",\"releaseId\":\"1.4.2\","
                            + "\"serviceId\":\"orders\",\"description\":\"takes orders\",\"notes\":[\"blue\"],"
                            + "\"checks\":{\"disk:responseTime\":[{\"componentId\":\"disk\","
                            + "\"componentType\":\"component\",\"observedValue\":0.000,"
                            + "\"observedUnit\":\"ms\",\"status\":\"pass\",\"time\":\"2026-01-01T00:00:00Z\","
                            + "\"links\":{\"manual\":\"https://example.org/disk\"}}],"
                            + "\"disk:free\":[{\"componentId\":\"disk\","
                            + "\"componentType\":\"component\",\"observedValue\":12,"
                            + "\"observedUnit\":\"bytes\",\"status\":\"pass\",\"time\":\"2026-01-01T00:00:00Z\"}]},"
                            + "\"links\":{\"about\":\"https://example.org/orders\"}}");
        }
    }

    @Test
    void aMeasurementNamedLikeItsCheckHasTheBareNameAsKey() {
        try (Health health = time.health().system().start()) {
            time.advance(Duration.ofSeconds(30));
            String body = get(HealthEndpoint.of(health), "/_health").body();
            assertThat(body)
                    .containsPattern("\"uptime\":\\[\\{\"componentId\":\"uptime\",\"componentType\":\"system\","
                            + "\"observedValue\":[0-9.]+,\"observedUnit\":\"s\"")
                    .containsPattern("\"disk:utilization\":\\[\\{.*?\"observedUnit\":\"percent\"");
            assertThat(HealthDocument.parse(body.getBytes(StandardCharsets.UTF_8)))
                    .hasValueSatisfying(document -> assertThat(document.components())
                            .filteredOn(component -> component.name().equals("uptime"))
                            .extracting(HealthComponent::key)
                            .containsExactly("uptime:responseTime", "uptime"));
        }
    }

    @Test
    void showsACheckWithoutResultAsFailing() {
        try (Health health = time.health().check("c", this::counted).start()) {
            HealthEndpoint endpoint = HealthEndpoint.of(health);
            assertThat(get(endpoint, "/_health").body())
                    .isEqualTo("{\"status\":\"fail\",\"output\":\"c fail\",\"checks\":{\"c\":"
                            + "[{\"componentId\":\"c\",\"componentType\":\"component\","
                            + "\"status\":\"fail\",\"output\":\"no result yet\"}]}}");
            assertThat(get(endpoint, "/_system/check/c").code()).isEqualTo(500);
        }
    }

    @Test
    void readsItsOwnDocuments() {
        try (Health health = time.health()
                .service("orders", "1")
                .check("c", () -> Outcome.warning("slow"))
                .start()) {
            time.advance(Duration.ZERO);
            Exchange answer = get(HealthEndpoint.of(health), "/_health");
            HealthDocument document = HealthDocument.parse(answer.body().getBytes(StandardCharsets.UTF_8))
                    .orElseThrow();
            assertThat(document.status()).isEqualTo(Status.WARN);
            assertThat(document.serviceId()).contains("orders");
            assertThat(document.components()).singleElement().satisfies(component -> {
                assertThat(component.name()).isEqualTo("c");
                assertThat(component.output()).contains("slow");
                assertThat(component.observedUnit()).contains("ms");
            });
        }
    }
}
