package dev.vitals.health.monitor.web;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.vitals.health.monitor.history.History;
import dev.vitals.health.monitor.history.LatencySketch;
import dev.vitals.health.monitor.history.Resolution;
import dev.vitals.health.monitor.history.Rollup;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.TimeRange;
import java.io.IOException;
import java.util.Locale;

/** How roll-ups are written. */
final class RollupShape {
    private static final double P50 = 0.5;
    private static final double P95 = 0.95;
    private static final double P99 = 0.99;

    private RollupShape() {}

    static void json(JsonGenerator json, History history, TargetId id, Resolution resolution, TimeRange range)
            throws IOException {
        json.writeStringField("resolution", resolution.name().toLowerCase(Locale.ROOT));
        json.writeNumberField("relativeError", LatencySketch.RELATIVE_ERROR);
        json.writeArrayFieldStart("rollups");
        Rollup total = history.rollups(
                id,
                resolution,
                range,
                rollup -> HistoryShape.write(() -> {
                    json.writeStartObject();
                    Shape.time(json, "start", rollup.start());
                    members(json, rollup);
                    json.writeEndObject();
                }));
        json.writeEndArray();
        json.writeObjectFieldStart("total");
        members(json, total);
        json.writeEndObject();
    }

    private static void members(JsonGenerator json, Rollup rollup) throws IOException {
        json.writeNumberField("polls", rollup.polls());
        json.writeNumberField("ok", rollup.oks());
        json.writeNumberField("warning", rollup.warnings());
        json.writeNumberField("error", rollup.errors());
        LatencySketch latencies = rollup.latencies();
        if (latencies.count() > 0) {
            json.writeObjectFieldStart("latencyUs");
            json.writeNumberField("min", latencies.min());
            json.writeNumberField("max", latencies.max());
            json.writeNumberField("sum", latencies.sum());
            json.writeNumberField("p50", latencies.quantile(P50));
            json.writeNumberField("p95", latencies.quantile(P95));
            json.writeNumberField("p99", latencies.quantile(P99));
            json.writeEndObject();
        }
    }

    static void header(Csv csv) {
        csv.header(
                "start",
                "polls",
                "ok",
                "warning",
                "error",
                "latency_min_us",
                "latency_max_us",
                "latency_sum_us",
                "latency_p50_us",
                "latency_p95_us",
                "latency_p99_us");
    }

    static void csv(Csv csv, Rollup rollup) {
        LatencySketch latencies = rollup.latencies();
        csv.text(Shape.time(rollup.start().toEpochMilli()))
                .number(rollup.polls())
                .number(rollup.oks())
                .number(rollup.warnings())
                .number(rollup.errors())
                .number(latencies.min())
                .number(latencies.max())
                .number(latencies.sum())
                .number(latencies.quantile(P50))
                .number(latencies.quantile(P95))
                .number(latencies.quantile(P99))
                .end();
    }
}
