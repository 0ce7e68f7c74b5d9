package dev.vitals.health.monitor.web;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.monitor.model.FieldError;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The value of a refused field, shown as it was sent if it is simple, else as short text. */
record FieldValue(@Nullable JsonNode simple, @Nullable String text) {
    private static final int MAX_LENGTH = 200;

    static FieldValue of(FieldError error, @Nullable JsonNode sent) {
        return sent != null && (sent.isNumber() || sent.isBoolean())
                ? new FieldValue(sent, null)
                : new FieldValue(null, error.value());
    }

    void write(JsonGenerator json) throws IOException {
        if (simple != null) {
            json.writeRawValue(cut(simple.toString()));
        } else if (text != null) {
            json.writeString(cut(text));
        } else {
            json.writeNull();
        }
    }

    private static String cut(String value) {
        return value.length() <= MAX_LENGTH ? value : value.substring(0, MAX_LENGTH);
    }
}
