package dev.vitals.health.monitor.web;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.vitals.health.monitor.history.History;
import dev.vitals.health.monitor.history.Position;
import dev.vitals.health.monitor.history.chunk.KeptResult;
import dev.vitals.health.monitor.model.ComponentState;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.TimeRange;
import java.io.IOException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How kept results are written. */
final class ResultShape {
    private ResultShape() {}

    /** Counts to the limit, and remembers where the rest begins. */
    private static final class Limit {
        private final int limit;
        private int shown;
        private @Nullable Position last;
        private @Nullable Position next;

        Limit(int limit) {
            this.limit = limit;
        }

        boolean take(Position position) {
            if (shown == limit) {
                next = last;
                return false;
            }
            shown++;
            last = position;
            return true;
        }
    }

    static void json(JsonGenerator json, History history, TargetId id, TimeRange range, Position before, int limit)
            throws IOException {
        Limit count = new Limit(limit);
        json.writeArrayFieldStart("results");
        history.results(id, range, before, (result, position) -> {
            boolean taken = count.take(position);
            if (taken) {
                HistoryShape.write(() -> json(json, result));
            }
            return taken;
        });
        json.writeEndArray();
        if (count.next != null) {
            json.writeStringField("next", count.next.toString());
        }
    }

    private static void json(JsonGenerator json, KeptResult result) throws IOException {
        json.writeStartObject();
        json.writeStringField("time", Shape.time(result.time()));
        json.writeStringField("code", result.code().name());
        json.writeNumberField("latencyUs", result.latencyMicros());
        if (result.httpStatus() != null) {
            json.writeNumberField("httpStatus", result.httpStatus());
        }
        if (result.message() != null) {
            json.writeStringField("message", result.message());
        }
        if (!result.notOk().isEmpty()) {
            json.writeArrayFieldStart("components");
            for (ComponentState component : result.notOk()) {
                TargetShape.component(json, component);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    static void csv(Csv csv, History history, TargetId id, TimeRange range, Position before, int limit) {
        Limit count = new Limit(limit);
        csv.header("time", "code", "latency_us", "http_status", "message", "components");
        history.results(id, range, before, (result, position) -> {
            boolean taken = count.take(position);
            if (taken) {
                csv(csv, result);
            }
            return taken;
        });
    }

    private static void csv(Csv csv, KeptResult result) {
        csv.text(Shape.time(result.time())).text(result.code().name()).number(result.latencyMicros());
        csv.text(result.httpStatus() == null ? "" : result.httpStatus().toString());
        csv.text(result.message());
        csv.text(result.notOk().stream().map(ResultShape::line).collect(Collectors.joining("; ")));
        csv.end();
    }

    private static String line(ComponentState component) {
        String status = component.name() + " " + component.status().word();
        return component.output() == null ? status : status + ": " + component.output();
    }
}
