package dev.vitals.health.monitor.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.Outcome;
import dev.vitals.health.State;
import dev.vitals.health.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
            state = state.after(result, target);
        }
        return state;
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
        TargetState state = TargetState.start(START).after(noResponse(1), fixed).after(noResponse(2), fixed);
        assertThat(state.state()).isEqualTo(State.UNHEALTHY);
    }

    @Test
    void becomesUnknownTwoIntervalsAfterTheLatestResult() {
        TargetState healthy = after(ok(0));
        assertThat(healthy.isStale(START.plusSeconds(60), target)).isFalse();
        TargetState stale = healthy.at(START.plusSeconds(3_600), target);
        assertThat(stale.state()).isEqualTo(State.UNKNOWN);
        assertThat(stale.since()).isEqualTo(START.plusSeconds(60));
        assertThat(stale.isStale(START.plusSeconds(7_200), target)).isFalse();
    }

    @Test
    void unhealthyDoesNotBecomeStale() {
        TargetState unhealthy = after(noResponse(0), noResponse(46));
        assertThat(unhealthy.state()).isEqualTo(State.UNHEALTHY);
        assertThat(unhealthy.isStale(START.plusSeconds(7_200), target)).isFalse();
    }

    @Test
    void afterStalenessOnePassSufficesAndOneMoreFailureCountsWithThoseBefore() {
        TargetState stale = after(ok(0), noResponse(30)).at(START.plusSeconds(3_600), target);
        assertThat(stale.after(ok(3_601), target).state()).isEqualTo(State.HEALTHY);
        assertThat(stale.after(noResponse(3_601), target).state()).isEqualTo(State.UNHEALTHY);
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
