package dev.vitals.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ch.qos.logback.classic.Level;
import dev.vitals.health.testing.LogLines;
import dev.vitals.health.testkit.ManualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepetitionTest {
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final ManualScheduler time = new ManualScheduler();
    private final List<Long> runs = new ArrayList<>();
    private final long begin = time.nanoTime();

    private void run() {
        runs.add((time.nanoTime() - begin) / 1_000_000_000);
    }

    @Test
    void runsAfterEachInterval() {
        Scheduler.Cancellation unused = time.repeat(this::run, EVERY);
        time.advance(Duration.ofSeconds(4));
        assertThat(runs).isEmpty();
        time.advance(Duration.ofSeconds(12));
        assertThat(runs).containsExactly(5L, 10L, 15L);
    }

    @Test
    void countsTheTimeFromTheEndOfALongRun() {
        Scheduler.Cancellation unused = time.repeat(
                () -> {
                    run();
                    time.advance(Duration.ofSeconds(7));
                },
                EVERY);
        time.advance(Duration.ofSeconds(20));
        assertThat(runs).containsExactly(5L, 17L);
    }

    @Test
    void runsAgainAfterATaskThatThrows() {
        try (LogLines log = new LogLines(Repetition.class)) {
            Scheduler.Cancellation unused = time.repeat(
                    () -> {
                        run();
                        throw new AssertionError("on purpose");
                    },
                    EVERY);
            time.advance(Duration.ofSeconds(10));
            assertThat(runs).containsExactly(5L, 10L);
            assertThat(log.at(Level.ERROR)).hasSize(2);
        }
    }

    @Test
    void endsWhenCancelled() {
        Scheduler.Cancellation repetition = time.repeat(this::run, EVERY);
        time.advance(EVERY);
        repetition.cancel();
        repetition.cancel();
        assertThat(time.planned()).isZero();
        time.advance(EVERY);
        assertThat(runs).containsExactly(5L);
    }

    @Test
    void canBeCancelledByTheTaskItself() {
        List<Scheduler.Cancellation> self = new ArrayList<>();
        self.add(time.repeat(
                () -> {
                    run();
                    self.get(0).cancel();
                },
                EVERY));
        time.advance(Duration.ofMinutes(1));
        assertThat(runs).containsExactly(5L);
        assertThat(time.planned()).isZero();
    }

    @Test
    void refusesAnIntervalOfNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> time.repeat(this::run, Duration.ZERO))
                .withMessageStartingWith("every must be from");
    }
}
