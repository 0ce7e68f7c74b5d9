package dev.vitals.health.testkit;

import dev.vitals.health.HealthCheck;
import dev.vitals.health.Outcome;
import java.time.Duration;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A check whose behavior the test sets: it answers, throws, is slow, flaps, or hangs until it is released. Thread-safe; a
 * new behavior holds for all runs that begin afterwards.
 */
public final class FaultyCheck implements HealthCheck {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final AtomicInteger runs = new AtomicInteger();
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicBoolean mayHang = new AtomicBoolean();
    private final Queue<CheckThreads.Run> hanging = new ConcurrentLinkedQueue<>();
    private volatile HealthCheck behavior = Outcome::ok;

    private FaultyCheck() {}

    /** Returns a check that is OK until another behavior is set. */
    public static FaultyCheck ok() {
        return new FaultyCheck();
    }

    /** Returns this outcome from now on; it may be null, because real checks make this mistake, too. */
    public FaultyCheck answer(Outcome outcome) {
        behavior = () -> outcome;
        return this;
    }

    /** Throws this from now on; it may be an {@code Error}. */
    public FaultyCheck fail(Throwable failure) {
        Objects.requireNonNull(failure, "failure");
        behavior = () -> {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (Exception) failure;
        };
        return this;
    }

    /** Alternates between OK and ERROR from now on, OK first. */
    public FaultyCheck flap() {
        AtomicInteger count = new AtomicInteger();
        behavior = () -> count.getAndIncrement() % 2 == 0 ? Outcome.ok() : Outcome.error("flapping");
        return this;
    }

    /** Is OK after that much manual time from now on; the run itself advances the time. */
    public FaultyCheck slow(ManualScheduler time, Duration duration) {
        Objects.requireNonNull(duration, "duration");
        behavior = () -> {
            time.advance(duration);
            return Outcome.ok();
        };
        return this;
    }

    /**
     * Hangs from now on, in spite of interrupts, until {@link #release}. The test goes on: with
     * {@link ManualScheduler#health}, {@code advance} returns as soon as the run hangs.
     */
    public FaultyCheck hang() {
        if (mayHang.compareAndSet(false, true)) {
            CheckThreads.mayHang(true);
        }
        behavior = this::hangUntilReleased;
        return this;
    }

    private Outcome hangUntilReleased() {
        CheckThreads.hangs(hanging);
        entered.countDown();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    released.await();
                    return Outcome.ok("released");
                } catch (InterruptedException ignored) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Waits until a run hangs; throws an {@code AssertionError} if none does within 30 s. */
    public void awaitHanging() throws InterruptedException {
        if (!entered.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("no run hangs after " + PATIENCE.toSeconds() + " s");
        }
    }

    /** Lets runs that hang return, now and in future. Waits for those of {@link ManualScheduler#health}. */
    public void release() {
        released.countDown();
        if (mayHang.compareAndSet(true, false)) {
            CheckThreads.mayHang(false);
        }
        for (CheckThreads.Run run = hanging.poll(); run != null; run = hanging.poll()) {
            run.awaitEnd();
        }
    }

    /** Returns how many runs have begun. */
    public int runs() {
        return runs.get();
    }

    @Override
    public Outcome run() throws Exception {
        runs.incrementAndGet();
        return behavior.run();
    }
}
