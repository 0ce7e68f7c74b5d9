package dev.vitals.health.monitor.model;

import dev.vitals.health.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The result of one poll of a target.
 *
 * @param code the outcome, before thresholds
 * @param message the reason for people; null if there is nothing to report
 * @param httpStatus the HTTP status of the response; null if there was none
 * @param time when the poll began
 * @param latency the time until the end of the response, or until the failure
 * @param components the components that the response reports
 * @param releaseId the release that the response reports; null if it does not, or if this result was read from the store
 */
public record PollResult(
        Outcome.Code code,
        @Nullable String message,
        @Nullable Integer httpStatus,
        Instant time,
        Duration latency,
        List<ComponentState> components,
        @Nullable String releaseId) {
    /** Copies the list. */
    public PollResult {
        components = List.copyOf(components);
    }

    /** Creates a result without a release. */
    public PollResult(
            Outcome.Code code,
            @Nullable String message,
            @Nullable Integer httpStatus,
            Instant time,
            Duration latency,
            List<ComponentState> components) {
        this(code, message, httpStatus, time, latency, components, null);
    }

    /** Returns whether both results are equal apart from times, releases and measured numbers. */
    public boolean isSameAs(PollResult other) {
        return code == other.code
                && Objects.equals(message, other.message)
                && Objects.equals(httpStatus, other.httpStatus)
                && sameComponents(other.components);
    }

    private boolean sameComponents(List<ComponentState> others) {
        if (components.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < components.size(); i++) {
            if (!components.get(i).isSameAs(others.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Returns the message; without one, the HTTP status or the code. */
    public String summary() {
        if (message != null) {
            return message;
        }
        return httpStatus == null ? code.name() : "answered " + httpStatus;
    }
}
