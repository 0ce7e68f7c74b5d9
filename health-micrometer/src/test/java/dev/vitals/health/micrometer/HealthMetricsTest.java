package dev.vitals.health.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.Health;
import dev.vitals.health.Outcome;
import dev.vitals.health.testing.Promtool;
import dev.vitals.health.testkit.ManualScheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The values that Prometheus reads. */
class HealthMetricsTest {
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final ManualScheduler time = new ManualScheduler();
    private final Scraped scraped = new Scraped(time);

    private void bind(Health health) {
        HealthMetrics.of(health).bindTo(scraped.registry);
    }

    private double state(String state) {
        return scraped.value("vitals_check_state{check=\"db\",state=\"" + state + "\"}");
    }

    private double runs(String outcome) {
        return scraped.value("vitals_check_runs_total{check=\"db\",outcome=\"" + outcome + "\"}");
    }

    @Test
    void promtoolHasNoComplaints() throws Exception {
        try (Health health = time.health()
                .check("db", Outcome::ok, c -> c.groups("ready", "my-group"))
                .check("mail.out_1", () -> Outcome.warning("slow"))
                .check("never", Outcome::ok, c -> c.onRequest())
                .start()) {
            bind(health);
            time.advance(INTERVAL);
            Promtool.accepts(scraped.registry.scrape());
        }
    }

    @Test
    void showsEachStatusAsANumber() {
        try (Health health = time.health()
                .check("good", Outcome::ok, c -> c.groups("ready"))
                .check("slow", () -> Outcome.warning("slow"), c -> c.groups("mine"))
                .check("bad", () -> Outcome.error("down"), c -> c.groups("live").failureThreshold(1))
                .start()) {
            bind(health);
            time.advance(INTERVAL);
            assertThat(scraped.value("vitals_check_status{check=\"good\"}")).isEqualTo(0);
            assertThat(scraped.value("vitals_check_status{check=\"slow\"}")).isEqualTo(1);
            assertThat(scraped.value("vitals_check_status{check=\"bad\"}")).isEqualTo(2);
            assertThat(scraped.value("vitals_group_status{group=\"ready\"}")).isEqualTo(0);
            assertThat(scraped.value("vitals_group_status{group=\"mine\"}")).isEqualTo(1);
            assertThat(scraped.value("vitals_group_status{group=\"live\"}")).isEqualTo(2);
            assertThat(scraped.value("vitals_group_status{group=\"startup\"}")).isEqualTo(0);
            assertThat(scraped.value("vitals_status")).isEqualTo(2);
        }
    }

    @Test
    void aScrapeRunsOnRequestChecksAsAProbeDoes() {
        AtomicBoolean up = new AtomicBoolean(true);
        try (Health health = time.health()
                .check(
                        "asked",
                        () -> up.get() ? Outcome.ok() : Outcome.error("down"),
                        c -> c.onRequest().failureThreshold(1))
                .start()) {
            bind(health);
            assertThat(scraped.value("vitals_status")).isEqualTo(0);
            time.advance(Duration.ofHours(1));
            assertThat(scraped.value("vitals_status")).isEqualTo(0);
            assertThat(scraped.value("vitals_check_state{check=\"asked\",state=\"unknown\"}"))
                    .isEqualTo(0);
            up.set(false);
            time.advance(Duration.ofSeconds(2));
            assertThat(scraped.value("vitals_status")).isEqualTo(2);
        }
    }

    @Test
    void readyFailsWhileDraining() {
        try (Health health =
                time.health().check("db", Outcome::ok, c -> c.groups("ready")).start()) {
            bind(health);
            time.advance(Duration.ZERO);
            health.draining().begin("deployment", "operator", Duration.ofMinutes(1));
            assertThat(scraped.value("vitals_group_status{group=\"ready\"}")).isEqualTo(2);
            assertThat(scraped.value("vitals_status")).isEqualTo(0);
            health.draining().end();
            assertThat(scraped.value("vitals_group_status{group=\"ready\"}")).isEqualTo(0);
        }
    }

