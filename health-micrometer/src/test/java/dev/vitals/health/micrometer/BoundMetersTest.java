package dev.vitals.health.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.Health;
import dev.vitals.health.Outcome;
import dev.vitals.health.testkit.ManualScheduler;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The meters that exist, and the snapshot that they show. */
class BoundMetersTest {
    private final ManualScheduler time = new ManualScheduler();
    private final Scraped scraped = new Scraped(time);
    private final MeterRegistry registry = scraped.registry;

    private static Set<String> tagValues(MeterRegistry registry, String name, String key) {
        return registry.find(name).meters().stream()
                .map(meter -> meter.getId().getTag(key))
                .collect(Collectors.toSet());
    }

    private void scrapeTwice() {
        assertThat(scraped.registry.scrape()).isNotNull();
        assertThat(scraped.registry.scrape()).isNotNull();
    }

    private double unknown(String check) {
        return registry.get("vitals.check.state")
                .tags("check", check, "state", "unknown")
                .gauge()
                .value();
    }

    private double status(String check) {
        return registry.get("vitals.check.status").tags("check", check).gauge().value();
    }

    @Test
    void followChecksThatAreAddedAndRemoved() {
        try (Health health = time.health().check("db", Outcome::ok).start()) {
            HealthMetrics.of(health).bindTo(registry);
            health.register("late", Outcome::ok, c -> c.groups("own"));
            scrapeTwice();
            assertThat(scraped.registry.scrape())
                    .contains("vitals_check_state{check=\"late\",state=\"unknown\"} 1.0")
                    .contains("vitals_group_status{group=\"own\"} 2.0");
            health.unregister("late");
            health.unregister("db");
            scrapeTwice();
            assertThat(scraped.registry.scrape())
                    .doesNotContain("check=")
                    .doesNotContain("own")
                    .contains("vitals_status 0.0")
                    .contains("vitals_group_status{group=\"live\"} 0.0");
            health.register("db", Outcome::ok);
            scrapeTwice();
            assertThat(scraped.value("vitals_check_runs_total{check=\"db\",outcome=\"ok\"}"))
                    .isEqualTo(0);
        }
    }

    @Test
    void showTheLatestValueOnceMoreAfterACheckWasRemoved() {
        try (Health health = time.health().check("db", Outcome::ok).start()) {
            HealthMetrics.of(health).bindTo(registry);
            time.advance(Duration.ZERO);
            var status = registry.get("vitals.check.status").gauge();
            assertThat(status.value()).isEqualTo(0);
            health.unregister("db");
            assertThat(status.value()).isEqualTo(0);
            assertThat(tagValues(registry, "vitals.check.status", "check")).isEmpty();
        }
    }

    @Test
    void showOneSnapshotUntilOneOfThemIsReadAgain() {
        try (Health health = time.health()
                .check("asked", Outcome::ok, c -> c.initialDelay(Duration.ofMinutes(1)))
                .start()) {
            HealthMetrics.of(health).bindTo(registry);
            assertThat(status("asked")).isEqualTo(2);
            health.refresh(check -> true, Duration.ZERO);
            assertThat(unknown("asked")).isEqualTo(1);
            assertThat(status("asked")).isEqualTo(0);
            assertThat(unknown("asked")).isEqualTo(0);
        }
    }

    @Test
    void showANewSnapshotAfterASecond() {
        try (Health health =
                time.health().check("asked", Outcome::ok, c -> c.onRequest()).start()) {
            HealthMetrics.of(health).bindTo(registry);
            health.refresh(check -> true);
            time.advance(Duration.ofSeconds(1));
            assertThat(unknown("asked")).isEqualTo(0);
        }
    }

    @Test
    void areRemovedWhenClosedAndCanBeBoundAgain() {
        try (Health health = time.health().check("db", Outcome::ok).start()) {
            HealthMetrics metrics = HealthMetrics.of(health);
            SimpleMeterRegistry second = new SimpleMeterRegistry();
            metrics.bindTo(registry);
            metrics.bindTo(registry);
            metrics.bindTo(second);
            int all = registry.getMeters().size();
            var status = registry.get("vitals.check.status").gauge();
            metrics.close();
            assertThat(registry.getMeters()).isEmpty();
            assertThat(second.getMeters()).isEmpty();
            health.register("late", Outcome::ok);
            assertThat(status.value() + status.value()).isEqualTo(4);
            assertThat(registry.getMeters()).isEmpty();
            health.unregister("late");
            metrics.bindTo(registry);
            assertThat(registry.getMeters()).hasSize(all);
        }
    }

    @Test
    void differByTagsForTwoHealths() {
        try (Health good = time.health().check("db", Outcome::ok).start();
                Health bad = time.health()
                        .check("db", () -> Outcome.error("down"), c -> c.failureThreshold(1))
                        .start()) {
            HealthMetrics.of(good, Tags.of("part", "shop")).bindTo(registry);
            HealthMetrics.of(bad, Tags.of("part", "stock")).bindTo(registry);
            time.advance(Duration.ZERO);
            assertThat(scraped.value("vitals_check_status{check=\"db\",part=\"shop\"}"))
                    .isEqualTo(0);
            assertThat(scraped.value("vitals_check_status{check=\"db\",part=\"stock\"}"))
                    .isEqualTo(2);
            assertThat(scraped.value("vitals_status{part=\"shop\"}")).isEqualTo(0);
        }
    }

    @Test
    void appearInARegistryThatIsAddedToACompositeLater() {
        CompositeMeterRegistry composite = new CompositeMeterRegistry();
        try (Health health = time.health().check("db", Outcome::ok).start()) {
            HealthMetrics.of(health).bindTo(composite);
            time.advance(Duration.ZERO);
            composite.add(registry);
            assertThat(scraped.value("vitals_check_status{check=\"db\"}")).isEqualTo(0);
            assertThat(scraped.value("vitals_check_runs_total{check=\"db\",outcome=\"ok\"}"))
                    .isEqualTo(1);
        }
    }

    @Test
    void agreeWithTheChecksAfterManyScrapesAtTheSameTime() {
        try (Health health = time.health().check("db", Outcome::ok).start()) {
            HealthMetrics metrics = HealthMetrics.of(health);
            metrics.bindTo(registry);
            List<CompletableFuture<Void>> scrapes = IntStream.range(0, 4)
                    .mapToObj(i -> CompletableFuture.runAsync(
                            () -> IntStream.range(0, 100).forEach(n -> scraped.registry.scrape())))
                    .toList();
            for (int i = 0; i < 100; i++) {
                health.register("c" + i, Outcome::ok);
                if (i % 2 == 0) {
                    health.unregister("c" + i);
                }
            }
            scrapes.forEach(CompletableFuture::join);
            scrapeTwice();
            assertThat(tagValues(registry, "vitals.check.age", "check"))
                    .hasSize(51)
                    .contains("db", "c99")
                    .doesNotContain("c98");
            metrics.close();
            assertThat(registry.getMeters()).isEmpty();
        }
    }
}
