package dev.vitals.health.monitor.model;

import dev.vitals.health.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one poll of a target found.
 *
 * @param code how the target is, before thresholds
 * @param message what is wrong, for people; null if nothing is
 * @param httpStatus the HTTP code of the answer; null if none came
 * @param time when the poll began
 * @param latency from the start to the end of the answer, or to the failure
 * @param components what the answer said about the target's components
 * @param releaseId the release that the answer said it comes from; null if it did not, or if this was read from the store
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

    /** Creates a result that tells of no release. */
    public PollResult(
            Outcome.Code code,
            @Nullable String message,
            @Nullable Integer httpStatus,
            Instant time,
            Duration latency,
            List<ComponentState> components) {
        this(code, message, httpStatus, time, latency, components, null);
    }

    /** Returns whether both tell of the same situation; times and measured values do not matter. */
    public boolean saysTheSameAs(PollResult other) {
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
            if (!components.get(i).saysTheSameAs(others.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Returns the message, else what came. */
    public String said() {
        if (message != null) {
            return message;
        }
        return httpStatus == null ? code.name() : "answered " + httpStatus;
    }
}
