package dev.vitals.health.monitor.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.Outcome;
import dev.vitals.health.State;
import dev.vitals.health.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TargetStateTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final TargetId ID = new TargetId("orders", "m1");

    // Interval 30 s, UNHEALTHY after 2, HEALTHY again after 3, lease 90 s.
    private final ProbeSettings settings =
            Registration.builder("http://a").unhealthy(2).healthy(3).build();
    private final Target target = Target.registered(ID, settings, START);

    private static PollResult result(Outcome.Code code, @Nullable String message, int second) {
        Integer status = message == null ? (Integer) 200 : null;
        return new PollResult(code, message, status, START.plusSeconds(second), Duration.ofMillis(7), List.of());
    }

    private TargetState after(PollResult... results) {
        TargetState state = TargetState.start(START);
        for (PollResult result : results) {
            state = state.after(result, target, end(result));
        }
        return state;
    }

    private static Moment end(PollResult result) {
        return moment(result.time().plus(result.latency()));
    }

    private static Moment moment(Instant time) {
        return new Moment(time, TimeUnit.MILLISECONDS.toNanos(time.toEpochMilli()));
    }

    private TargetState shown(TargetState state, int second) {
        return state.shown(moment(START.plusSeconds(second)), target, () -> null);
    }

    private static PollResult ok(int second) {
        return result(Outcome.Code.OK, null, second);
    }

    private static PollResult noResponse(int second) {
        return result(Outcome.Code.ERROR, "connection refused", second);
    }

    @Test
    void isDegradedWhilePollsGetNoResponseAndRenewalsArrive() {
        TargetState state = after(ok(0), noResponse(30), noResponse(40));
        assertThat(state.counts().state()).isEqualTo(State.UNHEALTHY);
        assertThat(state.state()).isEqualTo(State.DEGRADED);
        assertThat(state.why()).isEqualTo("reachable only from inside: connection refused");
        assertThat(state.since()).isEqualTo(START.plusSeconds(30));
    }

    @Test
    void isUnhealthyOnceTheRenewalsStopToo() {
        TargetState state = after(ok(0), noResponse(30), noResponse(40), noResponse(45));
        assertThat(state.state()).isEqualTo(State.UNHEALTHY);
        assertThat(state.since()).isEqualTo(START.plusSeconds(45));
        assertThat(state.why()).isEqualTo("connection refused");
    }

    @Test
    void aRenewalDoesNotCountAgainstAResponseThatSaysFail() {
        PollResult fail = new PollResult(
                Outcome.Code.ERROR, "database down", 503, START.plusSeconds(1), Duration.ofMillis(7), List.of());
        assertThat(after(fail, fail).state()).isEqualTo(State.UNHEALTHY);
    }

    @Test
    void withoutALeaseOnlyThePollsCount() {
        Target fixed = Target.configured(ID, Source.FILE, settings, START);
        TargetState state = TargetState.start(START)
                .after(noResponse(1), fixed, moment(START))
                .after(noResponse(2), fixed, moment(START));
        assertThat(state.state()).isEqualTo(State.UNHEALTHY);
    }

    @Test
    void isUnknownWhenTheEndOfTheLatestPollIsTwoIntervalsAndTheTimeoutAgo() {
        TargetState healthy = after(ok(0));
        assertThat(shown(healthy, 65)).isSameAs(healthy);
        TargetState unknown = shown(healthy, 66);
        assertThat(unknown.state()).isEqualTo(State.UNKNOWN);
        assertThat(unknown.since()).isEqualTo(START.plusSeconds(65).plusMillis(7));
        assertThat(unknown.why()).isEqualTo("no result for 65 s");
        assertThat(healthy.stale(target).since()).isEqualTo(unknown.since());
        assertThat(shown(healthy.stale(target), 107).why()).isEqualTo("no result for 106 s");
    }

    @Test
    void saysWhyResultsThatCameInAreNotShown() {
        TargetState unknown =
                after(ok(0)).shown(moment(START.plusSeconds(99)), target, () -> "results cannot be stored: full");
        assertThat(unknown.why()).isEqualTo("results cannot be stored: full");
    }

    @Test
    void theWallClockDoesNotAgeAResult() {
        TargetState healthy = after(ok(0));
        Moment jumped = new Moment(
                START.plusSeconds(3_600), moment(START.plusSeconds(10)).nanos());
        assertThat(healthy.shown(jumped, target, () -> null)).isSameAs(healthy);
        Moment setBack = new Moment(START, moment(START.plusSeconds(100)).nanos());
        assertThat(healthy.shown(setBack, target, () -> null).state()).isEqualTo(State.UNKNOWN);
    }

    @Test
    void unhealthyStaysWhateverItsAge() {
        TargetState unhealthy = after(noResponse(0), noResponse(46));
        assertThat(unhealthy.state()).isEqualTo(State.UNHEALTHY);
        assertThat(unhealthy.isStale(moment(START.plusSeconds(7_200)), target)).isFalse();
        assertThat(shown(unhealthy, 7_246).state()).isEqualTo(State.UNHEALTHY);
        assertThat(shown(unhealthy, 7_246).why()).isEqualTo("connection refused; no result for 7199 s");
    }

    @Test
    void whatComesAfterAGapCountsWithWhatWasBefore() {
        TargetState degraded = after(ok(0), noResponse(30)).stale(target);
        assertThat(degraded.after(noResponse(3_601), target, moment(START)).state())
                .isEqualTo(State.UNHEALTHY);
        // It had to pass three times before the gap, and has to after it.
        assertThat(degraded.after(ok(3_601), target, moment(START)).state()).isEqualTo(State.DEGRADED);
        TargetState healthy = after(ok(0)).stale(target);
        assertThat(healthy.after(ok(3_601), target, moment(START)).state()).isEqualTo(State.HEALTHY);
        assertThat(healthy.after(noResponse(3_601), target, moment(START)).state())
                .isEqualTo(State.UNKNOWN);
    }

    @Test
    void aTargetThatIsReachedAgainIsDegradedUntilItHasPassedOftenEnough() {
        TargetState inside = after(ok(0), noResponse(30), noResponse(40));
        assertThat(inside.state()).isEqualTo(State.DEGRADED);
        List<State> states = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            inside = inside.after(ok(50 + i), target, moment(START));
            states.add(inside.state());
        }
        assertThat(states).containsExactly(State.DEGRADED, State.DEGRADED, State.HEALTHY);
    }

    @Test
    void storesARepeatedResultOnceAMinute() {
        assertThat(after(ok(0)).isResultStored()).isTrue();
        assertThat(after(ok(0), ok(30)).isResultStored()).isFalse();
        assertThat(after(ok(0), ok(30), ok(59)).isResultStored()).isFalse();
        assertThat(after(ok(0), ok(30), ok(60)).isResultStored()).isTrue();
    }

    @Test
    void storesAResultThatChangesACounter() {
        assertThat(after(ok(0), noResponse(1)).isResultStored()).isTrue();
        assertThat(after(noResponse(0), noResponse(50), ok(51), ok(52)).isResultStored())
                .isTrue();
    }

    @Test
    void storesAResultThatDiffersFromTheOneBefore() {
        PollResult slow = warning("slow", START);
        PollResult slower = warning("slower", START.plusSeconds(1));
        assertThat(after(slow, warning("slow", START.plusSeconds(1))).isResultStored())
                .isFalse();
        assertThat(after(slow, slower).isResultStored()).isTrue();
    }

    private static PollResult warning(String output, Instant time) {
        ComponentState component = new ComponentState("db", Status.WARN, output);
        return new PollResult(Outcome.Code.WARNING, null, 200, time, Duration.ofMillis(7), List.of(component));
    }
}
