package dev.vitals.health.monitor.web;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.vitals.health.Outcome;
import dev.vitals.health.monitor.history.History;
import dev.vitals.health.monitor.history.Position;
import dev.vitals.health.monitor.history.chunk.KeptResult;
import dev.vitals.health.monitor.model.ComponentState;
import dev.vitals.health.monitor.model.Rfc3339;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.TimeRange;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Recorded results, the newest first. */
record ResultRows(History history, TargetId target, TimeRange range, Position before, int limit)
        implements StreamedResponse.Rows {

    private record Row(
            Instant time,
            Outcome.Code code,
            long latencyUs,
            @Nullable Integer httpStatus,
            @Nullable String message,
            @Nullable List<TargetAnswer.Component> components) {
        static Row of(KeptResult result) {
            return new Row(
                    Instant.ofEpochMilli(result.time()),
                    result.code(),
                    result.latencyMicros(),
                    result.httpStatus(),
                    result.message(),
                    result.notOk().isEmpty() ? null : TargetAnswer.Component.of(result.notOk()));
        }
    }

    @Override
    public void json(JsonGenerator json) throws IOException {
        StreamedResponse.range(json, range);
        json.writeArrayFieldStart("results");
        Position next = page(result -> StreamedResponse.row(json, Row.of(result)));
        json.writeEndArray();
        if (next != null) {
            json.writeStringField("next", next.toString());
        }
    }

    @Override
    public void csv(Csv csv) {
        csv.header("time", "code", "latency_us", "http_status", "message", "components");
        Position unused = page(result -> csv.text(Rfc3339.text(Instant.ofEpochMilli(result.time())))
                .text(result.code().name())
                .number(result.latencyMicros())
                .text(result.httpStatus() == null ? null : result.httpStatus().toString())
                .text(result.message())
                .text(result.notOk().stream().map(ResultRows::text).collect(Collectors.joining("; ")))
                .end());
    }

    private static String text(ComponentState component) {
        String status = component.name() + " " + component.status().word();
        return component.output() == null ? status : status + ": " + component.output();
    }

    /** Hands over up to the limit; returns the position of the last one if there are more, else null. */
    private @Nullable Position page(Consumer<KeptResult> sink) {
        ResultPage page = new ResultPage(sink, limit);
        history.results(target, range, before, page::take);
        return page.next;
    }

    private static final class ResultPage {
        private final Consumer<KeptResult> sink;
        private int left;
        private @Nullable Position last;
        private @Nullable Position next;

        ResultPage(Consumer<KeptResult> sink, int limit) {
            this.sink = sink;
            this.left = limit;
        }

        boolean take(KeptResult result, Position position) {
            if (left == 0) {
                next = last;
                return false;
            }
            left--;
            last = position;
            sink.accept(result);
            return true;
        }
    }
}