    @Test
    void oneStateIsOneAndTheOthersAreZero() {
        Deque<Outcome> outcomes = new ArrayDeque<>(List.of(Outcome.ok(), Outcome.error("down"), Outcome.error("down")));
        try (Health health = time.health()
                .check("db", outcomes::remove, c -> c.failureThreshold(2))
                .start()) {
            bind(health);
            for (String expected : List.of("unknown", "healthy", "degraded", "unhealthy")) {
                for (String each : List.of("unknown", "healthy", "degraded", "unhealthy")) {
                    assertThat(state(each)).isEqualTo(each.equals(expected) ? 1 : 0);
                }
                time.advance(expected.equals("unknown") ? Duration.ZERO : INTERVAL);
            }
        }
    }

    @Test
    void showsHowLongTheLatestRunTookAndHowLongAgoItWas() {
        Duration took = Duration.ofMillis(250);
        try (Health health = time.health()
                .check("db", () -> {
                    time.advance(took);
                    return Outcome.ok();
                })
                .start()) {
            bind(health);
            assertThat(scraped.value("vitals_check_duration_seconds{check=\"db\"}"))
                    .isNaN();
            assertThat(scraped.value("vitals_check_age_seconds{check=\"db\"}")).isNaN();
            time.advance(Duration.ZERO);
            time.advance(Duration.ofSeconds(4));
            assertThat(scraped.value("vitals_check_duration_seconds{check=\"db\"}"))
                    .isEqualTo(0.25);
            assertThat(scraped.value("vitals_check_age_seconds{check=\"db\"}")).isEqualTo(4);
            assertThat(scraped.value("vitals_check_stale{check=\"db\"}")).isEqualTo(0);
        }
    }

    @Test
    void aDeadSchedulerShowsAsStaleUnknownAndFailed() {
        try (Health health = time.health().check("db", Outcome::ok).start()) {
            bind(health);
            time.advance(Duration.ZERO);
            assertThat(scraped.value("vitals_check_stale{check=\"db\"}")).isEqualTo(0);
            time.die();
            time.advance(Duration.ofSeconds(42));
            assertThat(scraped.value("vitals_check_stale{check=\"db\"}")).isEqualTo(1);
            assertThat(scraped.value("vitals_check_age_seconds{check=\"db\"}")).isEqualTo(42);
            assertThat(scraped.value("vitals_check_status{check=\"db\"}")).isEqualTo(2);
            assertThat(state("unknown")).isEqualTo(1);
            assertThat(scraped.value("vitals_status")).isEqualTo(2);
        }
    }

    @Test
    void countsEachRunByItsOutcomeBeforeThresholds() {
        Deque<Outcome> outcomes = new ArrayDeque<>(List.of(
                Outcome.error("a"), Outcome.ok(), Outcome.warning("b"), Outcome.error("c"), Outcome.error("d")));
        try (Health health = time.health()
                .check("db", outcomes::remove, c -> c.interval(INTERVAL))
                .start()) {
            bind(health);
            assertThat(runs("ok") + runs("warning") + runs("error")).isEqualTo(0);
            time.advance(Duration.ZERO);
            while (!outcomes.isEmpty()) {
                time.advance(Duration.ofSeconds(1));
            }
            assertThat(runs("ok")).isEqualTo(1);
            assertThat(runs("warning")).isEqualTo(1);
            assertThat(runs("error")).isEqualTo(3);
        }
    }

    @Test
    void scrapingRunsNoBackgroundCheckAndOthersOnceASecond() {
        AtomicInteger runs = new AtomicInteger();
        AtomicInteger asked = new AtomicInteger();
        try (Health health = time.health()
                .check("db", () -> Outcome.ok().with("run", runs.incrementAndGet()))
                .check("asked", () -> Outcome.ok().with("run", asked.incrementAndGet()), c -> c.onRequest())
                .start()) {
            bind(health);
            for (int i = 0; i < 10; i++) {
                assertThat(scraped.registry.scrape()).contains("asked");
            }
            assertThat(runs).hasValue(0);
            assertThat(asked).hasValue(1);
        }
    }
}
