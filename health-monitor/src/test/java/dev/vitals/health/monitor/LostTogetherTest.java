package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LostTogetherTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final List<WatchedTarget> targets = new ArrayList<>();

    private void add(int number, State state, int secondsAgo, @Nullable Integer status) {
        for (int i = 0; i < number; i++) {
            TargetId id = new TargetId("orders", "m" + targets.size());
            Instant since = NOW.minusSeconds(secondsAgo);
            Outcome.Code code = state == State.HEALTHY ? Outcome.Code.OK : Outcome.Code.ERROR;
            PollResult result = new PollResult(code, null, status, since, Duration.ZERO, List.of());
            targets.add(new WatchedTarget(
                    Target.registered(id, Registration.builder("http://a").build(), NOW),
                    new TargetState(StreakCounts.of(state, 0, 0, 0), state, since, result, null)));
        }
    }

    @Test
    void tellsThatManyTargetsWereLostWithinOneInterval() {
        add(10, State.HEALTHY, 600, 200);
        add(5, State.DEGRADED, 20, null);
        add(15, State.UNHEALTHY, 2, null);
        assertThat(LostTogether.among(targets, NOW))
                .hasValue("20 of 30 targets were lost within 30 s; look at the network of the monitor");
    }

    @Test
    void aFewTargetsOrManyOneAfterTheOtherAreLostForTheirOwnReasons() {
        add(4, State.UNHEALTHY, 2, null);
        assertThat(LostTogether.among(targets, NOW)).isEmpty();
        for (int i = 0; i < 10; i++) {
            add(2, State.UNHEALTHY, 40 * i, null);
        }
        assertThat(LostTogether.among(targets, NOW)).isEmpty();
    }

    @Test
    void targetsThatAnswerAreNotLost() {
        add(20, State.UNHEALTHY, 2, 503);
        assertThat(LostTogether.among(targets, NOW)).isEmpty();
    }

    @Test
    void anOldLossIsNoNews() {
        add(20, State.UNHEALTHY, 3_600, null);
        assertThat(LostTogether.among(targets, NOW)).isEmpty();
    }
}
