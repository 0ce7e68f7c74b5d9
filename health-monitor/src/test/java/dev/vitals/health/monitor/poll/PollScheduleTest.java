package dev.vitals.health.monitor.poll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.Outcome;
import dev.vitals.health.Scheduler;
import dev.vitals.health.monitor.model.Moment;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.ProbeSettings;
import dev.vitals.health.monitor.model.Registration;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.probe.Poller;
import dev.vitals.health.testkit.ManualScheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PollScheduleTest {
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final ManualScheduler time = new ManualScheduler();
    private final ManualPoller poller = new ManualPoller();
    private final PauseWatch pauses = PauseWatch.none();
    private final List<PollResult> results = new ArrayList<>();
    private final PollSchedule schedule =
            new PollSchedule(time, time, poller, pauses, (target, result, seen) -> results.add(result));

    /** Answers at once, or when a test says so. */
    private final class ManualPoller implements Poller {
        final List<Long> starts = new ArrayList<>();
        final List<Listener> waiting = new ArrayList<>();
        boolean answering = true;

        @Override
        public void poll(Target target, Listener done) {
            starts.add(time.nanoTime());
            waiting.add(done);
            if (answering) {
                answer();
            }
        }

        void answer() {
            PollResult result = new PollResult(Outcome.Code.OK, null, 200, Instant.EPOCH, Duration.ZERO, List.of());
            waiting.remove(0).polled(result, null);
        }

        @Override
        public void close() {}
    }

    private static Target target(String instance, Duration interval) {
        ProbeSettings settings =
                Registration.builder("http://host").interval(interval).build();
        return Target.registered(new TargetId("orders", instance), settings, Instant.EPOCH);
    }

    @Test
    void theStartsKeepTheirPlacesAfterARestart() {
        schedule.resume(target("m1", INTERVAL), null);
        time.advance(INTERVAL);
        schedule.close();
        time.advance(Duration.ofMillis(3_456));
        PollSchedule restarted = new PollSchedule(time, time, poller, pauses, (target, result, seen) -> {});
        restarted.resume(target("m1", INTERVAL), null);
        time.advance(INTERVAL);
        assertThat(poller.starts).hasSize(2);
        assertThat((poller.starts.get(1) - poller.starts.get(0)) % INTERVAL.toNanos())
                .isZero();
    }

    @Test
    void aResumedTargetIsPolledBeforeItsResultIsTooOld() {
        Target target = target("m1", INTERVAL);
        Moment seen = new Moment(time.instant(), time.nanoTime())
                .minus(target.maxAge().minus(target.timeout()).minusSeconds(2));
        schedule.resume(target, seen);
        time.advance(Duration.ofSeconds(2));
        assertThat(poller.starts).hasSize(1);
    }

    @Test
    void pollsAtTheSameOffsetInEachInterval() {
        schedule.resume(target("m1", INTERVAL), null);
        time.advance(Duration.ofSeconds(35));
        List<Long> starts = poller.starts;
        assertThat(starts).hasSizeBetween(3, 4);
        for (int i = 1; i < starts.size(); i++) {
            assertThat(starts.get(i) - starts.get(i - 1)).isEqualTo(INTERVAL.toNanos());
        }
        assertThat(results).hasSameSizeAs(starts);
        assertThat(schedule.activePolls()).isZero();
    }

    @Test
    void neverPollsATargetTwiceAtOnce() {
        poller.answering = false;
        schedule.watch(target("m1", INTERVAL));
        time.advance(Duration.ofSeconds(60));
        assertThat(poller.starts).hasSize(1);
        assertThat(schedule.activePolls()).isEqualTo(1);
        poller.answer();
        time.advance(INTERVAL);
        assertThat(poller.starts).hasSize(2);
    }

    @Test
    void aTargetRegisteredAgainKeepsItsOffset() {
        schedule.watch(target("m1", INTERVAL));
        time.advance(Duration.ofSeconds(31));
        int polls = poller.starts.size();
        for (int i = 0; i < 20; i++) {
            schedule.watch(target("m1", INTERVAL));
            time.advance(Duration.ofSeconds(1));
        }
        assertThat(poller.starts).hasSize(polls + 2);
    }

    @Test
    void aNewIntervalAppliesAtOnce() {
        schedule.watch(target("m1", Duration.ofMinutes(5)));
        time.advance(Duration.ofSeconds(301));
        int polls = poller.starts.size();
        schedule.watch(target("m1", INTERVAL));
        time.advance(INTERVAL.multipliedBy(3));
        assertThat(poller.starts).hasSize(polls + 3);
    }

    @Test
    void startsNoPollsAfterUnwatchAndClose() {
        schedule.watch(target("m1", INTERVAL));
        schedule.watch(target("m2", INTERVAL));
        schedule.unwatch(new TargetId("orders", "m1"));
        schedule.unwatch(new TargetId("orders", "m1"));
        time.advance(Duration.ofSeconds(1));
        assertThat(poller.starts).hasSize(1);
        schedule.close();
        time.advance(Duration.ofSeconds(60));
        assertThat(poller.starts).hasSize(1);
        assertThat(time.planned()).isZero();
    }

    @Test
    void hasNoLagWithAPunctualScheduler() {
        schedule.watch(target("m1", INTERVAL));
        time.advance(Duration.ofSeconds(60));
        assertThat(schedule.lag()).isZero();
    }

    @Test
    void anExtraPollComesSoonAndTheRegularOnesStay() {
        Duration interval = Duration.ofMinutes(5);
        schedule.watch(target("m1", interval));
        time.advance(interval.plus(interval));
        List<Long> regular = List.copyOf(poller.starts);
        time.advance(Duration.ofSeconds(10));
        long asked = time.nanoTime();
        schedule.pollSoon(new TargetId("orders", "m1"));
        schedule.pollSoon(new TargetId("orders", "nobody"));
        time.advance(Duration.ofMillis(1_001));
        assertThat(poller.starts).hasSize(regular.size() + 1);
        assertThat(poller.starts.get(regular.size()) - asked).isBetween(1_000_000L, 1_001_000_000L);
        time.advance(interval);
        assertThat(poller.starts).hasSize(regular.size() + 2);
        assertThat(poller.starts.get(regular.size() + 1) - regular.get(regular.size() - 1))
                .isEqualTo(interval.toNanos());
    }

    @Test
    void extraPollsDoNotDelayTheNextRegularOne() {
        schedule.watch(target("m1", INTERVAL));
        time.advance(Duration.ofSeconds(30));
        int polls = poller.starts.size();
        for (int i = 0; i < 100; i++) {
            schedule.pollSoon(new TargetId("orders", "m1"));
            time.advance(Duration.ofMillis(100));
        }
        assertThat(poller.starts.size() - polls).isBetween(8, 20);
    }

    @Test
    void anExtraPollWaitsForTheRunningOne() {
        poller.answering = false;
        schedule.watch(target("m1", INTERVAL));
        time.advance(Duration.ofSeconds(1));
        schedule.pollSoon(new TargetId("orders", "m1"));
        time.advance(Duration.ofSeconds(2));
        assertThat(poller.starts).hasSize(1);
    }

    @Test
    void aPollAtOnceReplacesTheNextRegularOneAndTellsItsListener() {
        schedule.watch(target("m1", INTERVAL));
        time.advance(Duration.ofSeconds(30));
        int polls = poller.starts.size();
        List<PollResult> told = new ArrayList<>();
        TargetId id = new TargetId("orders", "m1");
        assertThat(schedule.pollAtOnce(id, (result, exchange) -> told.add(result)))
                .isTrue();
        assertThat(poller.starts).hasSize(polls + 1);
        assertThat(told).hasSize(1);
        assertThat(results).hasSize(polls + 1);
        time.advance(INTERVAL);
        assertThat(poller.starts).hasSize(polls + 2);
    }

    @Test
    void aPollAtOnceIsRefusedForUnknownTargetsAndDuringAnotherPoll() {
        List<PollResult> told = new ArrayList<>();
        assertThat(schedule.pollAtOnce(new TargetId("orders", "m1"), (result, exchange) -> told.add(result)))
                .isFalse();
        poller.answering = false;
        schedule.watch(target("m1", INTERVAL));
        time.advance(Duration.ofSeconds(1));
        assertThat(schedule.pollAtOnce(new TargetId("orders", "m1"), (result, exchange) -> told.add(result)))
                .isFalse();
        assertThat(told).isEmpty();
    }

    @Test
    void lagIsTheDelayOfALateStart() {
        ManualScheduler late = new ManualScheduler();
        Scheduler slow = new Scheduler() {
            @Override
            public long nanoTime() {
                return late.nanoTime();
            }

            @Override
            public Cancellation schedule(Runnable task, Duration delay) {
                return late.schedule(task, delay.plusMillis(70));
            }

            @Override
            public void close() {}
        };
        PollSchedule behind = new PollSchedule(slow, time, poller, pauses, (target, result, seen) -> {});
        behind.watch(target("m1", INTERVAL));
        late.advance(Duration.ofSeconds(2));
        assertThat(behind.lag()).isEqualTo(Duration.ofMillis(70));
        assertThat(behind.startDelays().getTotalCount()).isEqualTo(1);
    }
}
