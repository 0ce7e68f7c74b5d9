package dev.vitals.health.monitor.web;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.internal.Json;
import dev.vitals.health.monitor.model.InvalidFieldsException;
import dev.vitals.health.monitor.model.Settings;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the document of a registration; refuses it with a problem that names everything that is wrong. */
final class RegistrationReader {
    private RegistrationReader() {}

    static Settings read(byte[] body) {
        JsonNode root = parse(body);
        if (!root.isObject()) {
            throw Problem.of(400, "the body must be a JSON object").exception();
        }
        try {
            return new RegistrationFields(root).settings();
        } catch (InvalidFieldsException e) {
            List<Problem.RefusedField> refused = e.errors().stream()
                    .map(error -> new Problem.RefusedField(error, FieldValue.of(error, sent(root, error.field()))))
                    .toList();
            throw Problem.badFields(refused).exception();
        }
    }

    private static @Nullable JsonNode sent(JsonNode root, String field) {
        JsonNode direct = root.get(field);
        return direct != null || !field.startsWith("labels.")
                ? direct
                : root.path("labels").get(field.substring("labels.".length()));
    }

    /** Returns the document; throws a problem that says where it is not JSON. */
    static JsonNode parse(byte[] body) {
        try {
            return Json.read(body);
        } catch (JsonProcessingException e) {
            throw Problem.of(400, "the body is not JSON: " + e.getOriginalMessage() + place(e.getLocation()))
                    .exception();
        } catch (IOException e) {
            // Bytes that are no UTF-8.
            throw Problem.of(400, "the body is not JSON: " + e.getMessage()).exception();
        }
    }

    private static String place(@Nullable JsonLocation location) {
        return location == null ? "" : ", line " + location.getLineNr() + ", column " + location.getColumnNr();
    }
}
