package dev.vitals.health.monitor.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.internal.Json;
import dev.vitals.health.monitor.model.FieldError;
import dev.vitals.health.monitor.model.Secret;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a small JSON object. What is wrong is collected; {@link #check} refuses all of it at once. An answer
 * never repeats what a secret field held, nor what is not known, for it may be a secret in the wrong place. One use
 * each.
 */
final class BodyFields {
    private static final int MAX_SECRET = 1_000;

    private final JsonNode root;
    private final Set<String> known = new HashSet<>();
    private final List<FieldError> errors = new ArrayList<>();

    private BodyFields(JsonNode root) {
        this.root = root;
    }

    static BodyFields read(Context context) throws IOException {
        JsonNode root = parse(Body.read(context));
        if (!root.isObject()) {
            throw Problem.of(400, "the body must be a JSON object").exception();
        }
        return new BodyFields(root);
    }

    private static JsonNode parse(byte[] body) {
        try {
            return Json.read(body);
        } catch (JsonProcessingException e) {
            // Without the parser's words, which quote what was sent.
            String place = e.getLocation() == null
                    ? ""
                    : ", line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            throw Problem.of(400, "the body is not JSON" + place).exception();
        } catch (IOException e) {
            throw Problem.of(400, "the body is not UTF-8").exception();
        }
    }

    /** Returns the text of a field; empty if it is absent. */
    String text(String field) {
        JsonNode node = node(field);
        if (node != null && !node.isTextual()) {
            errors.add(new FieldError(field, null, "a string"));
        }
        return node == null ? "" : node.asText();
    }

    /** Returns the secret of a field that must be there. */
    Secret secret(String field) {
        JsonNode node = node(field);
        if (node == null || !node.isTextual() || node.textValue().length() > MAX_SECRET) {
            errors.add(new FieldError(field, node == null ? null : Secret.MASK, "a string of up to 1000 characters"));
            return Secret.of("");
        }
        return Secret.of(node.textValue());
    }

    /** Returns the strings of a field; none if it is absent. */
    List<String> texts(String field) {
        List<String> texts = new ArrayList<>();
        JsonNode node = node(field);
        if (node != null) {
            node.forEach(element -> {
                if (element.isTextual()) {
                    texts.add(element.textValue());
                }
            });
            if (!node.isArray() || texts.size() < node.size()) {
                errors.add(new FieldError(field, null, "an array of strings"));
            }
        }
        return texts;
    }

    /** Returns the time of a field; null if it is absent. */
    @Nullable
    Instant time(String field) {
        String text = text(field);
        try {
            return text.isEmpty() ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            errors.add(new FieldError(field, text, "a time such as 2027-01-31T00:00:00Z"));
            return null;
        }
    }

    /** Throws a problem if anything was wrong, or fields were sent that nobody has asked for. */
    void check() {
        root.fieldNames().forEachRemaining(field -> {
            if (!known.contains(field)) {
                errors.add(new FieldError(
                        field,
                        null,
                        "absent; the fields are "
                                + String.join(", ", known.stream().sorted().toList())));
            }
        });
        if (!errors.isEmpty()) {
            throw Paths.refused(errors);
        }
    }

    private @Nullable JsonNode node(String field) {
        known.add(field);
        JsonNode node = root.get(field);
        return node == null || node.isNull() ? null : node;
    }
}
