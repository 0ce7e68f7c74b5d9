package dev.vitals.health.monitor.web;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.vitals.health.monitor.history.History;
import dev.vitals.health.monitor.history.LatencySketch;
import dev.vitals.health.monitor.history.Resolution;
import dev.vitals.health.monitor.history.Rollup;
import dev.vitals.health.monitor.model.Rfc3339;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.TimeRange;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Roll-ups by minute or hour, the oldest first, and their total. */
record RollupRows(History history, TargetId target, Resolution resolution, TimeRange range)
        implements StreamedResponse.Rows {

    /** LatencySummary in microseconds; the quantiles within the relative error. */
    private record LatencySummary(long min, long max, long sum, long p50, long p95, long p99) {
        private static final double P50 = 0.5;
        private static final double P95 = 0.95;
        private static final double P99 = 0.99;

        static LatencySummary of(LatencySketch sketch) {
            return new LatencySummary(
                    sketch.min(),
                    sketch.max(),
                    sketch.sum(),
                    sketch.quantile(P50),
                    sketch.quantile(P95),
                    sketch.quantile(P99));
        }
    }

    /** A roll-up, or the total, which has no start; without latencies if there was no poll. */
    private record Row(
            @Nullable Instant start,
            long polls,
            long ok,
            long warning,
            long error,
            @Nullable LatencySummary latencyUs) {
        static Row of(@Nullable Instant start, Rollup rollup) {
            return new Row(
                    start,
                    rollup.polls(),
                    rollup.oks(),
                    rollup.warnings(),
                    rollup.errors(),
                    rollup.latencies().count() == 0 ? null : LatencySummary.of(rollup.latencies()));
        }
    }

    @Override
    public void json(JsonGenerator json) throws IOException {
        StreamedResponse.range(json, range);
        json.writeStringField("resolution", resolution.name().toLowerCase(Locale.ROOT));
        json.writeNumberField("relativeError", LatencySketch.RELATIVE_ERROR);
        json.writeArrayFieldStart("rollups");
        Rollup total = history.rollups(
                target, resolution, range, rollup -> StreamedResponse.row(json, Row.of(rollup.start(), rollup)));
        json.writeEndArray();
        json.writePOJOField("total", Row.of(null, total));
    }

    @Override
    public void csv(Csv csv) {
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
        Rollup unused = history.rollups(target, resolution, range, rollup -> csv(csv, rollup));
    }

    private static void csv(Csv csv, Rollup rollup) {
        LatencySummary latencies = LatencySummary.of(rollup.latencies());
        csv.text(Rfc3339.text(rollup.start()))
                .number(rollup.polls())
                .number(rollup.oks())
                .number(rollup.warnings())
                .number(rollup.errors())
                .number(latencies.min())
                .number(latencies.max())
                .number(latencies.sum())
                .number(latencies.p50())
                .number(latencies.p95())
                .number(latencies.p99())
                .end();
    }
}
