package dev.vitals.health.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vitals.health.Outcome;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

class ThreadsIndicatorTest {
    @Test
    void fewThreadsWithoutADeadlockAreOkAndCounted() {
        Outcome outcome = ThreadsIndicator.of().run();
        Expect.ok(outcome);
        assertThat(Measured.of(outcome, "count")).isBetween(1.0, 999.0);
        assertThat(outcome.data()).isEmpty();
    }

    @Test
    void tooManyThreadsAreAWarningThenAnError() {
        Outcome warning = ThreadsIndicator.of().limits(1, 1_000_000).run();
        Expect.warning(warning, (int) Measured.of(warning, "count") + " live threads, the limit is 1");
        Outcome error = ThreadsIndicator.of().limits(1, 1).run();
        Expect.error(error, (int) Measured.of(error, "count") + " live threads, the limit is 1");
    }

    @Test
    void aDeadlockNamesItsThreadsUntilItIsOver() throws Exception {
        ReentrantLock left = new ReentrantLock();
        ReentrantLock right = new ReentrantLock();
        CountDownLatch bothHold = new CountDownLatch(2);
        Thread first = philosopher("first", left, right, bothHold);
        Thread second = philosopher("second", right, left, bothHold);
        try {
            Expect.becomesTrue(
                    "a deadlock", () -> ManagementFactory.getThreadMXBean().findDeadlockedThreads() != null);
            Outcome outcome = ThreadsIndicator.of().run();
            assertThat(outcome.code()).isEqualTo(Outcome.Code.ERROR);
            assertThat(outcome.message().orElseThrow())
                    .startsWith("deadlock of 2 threads: '")
                    .contains("'first'", "'second'");
            assertThat((List<?>) outcome.data().get("deadlocked"))
                    .map(Object::toString)
                    .containsExactlyInAnyOrder("first", "second");
            assertThat(Measured.of(outcome, "count")).isGreaterThan(2);
        } finally {
            first.interrupt();
            second.interrupt();
            first.join();
            second.join();
        }
        Expect.ok(ThreadsIndicator.of().run());
    }

    @Test
    void refusesBadLimits() {
        ThreadsIndicator check = ThreadsIndicator.of();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.limits(0, 10))
                .withMessage("warnAt must be from 1 to 1000000, was 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.limits(10, 9))
                .withMessage("failAt must be from 10 to 1000000, was 9");
    }

    @Test
    void isPartOfTheSystem() {
        assertThat(ThreadsIndicator.of().componentType()).contains("system");
    }

    /** Holds one lock and waits for the other until interrupted. */
    private static Thread philosopher(String name, ReentrantLock own, ReentrantLock other, CountDownLatch bothHold) {
        Thread thread = new Thread(
                () -> {
                    own.lock();
                    try {
                        bothHold.countDown();
                        bothHold.await();
                        other.lockInterruptibly();
                        other.unlock();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } finally {
                        own.unlock();
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
