package dev.vitals.health.monitor.web;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.vitals.health.monitor.history.History;
import dev.vitals.health.monitor.history.Resolution;
import dev.vitals.health.monitor.history.Series;
import dev.vitals.health.monitor.history.SeriesPoint;
import dev.vitals.health.monitor.history.chunk.NumberSummary;
import dev.vitals.health.monitor.model.Rfc3339;
import dev.vitals.health.monitor.model.TimeRange;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** The numbers that a target has reported, rolled up by minute or hour, the oldest first. */
record SeriesRows(History history, List<Series> series, Resolution resolution, TimeRange range)
        implements StreamedResponse.Rows {
    SeriesRows {
        series = List.copyOf(series);
    }

    private record Point(Instant start, long count, double min, double max, double average, double last) {
        static Point of(SeriesPoint point) {
            NumberSummary values = point.values();
            return new Point(
                    point.start(), values.count(), values.min(), values.max(), values.average(), values.last());
        }
    }

    @Override
    public void json(JsonGenerator json) throws IOException {
        StreamedResponse.range(json, range);
        json.writeStringField("resolution", resolution.name().toLowerCase(Locale.ROOT));
        json.writeArrayFieldStart("series");
        for (Series one : series) {
            json.writeStartObject();
            json.writeStringField("name", one.name());
            if (one.unit() != null) {
                json.writeStringField("unit", one.unit());
            }
            json.writeArrayFieldStart("points");
            history.points(List.of(one), resolution, range, point -> StreamedResponse.row(json, Point.of(point)));
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    @Override
    public void csv(Csv csv) {
        csv.header("start", "name", "unit", "count", "min", "max", "average", "last");
        history.points(series, resolution, range, point -> csv(csv, point));
    }

    private static void csv(Csv csv, SeriesPoint point) {
        NumberSummary values = point.values();
        csv.text(Rfc3339.text(point.start()))
                .text(point.series().name())
                .text(point.series().unit())
                .number(values.count())
                .number(values.min())
                .number(values.max())
                .number(values.average())
                .number(values.last())
                .end();
    }
}
