package dev.vitals.health.monitor.web;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.monitor.model.InvalidFieldsException;
import dev.vitals.health.monitor.model.Refusals;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The JSON object that a request carries; refused with a problem that names everything that is wrong. */
final class Document {
    // Ten thousand names of targets, each as long as may be.
    private static final int MAX_BODY = 3 * 1024 * 1024;

    private final JsonNode root;

    private Document(JsonNode root) {
        this.root = root;
    }

    static Document of(Context context) throws IOException {
        byte[] body = context.req().getInputStream().readNBytes(MAX_BODY + 1);
        if (body.length > MAX_BODY) {
            throw Problem.of(413, "the body is longer than " + MAX_BODY / 1024 + " KiB")
                    .exception();
        }
        JsonNode root = RegistrationReader.parse(body);
        if (!root.isObject()) {
            throw Problem.of(400, "the body must be a JSON object").exception();
        }
        return new Document(root);
    }

    <T> T read(Function<Fields, T> reader) {
        try {
            return reader.apply(Fields.of(root, new Refusals()));
        } catch (InvalidFieldsException e) {
            throw refused(e).exception();
        }
    }

    Problem refused(InvalidFieldsException e) {
        List<Problem.RefusedField> refused = e.errors().stream()
                .map(error -> new Problem.RefusedField(error, FieldValue.of(error, sent(error.field()))))
                .toList();
        return Problem.badFields(refused);
    }

    private @Nullable JsonNode sent(String field) {
        int dot = field.indexOf('.');
        return dot < 0 ? root.get(field) : root.path(field.substring(0, dot)).get(field.substring(dot + 1));
    }
}
