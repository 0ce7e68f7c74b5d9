package dev.vitals.health.monitor;

import dev.vitals.health.State;
import dev.vitals.health.internal.DurationText;
import dev.vitals.health.monitor.model.TargetState;
import dev.vitals.health.monitor.model.WatchedTarget;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds targets that were lost at nearly the same time: then the monitor's own network is the likely reason. Pure. */
final class LostTogether {
    private static final int MIN = 5;
    private static final Duration LOOK_BACK = Duration.ofMinutes(10);

    private LostTogether() {}

    /** Returns a message if half of all targets, and at least five, were lost within one interval of theirs. */
    static Optional<String> among(List<WatchedTarget> targets, Instant now) {
        List<WatchedTarget> lost = targets.stream()
                .filter(watched -> isLost(watched.state(), now))
                .sorted(Comparator.comparing(watched -> watched.state().since()))
                .toList();
        Duration interval = lost.stream()
                .map(watched -> watched.target().interval())
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        int most = 0;
        int first = 0;
        for (int last = 0; last < lost.size(); last++) {
            while (since(lost.get(last)).isAfter(since(lost.get(first)).plus(interval))) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most < MIN || 2 * most < targets.size()
                ? Optional.empty()
                : Optional.of(most + " of " + targets.size() + " targets were lost within "
                        + DurationText.inWords(interval) + "; look at the network of the monitor");
    }

    private static Instant since(WatchedTarget watched) {
        return watched.state().since();
    }

    // A result without an HTTP status is one without an answer.
    private static boolean isLost(TargetState state, Instant now) {
        return (state.state() == State.DEGRADED || state.state() == State.UNHEALTHY)
                && state.lastResult() != null
                && state.lastResult().httpStatus() == null
                && state.since().isAfter(now.minus(LOOK_BACK));
    }
}
