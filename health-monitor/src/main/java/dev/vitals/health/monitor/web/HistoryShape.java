package dev.vitals.health.monitor.web;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.TimeRange;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What all answers about the past begin with. */
final class HistoryShape {
    private HistoryShape() {}

    static void target(JsonGenerator json, TargetId id) throws IOException {
        json.writeStringField("app", id.appOrHost());
        json.writeStringField("instance", id.name());
    }

    static void target(JsonGenerator json, TargetId id, TimeRange range) throws IOException {
        target(json, id);
        Shape.time(json, "from", range.from());
        Shape.time(json, "to", range.to());
    }

    /** Something that is written from within a callback. */
    @FunctionalInterface
    interface Part {
        void write() throws IOException;
    }

    /** Writes from within a callback; the reader has gone if that fails. */
    static void write(Part part) {
        try {
            part.write();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
