package dev.vitals.health.testkit;

import dev.vitals.health.HealthCheck;
import dev.vitals.health.Outcome;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A check that does what the test orders: answers, throws, takes its time, flaps, or hangs until it is released.
 * Thread-safe; what is ordered holds for all runs that begin afterwards.
 */
public final class FaultyCheck implements HealthCheck {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final AtomicInteger runs = new AtomicInteger();
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile HealthCheck behavior = Outcome::ok;

    private FaultyCheck() {}

    /** Returns a check that is OK until something else is ordered. */
    public static FaultyCheck ok() {
        return new FaultyCheck();
    }

    /** Orders this outcome; null is a mistake that real checks make, and is passed on. */
    public FaultyCheck answer(Outcome outcome) {
        behavior = () -> outcome;
        return this;
    }

    /** Orders to throw this, which may be an {@code Error}. */
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

    /** Orders OK and ERROR in turn, beginning with OK. */
    public FaultyCheck flap() {
        AtomicInteger count = new AtomicInteger();
        behavior = () -> count.getAndIncrement() % 2 == 0 ? Outcome.ok() : Outcome.error("flapping on order");
        return this;
    }

    /** Orders to take that long by manual time, and then to be OK; the run moves the time itself. */
    public FaultyCheck slow(ManualScheduler time, Duration duration) {
        Objects.requireNonNull(duration, "duration");
        behavior = () -> {
            time.advance(duration);
            return Outcome.ok();
        };
        return this;
    }

    /**
     * Orders to hang, ignoring interrupts, until {@link #release}. Needs runs on threads of their own, not those of
     * {@link ManualScheduler#health}.
     */
    public FaultyCheck hang() {
        behavior = this::hangUntilReleased;
        return this;
    }

    private Outcome hangUntilReleased() {
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

    /** Waits until a run hangs; in vain for 30 s at most, which is an {@code AssertionError}. */
    public void awaitHanging() throws InterruptedException {
        if (!entered.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("no run hangs after " + PATIENCE);
        }
    }

    /** Lets hanging runs return, now and from now on. */
    public void release() {
        released.countDown();
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
