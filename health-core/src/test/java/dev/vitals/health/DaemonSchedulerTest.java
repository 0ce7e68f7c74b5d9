package dev.vitals.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The defaults of production: real threads and the real clock. */
@Timeout(60)
class DaemonSchedulerTest {
    @Test
    void runsTasksOnOneDaemonThreadAlsoAfterOneThatThrows() throws Exception {
        BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();
        try (Scheduler scheduler = Scheduler.daemon("decides-when")) {
            scheduler.schedule(
                    () -> {
                        throw new StackOverflowError("on purpose");
                    },
                    Duration.ZERO);
            scheduler.schedule(() -> threads.add(Thread.currentThread()), Duration.ofMillis(1));
            Thread thread = threads.poll(30, TimeUnit.SECONDS);
            assertThat(thread.getName()).isEqualTo("decides-when");
            assertThat(thread.isDaemon()).isTrue();
        }
    }

    @Test
    void cancelsATaskAndDropsTasksAfterClose() {
        Scheduler scheduler = Scheduler.daemon("closed");
        scheduler.schedule(() -> {}, Duration.ofDays(1)).cancel();
        scheduler.close();
        scheduler.schedule(() -> {}, Duration.ZERO).cancel();
        assertThat(scheduler.nanoTime()).isLessThanOrEqualTo(scheduler.nanoTime());
    }

    @Test
    void knowsItsOwnThreadWhichHasEndedWhenCloseReturns() throws Exception {
        BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();
        Scheduler scheduler = Scheduler.daemon("decides-when");
        scheduler.schedule(() -> threads.add(Thread.currentThread()), Duration.ZERO);
        Thread thread = threads.poll(30, TimeUnit.SECONDS);
        assertThat(scheduler.owns(thread)).isTrue();
        assertThat(scheduler.owns(Thread.currentThread())).isFalse();
        scheduler.close();
        thread.join(30_000);
        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void aTaskMayCloseItsOwnScheduler() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        Scheduler scheduler = Scheduler.daemon("closes-itself");
        scheduler.schedule(
                () -> {
                    scheduler.close();
                    closed.countDown();
                },
                Duration.ZERO);
        assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aHealthWithDefaultsRunsItsChecks() throws Exception {
        CountDownLatch ran = new CountDownLatch(3);
        try (Health health = Health.builder()
                .check(
                        "c",
                        () -> {
                            ran.countDown();
                            return Outcome.ok();
                        },
                        c -> c.interval(Duration.ofMillis(100)))
                .start()) {
            assertThat(ran.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(health.check("c").orElseThrow().state()).isEqualTo(State.HEALTHY);
        }
    }
}
