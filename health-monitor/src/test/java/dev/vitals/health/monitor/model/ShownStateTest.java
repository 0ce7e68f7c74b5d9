package dev.vitals.health.monitor.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.Outcome;
import dev.vitals.health.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What is shown after any sequence of polls, renewals and gaps. */
class ShownStateTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final TargetId ID = new TargetId("orders", "m1");

    /** What may happen to a target between two looks at it. */
    enum Event {
        OK,
        WARNING,
        ANSWERED_ERROR,
        NO_ANSWER,
        RENEWAL,
        GAP
    }

    private static int severity(State state) {
        return switch (state) {
            case HEALTHY -> 0;
            case DEGRADED -> 1;
            case UNKNOWN, UNHEALTHY -> 2;
        };
    }

    @Property
    void noOkMakesTheShownStateWorseAndNoErrorMakesItBetter(
            @ForAll @Size(max = 60) List<Event> events,
            @ForAll @IntRange(min = 2, max = 4) int unhealthy,
            @ForAll @IntRange(min = 2, max = 4) int healthy) {
        ProbeSettings settings = Registration.builder("http://a")
                .unhealthy(unhealthy)
                .healthy(healthy)
                .build();
        Target target = Target.registered(ID, settings, START);
        TargetState state = TargetState.start(START);
        Moment now = new Moment(START, 0);
        for (Event event : events) {
            now = now.minus(event == Event.GAP ? Duration.ofMinutes(-10) : Duration.ofSeconds(-20));
            TargetState before = state.shown(now, target, () -> null);
            if (event == Event.RENEWAL) {
                target = target.renewed(settings, now.wall());
            } else if (event != Event.GAP) {
                TargetState counted = state.isStale(now, target) ? state.stale(target) : state;
                state = counted.after(result(event, now), target, now);
            }
            State after = state.shown(now, target, () -> null).state();
            switch (event) {
                case OK -> assertThat(severity(after)).isLessThanOrEqualTo(severity(before.state()));
                case ANSWERED_ERROR, NO_ANSWER ->
                    assertThat(severity(after)).isGreaterThanOrEqualTo(severity(before.state()));
                case RENEWAL, GAP -> assertThat(after).isEqualTo(before.state());
                case WARNING -> assertThat(after).isNotEqualTo(State.HEALTHY);
            }
        }
    }

    private static PollResult result(Event event, Moment now) {
        Outcome.Code code = switch (event) {
            case OK -> Outcome.Code.OK;
            case WARNING -> Outcome.Code.WARNING;
            default -> Outcome.Code.ERROR;
        };
        Integer status = event == Event.NO_ANSWER ? null : (Integer) 200;
        return new PollResult(code, null, status, now.wall(), Duration.ZERO, List.of());
    }
}
