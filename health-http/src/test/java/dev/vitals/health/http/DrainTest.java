package dev.vitals.health.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vitals.health.Health;
import dev.vitals.health.Outcome;
import dev.vitals.health.testing.Exchange;
import dev.vitals.health.testkit.ManualScheduler;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DrainTest {
    private final ManualScheduler time = new ManualScheduler();

    private Health start() {
        Health health = time.health()
                .check("c", Outcome::ok, c -> c.groups("ready", "live"))
                .start();
        time.advance(Duration.ofSeconds(1));
        return health;
    }

    private static Exchange send(HealthEndpoint endpoint, String method, String path, Map<String, String> headers) {
        return InMemory.exchange(endpoint, method, path, headers);
    }

    private static Exchange get(HealthEndpoint endpoint, String path) {
        return send(endpoint, "GET", path, Map.of());
    }

    @Test
    void readyFailsWithTheReasonAndOtherGroupsDoNot() {
        try (Health health = start()) {
            HealthEndpoint endpoint = HealthEndpoint.of(health);
            health.draining().begin("deploy 42", "alice", Duration.ofSeconds(60));
            time.advance(Duration.ofSeconds(10));
            Exchange ready = get(endpoint, "/_health/ready");
            assertThat(ready.code()).isEqualTo(503);
            assertThat(ready.header("Retry-After")).isEqualTo("50");
            assertThat(ready.header("Cache-Control")).isEqualTo("no-store");
            assertThat(ready.body())
                    .contains("\"output\":\"draining: deploy 42, by alice, until 2026-01-01T00:01:01Z\"")
                    .contains("\"componentId\":\"c\"");
            assertThat(get(endpoint, "/_health/live").code()).isEqualTo(200);
            assertThat(get(endpoint, "/_health").code()).isEqualTo(200);
            assertThat(send(endpoint, "GET", "/_health/ready?verbose", Map.of("Accept", "text/plain"))
                            .body())
                    .isEqualTo("c pass\ndraining: deploy 42, by alice, until 2026-01-01T00:01:01Z\nfail\n");
        }
    }

    @Test
    void endsAfterItsTimeOrOnRequest() {
        try (Health health = start()) {
            HealthEndpoint endpoint = HealthEndpoint.of(health);
            health.draining().begin("deploy", "alice", Duration.ofSeconds(5));
            time.advance(Duration.ofSeconds(4));
            assertThat(get(endpoint, "/_health/ready").code()).isEqualTo(503);
            time.advance(Duration.ofSeconds(1));
            assertThat(get(endpoint, "/_health/ready").code()).isEqualTo(200);
            assertThat(health.draining().current()).isEmpty();
            health.draining().begin("deploy", "alice", Duration.ofSeconds(5));
            health.draining().end();
            assertThat(get(endpoint, "/_health/ready").code()).isEqualTo(200);
        }
    }

    @Test
    void confirmsThatProbersHaveSeenIt() {
        try (Health health = start()) {
            HealthEndpoint endpoint = HealthEndpoint.of(health);
            health.draining().begin("shutdown", "main", Duration.ofMinutes(1));
            CompletableFuture<Boolean> proven = health.draining().confirmed(2, Duration.ofSeconds(30));
            get(endpoint, "/_health/live");
            get(endpoint, "/_health/ready");
            assertThat(proven).isNotDone();
            send(endpoint, "HEAD", "/_health/ready", Map.of());
            assertThat(proven).isCompletedWithValue(true);
            CompletableFuture<Boolean> capped = health.draining().confirmed(2, Duration.ofSeconds(30));
            time.advance(Duration.ofSeconds(30));
            assertThat(capped).isCompletedWithValue(false);
        }
    }

    @Test
    void isOffOverHttpUnlessSwitchedOnAndNeedsThePredicate() {
        try (Health health = start()) {
            assertThat(send(HealthEndpoint.of(health), "PUT", "/_system/drain", Map.of())
                            .code())
                    .isEqualTo(404);
            HealthEndpoint endpoint = HealthEndpoint.builder(health)
                    .drainable(request -> "Bearer t".equals(request.header("Authorization")))
                    .build();
            assertThat(endpoint.paths()).contains("/_system/drain");
            String path = "/_system/drain?reason=deploy+42&by=alice&seconds=60";
            assertThat(send(endpoint, "PUT", path, Map.of()).code()).isEqualTo(403);
            assertThat(health.draining().current()).isEmpty();
            Map<String, String> token = Map.of("Authorization", "Bearer t");
            assertThat(send(endpoint, "PUT", path, token).body())
                    .isEqualTo("{\"draining\":true,\"reason\":\"deploy 42\",\"by\":\"alice\","
                            + "\"until\":\"2026-01-01T00:01:01Z\"}");
            assertThat(send(endpoint, "GET", "/_system/drain", token).body()).contains("\"draining\":true");
            assertThat(send(endpoint, "DELETE", "/_system/drain", token).body()).isEqualTo("{\"draining\":false}");
            assertThat(health.draining().current()).isEmpty();
            Exchange post = send(endpoint, "POST", "/_system/drain", token);
            assertThat(post.code()).isEqualTo(405);
            assertThat(post.header("Allow")).isEqualTo("GET, HEAD, PUT, DELETE");
        }
    }

    @Test
    void refusesBadValuesByName() {
        try (Health health = start()) {
            HealthEndpoint endpoint =
                    HealthEndpoint.builder(health).drainable(request -> true).build();
            assertThat(send(endpoint, "PUT", "/_system/drain?by=a&seconds=5", Map.of())
                            .body())
                    .contains("reason must have 1 to 200 characters, was ''");
            assertThat(send(endpoint, "PUT", "/_system/drain?reason=r&by=a&seconds=x", Map.of())
                            .body())
                    .contains("seconds must be a whole number from 1 to 86400, was 'x'");
            assertThat(send(endpoint, "PUT", "/_system/drain?reason=r&by=a&seconds=0", Map.of())
                            .code())
                    .isEqualTo(400);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> health.draining().confirmed(0, Duration.ZERO))
                    .withMessage("answers must be from 1 to 10000, was 0");
            assertThat(health.draining().current()).isEmpty();
        }
    }
}
