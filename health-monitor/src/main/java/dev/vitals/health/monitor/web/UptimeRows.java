package dev.vitals.health.monitor.web;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.vitals.health.monitor.history.Uptime;
import dev.vitals.health.monitor.model.Rfc3339;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Uptimes.
 *
 * @param names how the request names each time range, such as {@code 24h}; empty for a range by its ends
 */
record UptimeRows(List<String> names, List<Uptime> uptimes) implements StreamedResponse.Rows {
    UptimeRows {
        names = List.copyOf(names);
        uptimes = List.copyOf(uptimes);
    }

    private record Row(
            @Nullable String window,
            Instant from,
            Instant to,
            long lengthMs,
            long notWatchedMs,
            long watchedMs,
            long healthyMs,
            long degradedMs,
            long unhealthyMs,
            long unknownMs,
            long maintenanceMs,
            Share share) {
        static Row of(String name, Uptime uptime) {
            return new Row(
                    name.isEmpty() ? null : name,
                    uptime.range().from(),
                    uptime.range().to(),
                    uptime.range().length().toMillis(),
                    uptime.notWatched().toMillis(),
                    uptime.watched().toMillis(),
                    uptime.healthy().toMillis(),
                    uptime.degraded().toMillis(),
                    uptime.unhealthy().toMillis(),
                    uptime.unknown().toMillis(),
                    uptime.maintenance().toMillis(),
                    Share.of(uptime));
        }
    }

    /** Parts of the watched time, from 0 to 1. */
    private record Share(double healthy, double degraded, double unhealthy, double unknown, double maintenance) {
        static Share of(Uptime uptime) {
            return new Share(
                    uptime.share(uptime.healthy()),
                    uptime.share(uptime.degraded()),
                    uptime.share(uptime.unhealthy()),
                    uptime.share(uptime.unknown()),
                    uptime.share(uptime.maintenance()));
        }
    }

    private Row row(int index) {
        return Row.of(names.get(index), uptimes.get(index));
    }

    @Override
    public void json(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("windows");
        for (int i = 0; i < uptimes.size(); i++) {
            json.writePOJO(row(i));
        }
        json.writeEndArray();
    }

    @Override
    public void csv(Csv csv) {
        csv.header(
                "window",
                "from",
                "to",
                "length_ms",
                "not_watched_ms",
                "watched_ms",
                "healthy_ms",
                "degraded_ms",
                "unhealthy_ms",
                "unknown_ms",
                "maintenance_ms");
        for (int i = 0; i < uptimes.size(); i++) {
            Row row = row(i);
            csv.text(row.window())
                    .text(Rfc3339.text(row.from()))
                    .text(Rfc3339.text(row.to()))
                    .number(row.lengthMs())
                    .number(row.notWatchedMs())
                    .number(row.watchedMs())
                    .number(row.healthyMs())
                    .number(row.degradedMs())
                    .number(row.unhealthyMs())
                    .number(row.unknownMs())
                    .number(row.maintenanceMs())
                    .end();
        }
    }
}
