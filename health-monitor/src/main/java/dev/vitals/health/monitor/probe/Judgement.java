package dev.vitals.health.monitor.probe;

import dev.vitals.health.Outcome;
import dev.vitals.health.Status;
import dev.vitals.health.http.HealthDocument;
import dev.vitals.health.http.internal.HttpExpectation;
import dev.vitals.health.internal.BoundedBody;
import dev.vitals.health.internal.Redactor;
import dev.vitals.health.monitor.model.ComponentState;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The outcome that follows from an answer of a target. Pure.
 *
 * @param code the state of the target, before thresholds
 * @param message what is wrong; null if nothing is
 * @param components the states of its components
 * @param releaseId the release that runs there; null if the answer does not name one
 * @param byBody whether the body was looked at and counts; if not, only the code of the answer did
 */
record Judgement(
        Outcome.Code code,
        @Nullable String message,
        List<ComponentState> components,
        @Nullable String releaseId,
        boolean byBody) {
    static final int MAX_BODY_BYTES = 256 * 1_024;
    static final Judgement OK = new Judgement(Outcome.Code.OK, null, List.of(), null, false);

    private static final int MAX_NAMED = 3;
    private static final int MAX_WORD = 100;
    private static final int MAX_RELEASE = 200;
    private static final int MAX_MESSAGE = 500;

    /** Cleans the message, since any part of it may come from the target. */
    Judgement {
        message = message == null ? null : line(message);
    }

    static Judgement error(String message) {
        return of(Outcome.Code.ERROR, message);
    }

    static Judgement of(Outcome.Code code, String message) {
        return new Judgement(code, message, List.of(), null, false);
    }

    /** Returns a copy that says that the body counted. */
    Judgement readFromBody() {
        return new Judgement(code, message, components, releaseId, true);
    }

    /** Returns a copy with another message. */
    Judgement saying(String other) {
        return new Judgement(code, other, components, releaseId, byBody);
    }

    /** Makes one line without secrets of a text from outside. */
    static String line(String text) {
        return line(text, MAX_MESSAGE);
    }

    static String line(String text, int maxLength) {
        return Redactor.clean(text.strip(), maxLength);
    }

    /**
     * Judges the answer of a health endpoint. A health document in a usual format counts before the HTTP code; if both
     * differ, the worse counts. A JSON object with a status that is no known word is WARNING. For any other body only the
     * HTTP code counts: 2xx is OK, everything else ERROR.
     */
    static Judgement ofHealth(int httpStatus, String contentType, BoundedBody body) {
        HealthDocument document = HttpExpectation.document(contentType, body).orElse(null);
        boolean success = httpStatus / 100 == 2;
        if (document != null) {
            return of(document, contradicts(document, httpStatus) ? Status.FAIL : document.status(), httpStatus);
        }
        if (success && HealthDocument.isHealthJson(contentType)) {
            String what = body.cut()
                    ? "longer than " + MAX_BODY_BYTES / 1024 + " KiB, without a status at its begin"
                    : "not a health document";
            return error("answered " + httpStatus + " with a body that is " + what);
        }
        String unknown =
                body.cut() ? null : HealthDocument.unknownStatus(body.bytes()).orElse(null);
        if (unknown != null) {
            String what = "status " + line(unknown, MAX_WORD) + " is not understood";
            return (success ? of(Outcome.Code.WARNING, what) : error("answered " + httpStatus + "; " + what))
                    .readFromBody();
        }
        return success ? OK : error("answered " + httpStatus);
    }

    // An outcome in the monitor's own format has the code of a failure for a warning too.
    private static boolean contradicts(HealthDocument document, int httpStatus) {
        boolean warning = document.isOutcome() && document.status() == Status.WARN && httpStatus / 100 == 5;
        return httpStatus / 100 != 2 && !warning;
    }

    /** Judges an answer by an expectation. A health document also counts by its status. */
    static Judgement ofExpected(HttpExpectation expectation, int httpStatus, String contentType, BoundedBody body) {
        HttpExpectation.Comparison compared = expectation.compare(httpStatus, contentType, body);
        HealthDocument document = compared.document();
        if (document == null) {
            Judgement judgement = compared.mismatch() == null ? OK : error(compared.mismatch());
            boolean reads =
                    expectation.contains() != null || !expectation.json().isEmpty();
            return reads ? judgement.readFromBody() : judgement;
        }
        if (compared.mismatch() != null) {
            return new Judgement(Outcome.Code.ERROR, compared.mismatch(), ComponentStates.of(document), null, true);
        }
        String message = compared.code() == Outcome.Code.OK
                ? null
                : document.output().map(Judgement::line).orElse(answered(httpStatus, document));
        return new Judgement(compared.code(), message, ComponentStates.of(document), null, true);
    }

    private static Judgement of(HealthDocument document, Status status, int httpStatus) {
        List<ComponentState> components = ComponentStates.of(document);
        String message = status == Status.PASS ? null : message(document, components, httpStatus);
        String release =
                document.releaseId().map(text -> line(text, MAX_RELEASE)).orElse(null);
        return new Judgement(code(status), message, components, release, true);
    }

    /** Returns the code of a status. */
    static Outcome.Code code(Status status) {
        return switch (status) {
            case PASS -> Outcome.Code.OK;
            case WARN -> Outcome.Code.WARNING;
            case FAIL -> Outcome.Code.ERROR;
        };
    }

    private static String message(HealthDocument document, List<ComponentState> components, int httpStatus) {
        String output = document.output().orElse("");
        String text = output.isBlank() ? troubles(components) : output;
        return text.isBlank() ? answered(httpStatus, document) : line(text);
    }

    private static String troubles(List<ComponentState> components) {
        return components.stream()
                .filter(component -> component.status() != Status.PASS)
                .limit(MAX_NAMED)
                .map(component -> component.output() == null
                        ? component.name() + " is " + component.status().word()
                        : component.name() + ": " + component.output())
                .collect(Collectors.joining("; "));
    }

    private static String answered(int httpStatus, HealthDocument document) {
        return "answered " + httpStatus + " with status " + document.status().word();
    }
}
