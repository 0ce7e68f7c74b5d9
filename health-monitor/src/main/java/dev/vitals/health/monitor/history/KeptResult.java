package dev.vitals.health.monitor.history;

import dev.vitals.health.Outcome;
import dev.vitals.health.Status;
import dev.vitals.health.monitor.model.ComponentState;
import dev.vitals.health.monitor.model.PollResult;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One result of the past.
 *
 * @param time when the poll began, in milliseconds since 1970
 * @param code how the target was, before thresholds
 * @param latencyMicros how long the answer or the failure took
 * @param httpStatus the HTTP code of the answer; null if none came
 * @param message what was wrong, for people; null if nothing was
 * @param notOk the components that were not well; without the others
 */
public record KeptResult(
        long time,
        Outcome.Code code,
        long latencyMicros,
        @Nullable Integer httpStatus,
        @Nullable String message,
        List<ComponentState> notOk)
        implements Entry {
    /** Copies the list. */
    public KeptResult {
        notOk = List.copyOf(notOk);
    }

    static KeptResult of(PollResult result) {
        return new KeptResult(
                result.time().toEpochMilli(),
                result.code(),
                Math.max(0, TimeUnit.NANOSECONDS.toMicros(result.latency().toNanos())),
                result.httpStatus(),
                result.message(),
                notOk(result.components()));
    }

    private static List<ComponentState> notOk(List<ComponentState> components) {
        for (ComponentState component : components) {
            if (component.status() != Status.PASS) {
                return components.stream()
                        .filter(any -> any.status() != Status.PASS)
                        .map(any -> new ComponentState(any.name(), any.status(), any.output()))
                        .toList();
            }
        }
        return List.of();
    }
}
