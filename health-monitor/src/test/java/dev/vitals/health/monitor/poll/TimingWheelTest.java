package dev.vitals.health.monitor.poll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.Scheduler.Cancellation;
import dev.vitals.health.monitor.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The wheel in real time. */
class TimingWheelTest {
    private final TimingWheel wheel = TimingWheel.start("test-wheel");

    @AfterEach
    void stop() {
        wheel.close();
    }

    @Test
    void runsEachTaskOnceAndNeverEarly() {
        int tasks = 5_000;
        AtomicInteger runs = new AtomicInteger();
        AtomicLong early = new AtomicLong();
        for (int i = 0; i < tasks; i++) {
            long delay = ThreadLocalRandom.current().nextLong(300_000_000L);
            long due = System.nanoTime() + delay;
            wheel.schedule(
                    () -> {
                        runs.incrementAndGet();
                        if (System.nanoTime() - due < 0) {
                            early.incrementAndGet();
                        }
                    },
                    Duration.ofNanos(delay));
        }
        Await.until("all have run", () -> runs.get() >= tasks);
        assertThat(early).hasValue(0);
        assertThat(runs).hasValue(tasks);
    }

    @Test
    void runsDueTasksAtOnce() {
        CountDownLatch run = new CountDownLatch(2);
        wheel.schedule(run::countDown, Duration.ZERO);
        wheel.schedule(run::countDown, Duration.ofSeconds(-5));
        Await.until("both have run", () -> run.getCount() == 0);
    }

    @Test
    void anEarlierTaskDoesNotWaitForALaterOne() {
        CountDownLatch run = new CountDownLatch(1);
        wheel.schedule(() -> {}, Duration.ofHours(1));
        wheel.schedule(run::countDown, Duration.ofMillis(50));
        Await.until("it has run", () -> run.getCount() == 0);
    }

    @Test
    void doesNotRunCanceledTasks() {
        AtomicInteger wrong = new AtomicInteger();
        CountDownLatch last = new CountDownLatch(1);
        List<Cancellation> planned = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            planned.add(wheel.schedule(wrong::incrementAndGet, Duration.ofMillis(200 + i % 50)));
        }
        // In a different order than planned, and one of them twice.
        for (int i = 0; i < 1_000; i++) {
            planned.get((i * 7) % 1_000).cancel();
        }
        planned.get(0).cancel();
        wheel.schedule(last::countDown, Duration.ofMillis(400));
        Await.until("their time is over", () -> last.getCount() == 0);
        assertThat(wrong).hasValue(0);
    }

    @Test
    void aTaskThatThrowsDoesNotStopTheOthers() {
        CountDownLatch run = new CountDownLatch(1);
        wheel.schedule(
                () -> {
                    throw new IllegalStateException("for the log");
                },
                Duration.ZERO);
        wheel.schedule(
                () -> {
                    throw new StackOverflowError("for the log");
                },
                Duration.ZERO);
        wheel.schedule(run::countDown, Duration.ofMillis(20));
        Await.until("the other has run", () -> run.getCount() == 0);
    }

    @Test
    void aTaskMayPlanTheNext() {
        AtomicInteger runs = new AtomicInteger();
        wheel.schedule(
                new Runnable() {
                    @Override
                    public void run() {
                        if (runs.incrementAndGet() < 10) {
                            wheel.schedule(this, Duration.ofMillis(1));
                        }
                    }
                },
                Duration.ZERO);
        Await.until("all have run", () -> runs.get() == 10);
    }

    @Test
    void runsNothingAfterClose() {
        AtomicInteger wrong = new AtomicInteger();
        Cancellation planned = wheel.schedule(wrong::incrementAndGet, Duration.ofMillis(100));
        wheel.close();
        wheel.schedule(wrong::incrementAndGet, Duration.ZERO);
        planned.cancel();
        CountDownLatch over = new CountDownLatch(1);
        try (TimingWheel other = TimingWheel.start("test-other")) {
            other.schedule(over::countDown, Duration.ofMillis(300));
            Await.until("their time is over", () -> over.getCount() == 0);
        }
        assertThat(wrong).hasValue(0);
    }

    @Test
    void acceptsTheLongestDelay() {
        wheel.schedule(() -> {}, Duration.ofSeconds(Long.MAX_VALUE)).cancel();
    }
}
