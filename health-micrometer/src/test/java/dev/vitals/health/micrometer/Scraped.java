package dev.vitals.health.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.testkit.ManualScheduler;
import io.micrometer.core.instrument.Clock;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** A Prometheus registry on manual time, and the values of its scrapes. */
final class Scraped {
    final PrometheusMeterRegistry registry;

    Scraped(ManualScheduler time) {
        Clock clock = new Clock() {
            @Override
            public long wallTime() {
                return time.instant().toEpochMilli();
            }

            @Override
            public long monotonicTime() {
                return time.nanoTime();
            }
        };
        registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, new PrometheusRegistry(), clock);
    }

    /** Returns the value of one series, such as {@code vitals_check_status{check="db"}}, in a scrape for it alone. */
    double value(String series) {
        String scrape = registry.scrape();
        String start = series + " ";
        assertThat(scrape).containsOnlyOnce("\n" + start);
        return scrape.lines()
                .filter(line -> line.startsWith(start))
                .mapToDouble(line -> Double.parseDouble(line.substring(start.length())))
                .findFirst()
                .orElseThrow();
    }
}
