package dev.vitals.health.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.CallRecorder;
import dev.vitals.health.Health;
import dev.vitals.health.HealthCheck;
import dev.vitals.health.Heartbeat;
import dev.vitals.health.ManualStatus;
import dev.vitals.health.Outcome;
import dev.vitals.health.testing.Exchange;
import dev.vitals.health.testkit.FaultyCheck;
import dev.vitals.health.testkit.ManualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How long a cache on the way may answer in our place. */
class CachingTest {
    private final ManualScheduler time = new ManualScheduler();

    private static Exchange get(Health health, String path) {
        return InMemory.exchange(HealthEndpoint.of(health), "GET", path, Map.of());
    }

    private static String caching(Health health, String path) {
        return get(health, path).header("Cache-Control");
    }

    @Test
    void readyIsNeverKeptSinceAnInstanceMayDrainAtAnyTime() {
        try (Health health = time.health()
                .check(
                        "certificate",
                        Outcome::ok,
                        c -> c.interval(Duration.ofHours(1)).groups("ready", "tls"))
                .start()) {
            time.advance(Duration.ZERO);
            assertThat(caching(health, "/_health/ready")).isEqualTo("no-cache");
            assertThat(caching(health, "/_health/tls")).isEqualTo("max-age=3600");
            health.draining().begin("deploy", "ci", Duration.ofMinutes(2));
            assertThat(caching(health, "/_health/ready")).isEqualTo("no-store");
        }
    }

    @Test
    void whatTheApplicationFeedsIsNotKept() {
        for (HealthCheck fed :
                List.of(CallRecorder.create(), Heartbeat.every(Duration.ofHours(1)), ManualStatus.ok())) {
            try (Health health = time.health()
                    .check("fed", fed, c -> c.interval(Duration.ofMinutes(5)))
                    .start()) {
                time.advance(Duration.ofSeconds(1));
                assertThat(get(health, "/_health").code()).isEqualTo(200);
                assertThat(caching(health, "/_health")).isEqualTo("no-cache");
                assertThat(caching(health, "/_system/check/fed")).isEqualTo("no-cache");
            }
        }
    }

    @Test
    void whatRunsOnRequestIsNotKept() {
        try (Health health =
                time.health().check("asked", Outcome::ok, c -> c.onRequest()).start()) {
            assertThat(get(health, "/_health").code()).isEqualTo(200);
            assertThat(caching(health, "/_health")).isEqualTo("no-cache");
            assertThat(caching(health, "/_system/check/asked")).isEqualTo("no-cache");
        }
    }

    @Test
    void whatHasNoResultOrIsBlockedIsNotKept() {
        FaultyCheck database = FaultyCheck.ok().answer(Outcome.error("down"));
        try (Health health = time.health()
                .check("database", database, c -> c.failureThreshold(1))
                .check("orders", Outcome::ok, c -> c.dependsOn("database").groups("orders"))
                .check(
                        "late",
                        Outcome::ok,
                        c -> c.critical(false).initialDelay(Duration.ofHours(1)).groups("late"))
                .start()) {
            time.advance(Duration.ofSeconds(1));
            assertThat(get(health, "/_health/late").code()).isEqualTo(200);
            assertThat(caching(health, "/_health/late")).isEqualTo("no-cache");
            assertThat(caching(health, "/_system/check/orders")).isEqualTo("no-cache");
            assertThat(caching(health, "/_health/orders")).isEqualTo("no-store");
        }
    }

    @Test
    void aRunUnderWayMayChangeTheAnswer() {
        List<Runnable> running = new ArrayList<>();
        try (Health health =
                time.health().executor(running::add).check("c", Outcome::ok).start()) {
            time.advance(Duration.ZERO);
            running.remove(0).run();
            assertThat(caching(health, "/_health")).isEqualTo("max-age=10");
            time.advance(Duration.ofSeconds(10));
            assertThat(running).hasSize(1);
            assertThat(caching(health, "/_health")).isEqualTo("no-cache");
            time.advance(Duration.ofSeconds(1));
            running.remove(0).run();
            assertThat(caching(health, "/_health")).isEqualTo("max-age=9");
        }
    }

    @Test
    void aResultThatIsSoonTooOldIsKeptNoLongerThanThat() {
        try (Health health = time.health()
                .check("c", () -> Outcome.ok().holdsFor(Duration.ofSeconds(5)), c -> c.interval(Duration.ofMinutes(1)))
                .start()) {
            time.advance(Duration.ZERO);
            assertThat(caching(health, "/_health")).isEqualTo("max-age=5");
        }
    }

    @Test
    void retryAfterIsNotOverBeforeTheDrainIs() {
        try (Health health = time.health().check("c", Outcome::ok).start()) {
            health.draining().begin("deploy", "ci", Duration.ofSeconds(60));
            assertThat(get(health, "/_health/ready").header("Retry-After")).isEqualTo("60");
            time.advance(Duration.ofMillis(100));
            assertThat(get(health, "/_health/ready").header("Retry-After")).isEqualTo("60");
            time.advance(Duration.ofMillis(59_800));
            assertThat(get(health, "/_health/ready").header("Retry-After")).isEqualTo("1");
        }
    }
}
