package dev.vitals.health.monitor.web;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.vitals.health.monitor.maintenance.Suppressed;
import dev.vitals.health.monitor.model.WatchedTarget;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How it is written in JSON that alerts about a target are suppressed; nothing is written if they are not. */
record SuppressedShape(@Nullable Suppressed by) {
    static SuppressedShape of(List<Suppressed.Active> active, WatchedTarget watched) {
        return new SuppressedShape(Suppressed.of(active, watched.target()).orElse(null));
    }

    void write(JsonGenerator json) throws IOException {
        if (by != null && by.maintenance() != null) {
            json.writeObjectFieldStart("maintenance");
            json.writeStringField("id", by.maintenance().what().id());
            json.writeStringField("name", by.maintenance().what().name());
            Shape.time(json, "until", by.maintenance().until());
            json.writeEndObject();
        }
        if (by != null && by.silence() != null) {
            Shape.time(json, "silencedUntil", by.silence().until());
        }
    }
}
