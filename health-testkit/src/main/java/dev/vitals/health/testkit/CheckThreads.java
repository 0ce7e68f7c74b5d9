package dev.vitals.health.testkit;

import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs checks for a test: on the thread that advances the time, or, while a {@link FaultyCheck} may hang, each on a separate
 * daemon thread, for which the test waits until the run has ended or hangs. Thread-safe.
 */
final class CheckThreads {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final AtomicInteger MAY_HANG = new AtomicInteger();
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Map<Thread, Run> RUNS = new ConcurrentHashMap<>();

    private CheckThreads() {}

    /** A run on a separate thread. */
    static final class Run {
        private final CountDownLatch endedOrHangs = new CountDownLatch(1);
        private final CountDownLatch ended = new CountDownLatch(1);

        /** Waits until the run has ended and its result is known. */
        void awaitEnd() {
            CheckThreads.await(ended);
        }
    }

    static void mayHang(boolean may) {
        MAY_HANG.addAndGet(may ? 1 : -1);
    }

    static void run(Runnable task) {
        if (MAY_HANG.get() == 0) {
            task.run();
            return;
        }
        Run run = new Run();
        Thread thread = new Thread(() -> runAndTell(task, run), "testkit-check-" + COUNT.getAndIncrement());
        thread.setDaemon(true);
        RUNS.put(thread, run);
        thread.start();
        await(run.endedOrHangs);
    }

    private static void runAndTell(Runnable task, Run run) {
        try {
            task.run();
        } finally {
            RUNS.remove(Thread.currentThread());
            run.ended.countDown();
            run.endedOrHangs.countDown();
        }
    }

    /** Lets the test go on, since the current thread hangs, if it is one of the kit's; adds its run to these first. */
    static void hangs(Queue<Run> runs) {
        Run run = RUNS.get(Thread.currentThread());
        if (run != null) {
            runs.add(run);
            run.endedOrHangs.countDown();
        }
    }

    // Bounded, and ended by the interrupt of a test's own time limit: a test must not hang.
    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("a check has not ended after " + PATIENCE.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
