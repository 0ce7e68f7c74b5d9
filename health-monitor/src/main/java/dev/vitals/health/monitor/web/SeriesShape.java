package dev.vitals.health.monitor.web;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.vitals.health.monitor.history.History;
import dev.vitals.health.monitor.history.Resolution;
import dev.vitals.health.monitor.history.Series;
import dev.vitals.health.monitor.history.SeriesPoint;
import dev.vitals.health.monitor.history.chunk.NumberSummary;
import dev.vitals.health.monitor.model.TimeRange;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** How series are written. */
final class SeriesShape {
    private SeriesShape() {}

    static void json(JsonGenerator json, History history, List<Series> shown, Resolution resolution, TimeRange range)
            throws IOException {
        json.writeStringField("resolution", resolution.name().toLowerCase(Locale.ROOT));
        json.writeArrayFieldStart("series");
        for (Series series : shown) {
            json.writeStartObject();
            json.writeStringField("name", series.name());
            if (series.unit() != null) {
                json.writeStringField("unit", series.unit());
            }
            json.writeArrayFieldStart("points");
            history.points(List.of(series), resolution, range, point -> HistoryShape.write(() -> json(json, point)));
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void json(JsonGenerator json, SeriesPoint point) throws IOException {
        NumberSummary values = point.values();
        json.writeStartObject();
        Shape.time(json, "start", point.start());
        json.writeNumberField("count", values.count());
        json.writeNumberField("min", values.min());
        json.writeNumberField("max", values.max());
        json.writeNumberField("average", values.average());
        json.writeNumberField("last", values.last());
        json.writeEndObject();
    }

    static void header(Csv csv) {
        csv.header("start", "name", "unit", "count", "min", "max", "average", "last");
    }

    static void csv(Csv csv, SeriesPoint point) {
        NumberSummary values = point.values();
        csv.text(Shape.time(point.start().toEpochMilli()))
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
