package dev.vitals.health.monitor.poll;

import dev.vitals.health.Outcome;
import dev.vitals.health.Status;
import dev.vitals.health.internal.BoundedBody;
import dev.vitals.health.monitor.model.ComponentState;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an answer means. Pure.
 *
 * <p>A body that says how the application is, in one of the usual shapes, is read before the HTTP code; where the two
 * contradict each other the worse counts. Of any other body only the HTTP code counts: 2xx is OK, everything else ERROR.
 *
 * @param code how the target is
 * @param message what is wrong; null if nothing is
 * @param components how its components are
 * @param releaseId the release that runs there; null if that was not said
 */
record Judgement(
        Outcome.Code code,
        @Nullable String message,
        List<ComponentState> components,
        @Nullable String releaseId) {
    static final int MAX_BODY_BYTES = 256 * 1_024;

    private static final String HEALTH_JSON = "application/health+json";
    private static final String JSON = "application/json";
    private static final int MAX_NAMED = 3;
    private static final int MAX_RELEASE = 200;

    Judgement(Outcome.Code code, @Nullable String message, List<ComponentState> components) {
        this(code, message, components, null);
    }

    static Judgement of(int httpStatus, String contentType, BoundedBody body) {
        String type = mediaType(contentType);
        boolean mustBeDocument = type.equals(HEALTH_JSON);
        boolean json = mustBeDocument || type.equals(JSON) || type.endsWith("+json");
        ReportedHealth said = json && !body.cut() ? HealthBodyParser.read(body.bytes()) : null;
        if (said != null) {
            return ofBody(httpStatus, said);
        }
        if (mustBeDocument && httpStatus / 100 == 2) {
            String why = body.cut() ? "longer than " + MAX_BODY_BYTES / 1024 + " KiB" : "no health document";
            return new Judgement(
                    Outcome.Code.ERROR, "answered " + httpStatus + " with a body that is " + why, List.of());
        }
        return ofCode(httpStatus);
    }

    private static Judgement ofCode(int httpStatus) {
        return httpStatus / 100 == 2
                ? new Judgement(Outcome.Code.OK, null, List.of())
                : new Judgement(Outcome.Code.ERROR, "answered " + httpStatus, List.of());
    }

    private static Judgement ofBody(int httpStatus, ReportedHealth said) {
        Status status = said.with(httpStatus);
        String message = status == Status.PASS ? null : message(httpStatus, said);
        String release = said.releaseId() == null ? null : Text.cut(said.releaseId(), MAX_RELEASE);
        return new Judgement(code(status), message, said.components(), release);
    }

    private static Outcome.Code code(Status status) {
        return switch (status) {
            case PASS -> Outcome.Code.OK;
            case WARN -> Outcome.Code.WARNING;
            case FAIL -> Outcome.Code.ERROR;
        };
    }

    private static String message(int httpStatus, ReportedHealth said) {
        String troubled = said.components().stream()
                .filter(component -> component.status() != Status.PASS)
                .limit(MAX_NAMED)
                .map(component -> component.output() == null
                        ? component.name() + " is " + component.status().word()
                        : component.name() + ": " + component.output())
                .collect(Collectors.joining("; "));
        String words = said.output() != null && !said.output().isBlank() ? said.output() : troubled;
        String plain =
                "answered " + httpStatus + " with status " + said.status().word();
        return words.isBlank() ? plain : Text.line(words);
    }

    private static String mediaType(String contentType) {
        int end = contentType.indexOf(';');
        return (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }
}
