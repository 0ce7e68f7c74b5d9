package dev.vitals.health.monitor.poll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.Outcome;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Registration;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.probe.Poller;
import dev.vitals.health.testkit.ManualScheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Polls during which the monitor itself did not run. */
class SpoiltPollsTest {
    private static final Duration TICK = Duration.ofMillis(50);

    private final ManualScheduler time = new ManualScheduler();
    private final PauseWatch pauses = new PauseWatch(time::nanoTime, true);
    private final List<Poller.Listener> running = new ArrayList<>();
    private final List<Outcome.Code> results = new ArrayList<>();
    private final List<Duration> ages = new ArrayList<>();
    private final Poller poller = new Poller() {
        @Override
        public void poll(Target target, Listener done) {
            running.add(done);
        }

        @Override
        public void close() {}
    };
    private final PollSchedule schedule = new PollSchedule(time, time, poller, pauses, (target, result, seen) -> {
        results.add(result.code());
        ages.add(Duration.ofNanos(time.nanoTime() - seen.nanos()));
    });

    @BeforeEach
    void poll() {
        Target target = Target.registered(
                new TargetId("orders", "m1"),
                Registration.builder("http://host")
                        .interval(Duration.ofSeconds(10))
                        .timeout(Duration.ofSeconds(2))
                        .build(),
                Instant.EPOCH);
        schedule.watch(target);
        while (running.isEmpty()) {
            run(TICK);
        }
    }

    private void run(Duration duration) {
        for (Duration run = Duration.ZERO; run.compareTo(duration) < 0; run = run.plus(TICK)) {
            time.advance(TICK);
            pauses.tick();
        }
    }

    private void pause(Duration duration) {
        time.advance(duration.plus(TICK));
    }

    private void end(Outcome.Code code, @Nullable Integer status) {
        running.remove(0).polled(new PollResult(code, null, status, time.instant(), Duration.ZERO, List.of()), null);
    }

    @Test
    void aFailureThatThePauseMayHaveCausedIsNoResult() {
        pause(Duration.ofSeconds(3));
        end(Outcome.Code.ERROR, null);
        assertThat(results).isEmpty();
        run(Duration.ofMillis(200));
        end(Outcome.Code.OK, 200);
        assertThat(results).containsExactly(Outcome.Code.OK);
        assertThat(schedule.repeated()).isEqualTo(1);
        assertThat(schedule.activePolls()).isZero();
    }

    @Test
    void aFailureOfTheRepeatedPollCounts() {
        pause(Duration.ofSeconds(3));
        end(Outcome.Code.ERROR, null);
        run(Duration.ofMillis(200));
        end(Outcome.Code.ERROR, null);
        assertThat(results).containsExactly(Outcome.Code.ERROR);
    }

    @Test
    void aMonitorThatHardlyRunsGivesNoResultAndTriesAgainAtTheNextStart() {
        for (int attempt = 0; attempt < SpoiltPolls.MAX_ATTEMPTS; attempt++) {
            pause(Duration.ofSeconds(2));
            end(Outcome.Code.ERROR, null);
            pauses.tick();
            run(Duration.ofMillis(200));
        }
        assertThat(results).isEmpty();
        assertThat(running).isEmpty();
        assertThat(schedule.activePolls()).isZero();
        run(Duration.ofSeconds(10));
        end(Outcome.Code.OK, 200);
        assertThat(results).containsExactly(Outcome.Code.OK);
    }

    @Test
    void anAnswerThatSaysErrorCountsInSpiteOfThePause() {
        pause(Duration.ofSeconds(3));
        end(Outcome.Code.ERROR, 503);
        assertThat(results).containsExactly(Outcome.Code.ERROR);
    }

    @Test
    void aShortPauseDoesNotSpoilAPoll() {
        pause(Duration.ofMillis(150));
        end(Outcome.Code.ERROR, null);
        assertThat(results).containsExactly(Outcome.Code.ERROR);
    }

    @Test
    void aGoodAnswerHoldsForTheBeginOfThePoll() {
        pause(Duration.ofSeconds(3));
        end(Outcome.Code.OK, 200);
        assertThat(results).containsExactly(Outcome.Code.OK);
        assertThat(ages.get(0)).isGreaterThanOrEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void aGoodAnswerFromBeforeALongPauseIsAskedForAgain() {
        pause(Duration.ofSeconds(30));
        end(Outcome.Code.OK, 200);
        assertThat(results).isEmpty();
        run(Duration.ofMillis(200));
        end(Outcome.Code.OK, 200);
        assertThat(results).containsExactly(Outcome.Code.OK);
        assertThat(ages.get(0)).isLessThan(Duration.ofSeconds(1));
    }
}
