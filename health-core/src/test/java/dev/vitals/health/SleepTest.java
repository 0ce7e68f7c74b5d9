package dev.vitals.health;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.vitals.health.internal.AgeClock;
import dev.vitals.health.internal.engine.HealthView;
import dev.vitals.health.testing.LogLines;
import dev.vitals.health.testkit.FaultyCheck;
import dev.vitals.health.testkit.ManualScheduler;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A machine that sleeps: its wall clock goes on, its elapsed time does not. */
class SleepTest {
    private static final Duration WEEKEND = Duration.ofHours(60);

    private final ManualScheduler time = new ManualScheduler();
    private final FaultyCheck check = FaultyCheck.ok();

    private void sleep(Duration duration) {
        time.setWall(time.instant().plus(duration));
    }

    @Test
    void aResultFromBeforeTheSleepDoesNotPass() {
        try (Health health = time.health()
                .check("db", check, c -> c.interval(Duration.ofSeconds(30)))
                .start()) {
            time.advance(Duration.ofSeconds(3));
            sleep(WEEKEND);
            assertThat(health.report().status()).isEqualTo(Status.FAIL);
            assertThat(health.check("db").orElseThrow().output()).contains("no result for 216003 s");
        }
    }

    @Test
    void allChecksRunAtOnceAfterTheSleep() {
        FaultyCheck rare = FaultyCheck.ok();
        try (LogLines lines = new LogLines(Health.class);
                Health health = time.health()
                        .check("often", check)
                        .check("rare", rare, c -> c.interval(Duration.ofHours(1)))
                        .start()) {
            time.advance(Duration.ofSeconds(3));
            sleep(WEEKEND);
            assertThat(health.report().status()).isEqualTo(Status.FAIL);
            time.advance(Duration.ZERO);
            assertThat(health.report().status()).isEqualTo(Status.PASS);
            assertThat(check.runs()).isEqualTo(2);
            assertThat(rare.runs()).isEqualTo(2);
            assertThat(lines.at(Level.WARN)).anyMatch(line -> line.startsWith("the machine slept for 60h"));
        }
    }

    @Test
    void theNextStartFindsOutIfNobodyAsks() {
        FaultyCheck rare = FaultyCheck.ok();
        try (Health health = time.health()
                .check("often", check)
                .check("rare", rare, c -> c.interval(Duration.ofHours(1)))
                .start()) {
            time.advance(Duration.ofSeconds(3));
            sleep(WEEKEND);
            time.advance(Duration.ofSeconds(10));
            assertThat(rare.runs()).isEqualTo(2);
            assertThat(health.report().status()).isEqualTo(Status.PASS);
        }
    }

    @Test
    void aResultThatHoldsForLongerThanTheSleepStillCounts() {
        try (Health health = time.health()
                .check("certificate", check, c -> c.interval(Duration.ofDays(1)).maxAge(Duration.ofDays(30)))
                .start()) {
            time.advance(Duration.ofSeconds(3));
            sleep(WEEKEND);
            assertThat(health.report().status()).isEqualTo(Status.PASS);
            assertThat(HealthView.of(health).age(health.check("certificate").orElseThrow()))
                    .contains(WEEKEND.plusSeconds(3));
        }
    }

    @Test
    void aClockThatIsSlewedOrBrokenChangesNothing() {
        List<Duration> jumps = new ArrayList<>();
        AtomicLong slewed = new AtomicLong();
        InstantSource fast = () -> time.instant().plusNanos(slewed.get());
        AgeClock clock = new AgeClock(time::nanoTime, fast, null);
        clock.whenAhead(jumps::add);
        long before = clock.nanoTime();
        for (int hour = 0; hour < 24; hour++) {
            time.advance(Duration.ofHours(1));
            slewed.addAndGet(Duration.ofHours(1).toNanos() / 2_000);
            clock.nanoTime();
        }
        assertThat(jumps).isEmpty();
        assertThat(clock.nanoTime() - before).isEqualTo(Duration.ofHours(24).toNanos());
        AgeClock broken = new AgeClock(
                time::nanoTime,
                () -> {
                    throw new IllegalStateException("no clock");
                },
                null);
        time.advance(Duration.ofHours(1));
        assertThat(broken.nanoTime()).isEqualTo(time.nanoTime());
    }

    @Test
    void theKernelDecidesWhetherTheMachineSleptOrTheClockWasSet() {
        List<Duration> jumps = new ArrayList<>();
        AtomicLong slept = new AtomicLong();
        AgeClock clock = new AgeClock(time::nanoTime, time, () -> time.nanoTime() + slept.get());
        clock.whenAhead(jumps::add);
        long before = clock.nanoTime();
        sleep(WEEKEND);
        assertThat(clock.nanoTime()).isEqualTo(before);
        assertThat(jumps).containsExactly(Duration.ZERO);
        slept.set(Duration.ofMinutes(5).toNanos());
        sleep(Duration.ofMinutes(5));
        assertThat(clock.nanoTime() - before).isEqualTo(Duration.ofMinutes(5).toNanos());
        assertThat(jumps).containsExactly(Duration.ZERO, Duration.ofMinutes(5));
    }

    @Test
    void theRealClocksAgree() {
        Scheduler scheduler = Scheduler.daemon("real");
        AgeClock clock = AgeClock.of(scheduler::nanoTime, InstantSource.system());
        assertThat(clock.nanoTime()).isLessThanOrEqualTo(System.nanoTime());
        scheduler.close();
    }
}
