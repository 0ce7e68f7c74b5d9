package dev.vitals.health.indicator;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.Outcome;
import dev.vitals.health.internal.BoundedBody;
import dev.vitals.health.internal.Json;
import dev.vitals.health.internal.Require;
import java.io.IOException;
import java.util.Objects;

/** A value that must be at a place of a JSON body. */
record ExpectedJson(JsonPointer pointer, String value) {
    private static final int MAX_LENGTH = 1_000;

    static ExpectedJson of(String pointer, String value) {
        Require.text("jsonPointer", pointer, MAX_LENGTH);
        Objects.requireNonNull(value, "expectedValue");
        if (value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "expectedValue must have at most " + MAX_LENGTH + " characters, was " + Require.shown(value));
        }
        if (pointer.charAt(0) != '/') {
            throw new IllegalArgumentException("jsonPointer must start with '/', was " + Require.shown(pointer));
        }
        return new ExpectedJson(JsonPointer.compile(pointer), value);
    }

    Outcome judge(String answered, BoundedBody body) {
        if (body.cut()) {
            return Outcome.error(
                    answered + " with a body of more than " + HttpExpectation.MAX_BODY_BYTES + " bytes, expected JSON");
        }
        try {
            JsonNode found = Json.read(body.bytes()).at(pointer);
            if (found.isMissingNode()) {
                return Outcome.error(answered + " without " + pointer + " in its body, expected " + shown(value));
            }
            String text = found.isValueNode() ? found.asText() : found.toString();
            return text.equals(value)
                    ? Outcome.ok()
                    : Outcome.error(
                            answered + " with " + shown(text) + " at " + pointer + ", expected " + shown(value));
        } catch (IOException notJson) {
            return Outcome.error(answered + " with a body that is not JSON");
        }
    }

    private static String shown(String text) {
        return Require.shown(text);
    }
}
