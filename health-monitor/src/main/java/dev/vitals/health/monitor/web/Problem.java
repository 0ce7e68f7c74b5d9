package dev.vitals.health.monitor.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vitals.health.monitor.model.FieldError;
import dev.vitals.health.monitor.store.Database;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * An answer that says what is wrong with a request. Source: RFC 9457.
 *
 * @param status the HTTP code
 * @param detail what is wrong, for people
 * @param headers further headers
 * @param errors the refused fields, if it is about fields
 */
public record Problem(int status, String detail, Map<String, String> headers, List<FieldError> errors) {
    /** The media type of the body. */
    static final String TYPE = "application/problem+json";

    private static final String CHALLENGE = "Bearer realm=\"vitals\"";

    /** Returns a problem without further headers. */
    public static Problem of(int status, String detail) {
        return new Problem(status, detail, Map.of(), List.of());
    }

    static Problem badFields(List<FieldError> errors) {
        String detail = errors.size() == 1 ? "1 field was refused" : errors.size() + " fields were refused";
        return new Problem(400, detail, Map.of(), errors);
    }

    /** Returns what to throw for one bad field; the bound follows "must be". */
    static ProblemException badField(String field, @Nullable Object value, String bound) {
        return badFields(List.of(new FieldError(field, value, bound))).exception();
    }

    static Problem noToken() {
        return unauthorized("a bearer token is needed");
    }

    static Problem badToken() {
        return new Problem(
                401,
                "the bearer token is not valid",
                Map.of("WWW-Authenticate", CHALLENGE + ", error=\"invalid_token\""),
                List.of());
    }

    static Problem unauthorized(String detail) {
        return new Problem(401, detail, Map.of("WWW-Authenticate", CHALLENGE), List.of());
    }

    static Problem forbidden(String detail) {
        return of(403, detail);
    }

    /** Says when to try again. */
    static Problem later(String detail, Duration wait) {
        // Rounded up: a request that comes a second too early is refused again.
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        return new Problem(429, detail, Map.of("Retry-After", Long.toString(seconds)), List.of());
    }

    static Problem busy() {
        return new Problem(503, "too many requests of this kind at once", Map.of("Retry-After", "1"), List.of());
    }

    static Problem notAllowed(String allowed) {
        return new Problem(405, "only " + allowed + " are answered here", Map.of("Allow", allowed), List.of());
    }

    /** Says why the store failed, if that is why. */
    static Problem storeFails(Throwable failure) {
        String why = failure instanceof TimeoutException ? ": it takes too long" : "";
        if (Database.isFailureOf(failure)) {
            why = ": " + Database.reason(failure);
        }
        return new Problem(
                503,
                "the store does not answer" + why + "; send the request again",
                Map.of("Retry-After", "5"),
                List.of());
    }

    /** Returns what to throw. */
    public ProblemException exception() {
        return new ProblemException(this);
    }

    void write(Context context) {
        write(context, null);
    }

    /** Writes it with the state that the refusal means. */
    void write(Context context, @Nullable String state) {
        PageAnswers.note(context, this);
        headers.forEach(context::header);
        context.status(status).contentType(TYPE).result(bytes(context.path(), state));
    }

    /** Returns the body. */
    byte[] bytes(String path, @Nullable String state) {
        return JsonResponse.bytes(new Body(
                state,
                "about:blank",
                HttpStatus.forStatus(status).getMessage(),
                status,
                detail,
                path,
                errors.isEmpty() ? null : errors.stream().map(Refused::of).toList()));
    }

    private record Body(
            @Nullable String state,
            String type,
            String title,
            int status,
            String detail,
            String instance,
            @Nullable List<Refused> errors) {}

    private record Refused(
            String field,

            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable
            Object value,

            String bound) {
        static Refused of(FieldError error) {
            return new Refused(error.field(), error.value(), error.bound());
        }
    }
}
