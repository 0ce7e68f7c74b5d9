package dev.vitals.health.http.internal;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.internal.Require;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A value that must be at one place of a JSON body. Immutable; pure.
 *
 * @param pointer the place, as in RFC 6901, such as {@code /components/db/status}
 * @param value the value: numbers, booleans and null as text, an object or array as JSON without white space; numbers
 *     are equal if their values are, so 1.0 is 1
 */
public record JsonExpectation(String pointer, String value) {
    /**
     * Checks the pointer.
     *
     * @throws IllegalArgumentException if the pointer does not start with a slash
     */
    public JsonExpectation {
        JsonPointer.compile(pointer);
    }

    /** Returns what is there instead, such as {@code 'DOWN' at /status, expected 'UP'}; null if the value is as expected. */
    @Nullable
    String mismatch(JsonNode root) {
        JsonNode found = root.at(JsonPointer.compile(pointer));
        if (matches(found)) {
            return null;
        }
        String what = found.isMissingNode() ? "nothing" : Require.shown(text(found));
        return what + " at " + pointer + ", expected " + Require.shown(value);
    }

    private boolean matches(JsonNode found) {
        if (found.isMissingNode()) {
            return false;
        }
        if (text(found).equals(value)) {
            return true;
        }
        try {
            return found.isNumber() && found.decimalValue().compareTo(new BigDecimal(value)) == 0;
        } catch (NumberFormatException expectedNotANumber) {
            return false;
        }
    }

    private static String text(JsonNode node) {
        return node.isValueNode() ? node.asText() : node.toString();
    }
}
