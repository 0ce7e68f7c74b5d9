package dev.vitals.health.monitor.web;

import dev.vitals.health.monitor.access.Permission;
import dev.vitals.health.monitor.metrics.MonitorMetrics;
import dev.vitals.health.monitor.model.FieldError;
import dev.vitals.health.monitor.model.HealthProbe;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.WatchedTarget;
import dev.vitals.health.monitor.registry.Registry;
import io.javalin.http.Context;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** What Prometheus asks for: values, and the list of what it may scrape itself. */
public final class MetricsRoutes implements Routes {
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String PROMETHEUS = "prometheus";
    private static final String LABEL = "__meta_vitals_label_";

    private final Registry registry;
    private final MonitorMetrics metrics;

    /** Shows these values, and the targets there. */
    public MetricsRoutes(Registry registry, MonitorMetrics metrics) {
        this.registry = registry;
        this.metrics = metrics;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/metrics", Permission.VIEW, this::scrape, "Show the values that Prometheus scrapes")
                        .answers(200, RouteContract.TEXT),
                Route.get("/api/metrics", Permission.VIEW, this::scrapeInFormat, "Show the same values")
                        .query("format", "prometheus, which is the only one")
                        .answers(200, RouteContract.TEXT),
                Route.get("/api/v1/http_sd", Permission.VIEW, this::discovery, "List the instances for Prometheus")
                        .answers(200, "Discovery"));
    }

    private void scrape(Context context) {
        context.contentType(TEXT).result(metrics.scrape());
    }

    /** The same under the path of another system, which has a format to be chosen. */
    private void scrapeInFormat(Context context) {
        String format = context.queryParam("format");
        if (format != null && !format.equals(PROMETHEUS)) {
            throw Paths.refused(new FieldError("format", format, PROMETHEUS));
        }
        scrape(context);
    }

    /** The instances that have registered, as Prometheus' discovery by HTTP reads them. */
    private void discovery(Context context) {
        Shape.answer(context, json -> {
            json.writeStartArray();
            for (WatchedTarget watched : registry.targets()) {
                Target target = watched.target();
                if (target.probe() instanceof HealthProbe probe) {
                    json.writeStartObject();
                    json.writeArrayFieldStart("targets");
                    json.writeString(address(probe.url()));
                    json.writeEndArray();
                    json.writeObjectFieldStart("labels");
                    json.writeStringField("__scheme__", probe.url().getScheme());
                    json.writeStringField("__meta_vitals_app", target.id().appOrHost());
                    json.writeStringField("__meta_vitals_instance", target.id().name());
                    json.writeStringField(
                            "__meta_vitals_state", watched.state().state().name());
                    for (Map.Entry<String, String> label : target.labels().entrySet()) {
                        json.writeStringField(
                                LABEL + label.getKey().replaceAll("[^A-Za-z0-9_]", "_"), label.getValue());
                    }
                    json.writeEndObject();
                    json.writeEndObject();
                }
            }
            json.writeEndArray();
        });
    }

    private static String address(URI url) {
        int standard = url.getScheme().equals("https") ? 443 : 80;
        return url.getHost() + ":" + (url.getPort() < 0 ? standard : url.getPort());
    }
}
