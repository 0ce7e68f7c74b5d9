package dev.vitals.health.monitor.web;

import dev.vitals.health.internal.Json;
import dev.vitals.health.monitor.model.FieldError;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * An answer that says what was wrong with a request. Source: RFC 9457.
 *
 * @param status the HTTP code
 * @param detail what was wrong, for people
 * @param headers further headers
 * @param errors the fields that were refused, if it is about fields
 */
record Problem(int status, String detail, Map<String, String> headers, List<FieldError> errors) {
    private static final String CHALLENGE = "Bearer realm=\"vitals\"";

    static Problem of(int status, String detail) {
        return new Problem(status, detail, Map.of(), List.of());
    }

    static Problem badFields(List<FieldError> errors) {
        String detail = errors.size() == 1 ? "1 field was refused" : errors.size() + " fields were refused";
        return new Problem(400, detail, Map.of(), errors);
    }

    static Problem unauthorized(boolean tokenGiven) {
        return tokenGiven
                ? new Problem(
                        401,
                        "the bearer token is not valid",
                        Map.of("WWW-Authenticate", CHALLENGE + ", error=\"invalid_token\""),
                        List.of())
                : new Problem(401, "a bearer token is needed", Map.of("WWW-Authenticate", CHALLENGE), List.of());
    }

    static Problem unauthorized(String detail) {
        return new Problem(401, detail, Map.of("WWW-Authenticate", CHALLENGE), List.of());
    }

    static Problem forbidden(String detail) {
        return of(403, detail);
    }

    static Problem later(String detail, Duration wait) {
        // Rounded up: a second too early would be refused again.
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        return new Problem(429, detail, Map.of("Retry-After", Long.toString(seconds)), List.of());
    }

    static Problem busy() {
        return new Problem(503, "too many requests of this kind at once", Map.of("Retry-After", "1"), List.of());
    }

    static Problem notAllowed(String allowed) {
        return new Problem(405, "only " + allowed + " are answered here", Map.of("Allow", allowed), List.of());
    }

    static Problem storeFails() {
        return new Problem(503, "the store does not answer; send this again", Map.of("Retry-After", "5"), List.of());
    }

    ProblemException exception() {
        return new ProblemException(this);
    }

    void write(Context context) {
        headers.forEach(context::header);
        context.status(status).contentType("application/problem+json").result(body(context.path()));
    }

    private byte[] body(String path) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("type", "about:blank");
            json.writeStringField("title", HttpStatus.forStatus(status).getMessage());
            json.writeNumberField("status", status);
            json.writeStringField("detail", detail);
            json.writeStringField("instance", path);
            if (!errors.isEmpty()) {
                json.writeArrayFieldStart("errors");
                for (FieldError refused : errors) {
                    json.writeStartObject();
                    json.writeStringField("field", refused.field());
                    json.writePOJOField("value", refused.value());
                    json.writeStringField("bound", refused.bound());
                    json.writeEndObject();
                }
                json.writeEndArray();
            }
            json.writeEndObject();
        });
    }
}
