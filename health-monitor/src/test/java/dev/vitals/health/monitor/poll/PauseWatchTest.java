package dev.vitals.health.monitor.poll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.testkit.ManualScheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

class PauseWatchTest {
    private static final Duration TICK = Duration.ofMillis(50);

    private final ManualScheduler time = new ManualScheduler();
    private final PauseWatch watch = new PauseWatch(time::nanoTime, true);

    private void run(Duration duration) {
        for (Duration run = Duration.ZERO; run.compareTo(duration) < 0; run = run.plus(TICK)) {
            time.advance(TICK);
            watch.tick();
        }
    }

    @Test
    void noticesNoPauseWhileTheTicksComeInTime() {
        long start = time.nanoTime();
        run(Duration.ofSeconds(10));
        assertThat(watch.since(start)).isEqualTo(PauseWatch.Lost.NOTHING);
    }

    @Test
    void noticesAPauseBeforeAndAfterItsOwnThreadRunsAgain() {
        long start = time.nanoTime();
        time.advance(TICK.plusMillis(1_200));
        assertThat(watch.since(start).total()).isEqualTo(Duration.ofMillis(1_200));
        watch.tick();
        assertThat(watch.since(start).total()).isEqualTo(Duration.ofMillis(1_200));
        run(Duration.ofSeconds(1));
        assertThat(watch.since(start).total()).isEqualTo(Duration.ofMillis(1_200));
        assertThat(watch.since(time.nanoTime())).isEqualTo(PauseWatch.Lost.NOTHING);
    }

    @Test
    void addsUpPausesAndNamesTheLongest() {
        long start = time.nanoTime();
        for (int pause : new int[] {100, 300, 200}) {
            time.advance(TICK.plusMillis(pause));
            watch.tick();
            run(Duration.ofSeconds(1));
        }
        assertThat(watch.since(start)).isEqualTo(new PauseWatch.Lost(Duration.ofMillis(600), Duration.ofMillis(300)));
    }

    @Test
    void countsOnlyThePartOfAPauseThatIsSinceThen() {
        time.advance(TICK.plusMillis(500));
        long middle = time.nanoTime();
        time.advance(Duration.ofMillis(700));
        watch.tick();
        assertThat(watch.since(middle).total()).isEqualTo(Duration.ofMillis(700));
    }

    @Test
    void noticesThatAnotherThreadDoesNotRun() {
        Deque<Runnable> queue = new ArrayDeque<>();
        watch.watch("other thread did not run", queue::add);
        long start = time.nanoTime();
        run(Duration.ofSeconds(1));
        assertThat(queue).hasSize(1);
        assertThat(watch.since(start).total()).isEqualTo(Duration.ofMillis(950));
        queue.remove().run();
        long after = time.nanoTime();
        run(TICK);
        queue.remove().run();
        assertThat(watch.since(start).total()).isEqualTo(Duration.ofMillis(950));
        assertThat(watch.since(after)).isEqualTo(PauseWatch.Lost.NOTHING);
    }

    @Test
    void aWatchForTimeThatIsMovedByHandNoticesNothing() {
        assertThat(PauseWatch.none().since(0)).isEqualTo(PauseWatch.Lost.NOTHING);
    }
}
