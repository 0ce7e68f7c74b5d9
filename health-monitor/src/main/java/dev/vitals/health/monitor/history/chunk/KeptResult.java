package dev.vitals.health.monitor.history.chunk;

import dev.vitals.health.Outcome;
import dev.vitals.health.Status;
import dev.vitals.health.monitor.model.ComponentState;
import dev.vitals.health.monitor.model.PollResult;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A poll result in the history.
 *
 * @param time when the poll began, in milliseconds since 1970
 * @param code the result before thresholds
 * @param latencyMicros the time until the answer or the failure, in microseconds
 * @param httpStatus the HTTP code of the answer; null if there was none
 * @param message what was wrong, for people; null if nothing was
 * @param notOk the components that did not pass
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

    /** Converts a poll result; drops components that pass, and measured values. */
    public static KeptResult of(PollResult result) {
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

    @Override
    public long firstMillis() {
        return time;
    }

    @Override
    public long lastMillis() {
        return time;
    }
}
