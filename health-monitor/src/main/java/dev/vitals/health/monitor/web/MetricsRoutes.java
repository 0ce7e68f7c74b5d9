package dev.vitals.health.monitor.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.vitals.health.internal.Uris;
import dev.vitals.health.monitor.access.Permission;
import dev.vitals.health.monitor.metrics.MonitorMetrics;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.WatchedTarget;
import dev.vitals.health.monitor.probe.HealthProbe;
import dev.vitals.health.monitor.registry.Registry;
import io.javalin.http.Context;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Serves Prometheus: values to scrape, and the targets that it may scrape itself. */
public final class MetricsRoutes implements Routes {
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String LABEL = "__meta_vitals_label_";

    private final Registry registry;
    // A page is made once for all who ask while the one before is made.
    private final SharedRuns<byte[]> scrapes;

    /** Serves these values, and the targets of the registry. */
    public MetricsRoutes(Registry registry, MonitorMetrics metrics) {
        this.registry = registry;
        this.scrapes = new SharedRuns<>(() -> metrics.scrape().getBytes(UTF_8));
    }

    /** A target as Prometheus' discovery by HTTP reads it. */
    private record DiscoveredTarget(List<String> targets, Map<String, String> labels) {
        static DiscoveredTarget of(WatchedTarget watched) {
            Target target = watched.target();
            URI url = ((HealthProbe) target.probe()).url();
            Map<String, String> labels = new LinkedHashMap<>();
            labels.put("__scheme__", url.getScheme());
            labels.put("__meta_vitals_app", target.id().appOrHost());
            labels.put("__meta_vitals_instance", target.id().name());
            labels.put("__meta_vitals_state", watched.state().state().name());
            target.labels().forEach((name, value) -> labels.put(LABEL + name.replaceAll("[^A-Za-z0-9_]", "_"), value));
            return new DiscoveredTarget(List.of(address(url)), labels);
        }

        private static String address(URI url) {
            return Uris.host(url) + ":" + Uris.port(url);
        }
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/metrics", Permission.VIEW, this::scrape, "Show the values that Prometheus scrapes")
                        .answers(200, Route.Contract.TEXT),
                Route.get("/api/metrics", Permission.VIEW, this::scrapeInFormat, "Show the same values")
                        .query("format", "prometheus, which is the only one")
                        .answers(200, Route.Contract.TEXT),
                Route.get("/api/v1/http_sd", Permission.VIEW, this::discovery, "List the instances for Prometheus")
                        .answers(200, "Discovery"));
    }

    private void scrape(Context context) {
        AsyncResponse.write(
                context, scrapes.next(), bytes -> ChunkedResponse.write(context, TEXT, ChunkedResponse.of(bytes)));
    }

    /** Answers the same under a path of another system, where the format can be chosen. */
    private void scrapeInFormat(Context context) {
        String unused = Query.choice(context, "format", List.of("prometheus"), UnaryOperator.identity());
        scrape(context);
    }

    private void discovery(Context context) {
        List<WatchedTarget> polled = registry.targets().stream()
                .filter(watched -> watched.target().probe() instanceof HealthProbe)
                .toList();
        ListResponse.array(context, polled, DiscoveredTarget::of);
    }
}
