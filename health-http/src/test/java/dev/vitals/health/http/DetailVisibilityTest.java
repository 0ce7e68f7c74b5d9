package dev.vitals.health.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.Health;
import dev.vitals.health.Outcome;
import dev.vitals.health.testing.Exchange;
import dev.vitals.health.testkit.ManualScheduler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Decides who sees the texts of exceptions. */
class DetailVisibilityTest {
    private static final String SECRET = "table orders_2026 is gone";
    private static final Map<String, String> TOKEN = Map.of("Authorization", "Bearer t");
    private static final List<String> FORMS = List.of(
            "/_health",
            "/_health/ready",
            "/_health?format=components",
            "/_health?format=microprofile",
            "/_system/check/c");

    private final ManualScheduler time = new ManualScheduler();

    private Health start() {
        Health health = time.health()
                .check(
                        "c",
                        () -> {
                            throw new IllegalStateException(SECRET + ", password=hunter2");
                        },
                        c -> c.groups("ready").failureThreshold(1))
                .start();
        time.advance(Duration.ofSeconds(1));
        return health;
    }

    private static Exchange get(HealthEndpoint endpoint, String path, Map<String, String> headers) {
        return InMemory.exchange(endpoint, "GET", path, headers);
    }

    @Test
    void showsDetailsToAuthorizedRequests() {
        try (Health health = start()) {
            HealthEndpoint endpoint = HealthEndpoint.builder(health)
                    .authorized(request -> "Bearer t".equals(request.header("Authorization")))
                    .build();
            for (String path : FORMS) {
                assertThat(get(endpoint, path, Map.of()).body())
                        .doesNotContain(SECRET)
                        .contains("in the log as ");
                Exchange full = get(endpoint, path, TOKEN);
                assertThat(full.body()).contains(SECRET).doesNotContain("hunter2");
                assertThat(full.header("Cache-Control")).isEqualTo("no-store");
            }
            assertThat(get(endpoint, "/_health", Map.of("Accept", Format.ACTUATOR.contentType()))
                            .body())
                    .doesNotContain(SECRET);
            assertThat(get(endpoint, "/_health?verbose", Map.of("Accept", "text/plain", "Authorization", "Bearer t"))
                            .body())
                    .contains("(java.lang.IllegalStateException: " + SECRET);
        }
    }

    @Test
    void showsDetailsToNobodyByDefaultAndToEverybodyIfConfigured() {
        try (Health health = start()) {
            HealthEndpoint closed = HealthEndpoint.of(health);
            HealthEndpoint never = HealthEndpoint.builder(health)
                    .details(DetailVisibility.NEVER)
                    .authorized(request -> true)
                    .build();
            HealthEndpoint open = HealthEndpoint.builder(health)
                    .details(DetailVisibility.ALWAYS)
                    .build();
            for (String path : FORMS) {
                assertThat(get(closed, path, TOKEN).body()).doesNotContain(SECRET);
                assertThat(get(never, path, TOKEN).body()).doesNotContain(SECRET);
                assertThat(get(open, path, Map.of()).body()).contains(SECRET);
            }
        }
    }

    @Test
    void aGroupMayHaveADifferentVisibilityAndCode() {
        try (Health health = start()) {
            HealthEndpoint endpoint = HealthEndpoint.builder(health)
                    .group("ready", g -> g.failureCode(500).details(DetailVisibility.ALWAYS))
                    .build();
            assertThat(get(endpoint, "/_health/ready", Map.of()).code()).isEqualTo(500);
            assertThat(get(endpoint, "/_health/ready", Map.of()).body()).contains(SECRET);
            assertThat(get(endpoint, "/_health", Map.of()).code()).isEqualTo(503);
            assertThat(get(endpoint, "/_health", Map.of()).body()).doesNotContain(SECRET);
        }
    }

    @Test
    void dataOfTheCheckDoesNotReplaceTheDetail() {
        try (Health health = time.health()
                .check("c", () -> Outcome.ok().with("detail", "of the check"))
                .start()) {
            time.advance(Duration.ofSeconds(1));
            HealthEndpoint endpoint = HealthEndpoint.builder(health)
                    .details(DetailVisibility.ALWAYS)
                    .build();
            assertThat(get(endpoint, "/_health", Map.of()).body()).contains("\"detail\":\"of the check\"");
        }
    }
}
