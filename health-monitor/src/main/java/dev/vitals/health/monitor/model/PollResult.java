package dev.vitals.health.monitor.model;

import dev.vitals.health.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
 */
public record PollResult(
        Outcome.Code code,
        @Nullable String message,
        @Nullable Integer httpStatus,
        Instant time,
        Duration latency,
        List<ComponentState> components) {
    /** Copies the list. */
    public PollResult {
        components = List.copyOf(components);
    }
}
