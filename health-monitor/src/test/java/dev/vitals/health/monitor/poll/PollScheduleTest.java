package dev.vitals.health.monitor.poll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.Outcome;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.ProbeSettings;
import dev.vitals.health.monitor.model.Registration;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.testkit.ManualScheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class PollScheduleTest {
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final ManualScheduler time = new ManualScheduler();
    private final HandProber prober = new HandProber();
    private final List<PollResult> results = new ArrayList<>();
    private final PollSchedule schedule = new PollSchedule(time, prober, (target, result) -> results.add(result));

    /** Answers at once, or when told. */
    private final class HandProber implements Poller {
        final List<Long> starts = new ArrayList<>();
        final List<Consumer<PollResult>> waiting = new ArrayList<>();
        boolean answering = true;

        @Override
        public void probe(Target target, Consumer<PollResult> done) {
            starts.add(time.nanoTime());
            waiting.add(done);
            if (answering) {
                answer();
            }
        }

        void answer() {
            waiting.remove(0)
                    .accept(new PollResult(Outcome.Code.OK, null, 200, Instant.EPOCH, Duration.ZERO, List.of()));
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
    void staysOnItsGrid() {
        schedule.resume(target("m1", INTERVAL));
        time.advance(Duration.ofSeconds(35));
        List<Long> starts = prober.starts;
        assertThat(starts).hasSizeBetween(3, 4);
        for (int i = 1; i < starts.size(); i++) {
            assertThat(starts.get(i) - starts.get(i - 1)).isEqualTo(INTERVAL.toNanos());
        }
        assertThat(results).hasSameSizeAs(starts);
        assertThat(schedule.underWay()).isZero();
    }

    @Test
    void neverPollsATargetTwiceAtOnce() {
        prober.answering = false;
        schedule.watch(target("m1", INTERVAL));
        time.advance(Duration.ofSeconds(60));
        assertThat(prober.starts).hasSize(1);
        assertThat(schedule.underWay()).isEqualTo(1);
        prober.answer();
        time.advance(INTERVAL);
        assertThat(prober.starts).hasSize(2);
    }

    @Test
    void aTargetRegisteredAgainKeepsItsPlaces() {
        schedule.watch(target("m1", INTERVAL));
        time.advance(Duration.ofSeconds(31));
        int polls = prober.starts.size();
        for (int i = 0; i < 20; i++) {
            schedule.watch(target("m1", INTERVAL));
            time.advance(Duration.ofSeconds(1));
        }
        assertThat(prober.starts).hasSize(polls + 2);
    }

    @Test
    void anotherIntervalHoldsAtOnce() {
        schedule.watch(target("m1", Duration.ofMinutes(5)));
        time.advance(Duration.ofSeconds(301));
        int polls = prober.starts.size();
        schedule.watch(target("m1", INTERVAL));
        time.advance(INTERVAL.multipliedBy(3));
        assertThat(prober.starts).hasSize(polls + 3);
    }

    @Test
    void startsNoMoreAfterTheEnd() {
        schedule.watch(target("m1", INTERVAL));
        schedule.watch(target("m2", INTERVAL));
        schedule.unwatch(new TargetId("orders", "m1"));
        schedule.unwatch(new TargetId("orders", "m1"));
        time.advance(Duration.ofSeconds(1));
        assertThat(prober.starts).hasSize(1);
        schedule.close();
        time.advance(Duration.ofSeconds(60));
        assertThat(prober.starts).hasSize(1);
        assertThat(time.planned()).isZero();
    }

    @Test
    void isLateOnlyWhenTheSchedulerIs() {
        schedule.watch(target("m1", INTERVAL));
        time.advance(Duration.ofSeconds(60));
        assertThat(schedule.lag()).isZero();
    }

    @Test
    void anExtraPollComesSoonAndTheOthersKeepTheirPlaces() {
        Duration interval = Duration.ofMinutes(5);
        schedule.watch(target("m1", interval));
        time.advance(interval.plus(interval));
        List<Long> places = List.copyOf(prober.starts);
        time.advance(Duration.ofSeconds(10));
        long asked = time.nanoTime();
        schedule.pollNow(new TargetId("orders", "m1"));
        schedule.pollNow(new TargetId("orders", "nobody"));
        time.advance(Duration.ofMillis(1_001));
        assertThat(prober.starts).hasSize(places.size() + 1);
        assertThat(prober.starts.get(places.size()) - asked).isBetween(1_000_000L, 1_001_000_000L);
        time.advance(interval);
        assertThat(prober.starts).hasSize(places.size() + 2);
        assertThat(prober.starts.get(places.size() + 1) - places.get(places.size() - 1))
                .isEqualTo(interval.toNanos());
    }

    @Test
    void anExtraPollDoesNotPutOffTheNext() {
        schedule.watch(target("m1", INTERVAL));
        time.advance(Duration.ofSeconds(30));
        int polls = prober.starts.size();
        for (int i = 0; i < 100; i++) {
            schedule.pollNow(new TargetId("orders", "m1"));
            time.advance(Duration.ofMillis(100));
        }
        assertThat(prober.starts.size() - polls).isBetween(8, 20);
    }

    @Test
    void anExtraPollIsNotBesideOneUnderWay() {
        prober.answering = false;
        schedule.watch(target("m1", INTERVAL));
        time.advance(Duration.ofSeconds(1));
        schedule.pollNow(new TargetId("orders", "m1"));
        time.advance(Duration.ofSeconds(2));
        assertThat(prober.starts).hasSize(1);
    }
}
