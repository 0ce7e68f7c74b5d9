package dev.vitals.health.monitor.page;

import dev.vitals.health.Outcome;
import dev.vitals.health.State;
import dev.vitals.health.internal.engine.StreakCounts;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Registration;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.TargetState;
import dev.vitals.health.monitor.model.WatchedTarget;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Makes targets as they are watched. */
final class Watched {
    static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private Watched() {}

    /** Returns a target in that state since five minutes before {@link #NOW}, with the reason as the message of its result. */
    static WatchedTarget target(String id, State state, String why, Map<String, String> labels) {
        Registration registration = Registration.builder("http://a");
        labels.forEach(registration::label);
        Instant since = NOW.minus(Duration.ofMinutes(5));
        Outcome.Code code = state == State.HEALTHY ? Outcome.Code.OK : Outcome.Code.ERROR;
        PollResult last = new PollResult(code, why, null, since, Duration.ZERO, List.of());
        return new WatchedTarget(
                Target.registered(TargetId.parse(id).orElseThrow(), registration.build(), since),
                new TargetState(StreakCounts.start(), state, since, last, since));
    }
}
