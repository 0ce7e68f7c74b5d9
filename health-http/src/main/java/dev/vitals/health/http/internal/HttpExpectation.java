package dev.vitals.health.http.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.Outcome;
import dev.vitals.health.Status;
import dev.vitals.health.http.HealthDocument;
import dev.vitals.health.internal.BoundedBody;
import dev.vitals.health.internal.Json;
import dev.vitals.health.internal.Require;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The requirements for an HTTP answer. Immutable; pure.
 *
 * @param status the codes that are expected
 * @param contains text that must be in the body, with upper and lower case as given; null for any body
 * @param json the values that must be in a JSON body
 * @param healthDocument whether the body must be a {@link HealthDocument}, in any of its formats; if not, only
 *     {@code application/health+json} is read as one
 */
public record HttpExpectation(
        StatusCodes status, @Nullable String contains, List<JsonExpectation> json, boolean healthDocument) {
    private static final Pattern CHARSET = Pattern.compile("charset=\"?([A-Za-z0-9._:-]+)", Pattern.CASE_INSENSITIVE);

    /** Returns an expectation of a code alone. */
    public static HttpExpectation of(StatusCodes status) {
        return new HttpExpectation(status, null, List.of(), false);
    }

    /** Returns a copy that expects these codes. */
    public HttpExpectation withStatus(StatusCodes expected) {
        return new HttpExpectation(expected, contains, json, healthDocument);
    }

    /** Returns a copy that expects this text in the body. */
    public HttpExpectation withText(String expected) {
        return new HttpExpectation(status, expected, json, healthDocument);
    }

    /** Returns a copy that also expects this value; it replaces an earlier one for the same pointer. */
    public HttpExpectation withJson(JsonExpectation expected) {
        List<JsonExpectation> all = new ArrayList<>(json);
        all.removeIf(earlier -> earlier.pointer().equals(expected.pointer()));
        all.add(expected);
        return new HttpExpectation(status, contains, List.copyOf(all), healthDocument);
    }

    /** Returns a copy that expects a health document. */
    public HttpExpectation withHealthDocument() {
        return new HttpExpectation(status, contains, json, true);
    }

    /**
     * The result of comparing an answer with its expectation.
     *
     * @param mismatch the first difference, such as {@code answered 404, expected 200}; null if there is none
     * @param document the health document in the body; null if the body is not read as one, or cannot be read
     */
    public record Comparison(
            @Nullable String mismatch, @Nullable HealthDocument document) {
        /** Returns the worse of both: a mismatch is ERROR, and the document counts by its status. */
        public Outcome.Code code() {
            if (mismatch != null) {
                return Outcome.Code.ERROR;
            }
            return switch (document == null ? Status.PASS : document.status()) {
                case PASS -> Outcome.Code.OK;
                case WARN -> Outcome.Code.WARNING;
                case FAIL -> Outcome.Code.ERROR;
            };
        }
    }

    /**
     * Compares an answer with this expectation.
     *
     * @param contentType the value of the header {@code Content-Type}; empty if there is none
     */
    public Comparison compare(int code, String contentType, BoundedBody body) {
        String mismatch = mismatch(code, contentType, body);
        if (!healthDocument && !HealthDocument.isHealthJson(contentType)) {
            return new Comparison(mismatch, null);
        }
        Optional<HealthDocument> document = body.cut() ? Optional.empty() : document(contentType, body.bytes());
        if (document.isPresent()) {
            return new Comparison(mismatch, document.get());
        }
        String unreadable = body.cut()
                ? "answered " + code + " with a health document of more than " + body.bytes().length + " bytes"
                : "answered " + code + " with a body that is not a health document";
        return new Comparison(mismatch != null ? mismatch : unreadable, null);
    }

    private static Optional<HealthDocument> document(String contentType, byte[] body) {
        return contentType.isBlank() ? HealthDocument.parse(body) : HealthDocument.parse(contentType, body);
    }

    private @Nullable String mismatch(int code, String contentType, BoundedBody body) {
        String answered = "answered " + code;
        if (!status.contains(code)) {
            return answered + ", expected " + status;
        }
        if (contains != null && !text(contentType, body).contains(contains)) {
            String where = body.cut() ? " in the first " + body.bytes().length + " bytes of its body" : " in its body";
            return answered + " without " + Require.shown(contains) + where;
        }
        return json.isEmpty() ? null : jsonMismatch(answered, body);
    }

    private @Nullable String jsonMismatch(String answered, BoundedBody body) {
        if (body.cut()) {
            return answered + " with a body of more than " + body.bytes().length + " bytes, expected JSON";
        }
        try {
            JsonNode root = Json.read(body.bytes());
            for (JsonExpectation expected : json) {
                String mismatch = expected.mismatch(root);
                if (mismatch != null) {
                    return answered + " with " + mismatch;
                }
            }
            return null;
        } catch (IOException notJson) {
            return answered + " with a body that is not JSON";
        }
    }

    private static String text(String contentType, BoundedBody body) {
        Matcher named = CHARSET.matcher(contentType);
        try {
            Charset charset = named.find() ? Charset.forName(named.group(1)) : StandardCharsets.UTF_8;
            return new String(body.bytes(), charset);
        } catch (IllegalArgumentException unknownCharset) {
            return new String(body.bytes(), StandardCharsets.UTF_8);
        }
    }
}
