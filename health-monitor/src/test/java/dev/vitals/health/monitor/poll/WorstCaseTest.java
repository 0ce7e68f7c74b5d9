package dev.vitals.health.monitor.poll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.Outcome;
import dev.vitals.health.State;
import dev.vitals.health.internal.engine.StateMachine;
import dev.vitals.health.internal.engine.StreakCounts;
import dev.vitals.health.monitor.backtest.WorstCase;
import dev.vitals.health.monitor.model.TargetId;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The formulas, against a simulation with the offsets of the real schedule. */
class WorstCaseTest {
    private static final long SECOND = 1_000_000_000L;

    /** Returns how long after {@code begin} the state is reached if each poll fails or passes, and takes its timeout. */
    private static long reached(
            PollOffset offset, long begin, long timeout, StateMachine machine, StreakCounts first, State state) {
        Outcome.Code code = state == State.UNHEALTHY ? Outcome.Code.ERROR : Outcome.Code.OK;
        StreakCounts counts = first;
        // A poll that starts in this very moment may still have found the contrary.
        long start = offset.notBefore(begin + 1);
        while (true) {
            counts = machine.next(counts, code);
            if (counts.state() == state) {
                return start + timeout - begin;
            }
            start = offset.notBefore(start + 1);
        }
    }

    @Property
    void noBeginOfTroubleIsSeenLaterAndTheWorstIsReached(
            @ForAll @IntRange(min = 1, max = 10) int unhealthy,
            @ForAll @IntRange(min = 1, max = 10) int healthy,
            @ForAll @IntRange(min = 5, max = 300) int interval,
            @ForAll @IntRange(min = 1, max = 4) int timeout,
            @ForAll @IntRange(min = 0, max = 1_000_000_000) int begin,
            @ForAll int instance) {
        Duration between = Duration.ofSeconds(interval);
        StateMachine machine = StateMachine.of(unhealthy, healthy);
        PollOffset offset = PollOffset.of(0, new TargetId("orders", "i" + Math.abs((long) instance)), between);
        WorstCase worst = WorstCase.of(between, Duration.ofSeconds(timeout), machine);
        StreakCounts good = StreakCounts.of(State.HEALTHY, 0, healthy, healthy);
        StreakCounts bad = StreakCounts.of(State.UNHEALTHY, unhealthy, 0, 0);
        long sometime = begin * 1_000L;
        long rightAfterAStart = offset.notBefore(sometime);
        long allowed = timeout * SECOND;
        assertThat(reached(offset, sometime, allowed, machine, good, State.UNHEALTHY))
                .isLessThanOrEqualTo(worst.detect().toNanos());
        assertThat(reached(offset, sometime, allowed, machine, bad, State.HEALTHY))
                .isLessThanOrEqualTo(worst.recover().toNanos());
        assertThat(reached(offset, rightAfterAStart, allowed, machine, good, State.UNHEALTHY))
                .isEqualTo(worst.detect().toNanos());
        assertThat(reached(offset, rightAfterAStart, allowed, machine, bad, State.HEALTHY))
                .isEqualTo(worst.recover().toNanos());
    }
}
