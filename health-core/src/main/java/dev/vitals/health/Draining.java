package dev.vitals.health;

import dev.vitals.health.internal.Require;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes this instance from rotation before it stops: {@code ready} fails, and the instance goes on serving until
 * probers know. Thread-safe; blocks nobody.
 */
public final class Draining {
    private static final Logger log = LoggerFactory.getLogger(Health.class);
    private static final int MAX_ANSWERS = 10_000;
    private static final long PROBED_NANOS = Duration.ofMinutes(5).toNanos();
    private static final Duration FIRST_PROBE = Duration.ofSeconds(1);
    static final Duration MAX_CAP = Duration.ofHours(1);

    private final Engine engine;
    private final List<Wait> waits = new CopyOnWriteArrayList<>();
    private volatile boolean closed;
    private volatile boolean probed;
    private volatile long probedNanos;

    /** Somebody waits until so many more failing answers were given. */
    private record Wait(AtomicInteger left, CompletableFuture<Boolean> confirmed) {}

    Draining(Engine engine) {
        this.engine = engine;
    }

    /**
     * Begins to drain: {@code ready} fails with {@code Retry-After}, everything else stays as it is. Ends by itself;
     * replaces an earlier drain.
     *
     * @param reason why, for people; 1 to 200 characters
     * @param by who asked for it; 1 to 200 characters
     * @param time how long at most, from 1 s to 1 day
     * @throws IllegalArgumentException if a value is out of its bounds
     */
    public Drain begin(String reason, String by, Duration time) {
        Drain drain = Drain.of(reason, by, time, engine.now(), engine.ages().nanoTime());
        engine.publisher().drain(drain);
        log.info("{}", drain);
        return drain;
    }

    /** Ends the drain; does nothing if there is none. */
    public void end() {
        engine.publisher().drain(null);
    }

    /** Returns the drain in force, if there is one. */
    public Optional<Drain> current() {
        return Optional.ofNullable(engine.publisher().current().drain());
    }

    /**
     * Waits until probers know; when the future completes, it is time to stop serving. It completes with true after so many
     * failing answers on {@code ready}. It completes with false if that did not happen, and requests may still arrive: when
     * the time is over, or already after a second if nobody asks for {@code ready} in it or has asked in the 5 minutes before:
     * then there is nobody to wait for, as in a test or a batch. It is false at once when the {@link Health} is closed.
     *
     * @param answers failing answers of {@code /_health/ready} from now on, from 1 to 10,000
     * @param cap how long at most, up to 1 hour
     * @throws IllegalArgumentException if a value is out of its bounds
     */
    public CompletableFuture<Boolean> confirmed(int answers, Duration cap) {
        Require.range("answers", answers, 1, MAX_ANSWERS);
        Require.range("cap", cap, Duration.ZERO, MAX_CAP);
        Wait wait = new Wait(new AtomicInteger(answers), new CompletableFuture<>());
        waits.add(wait);
        if (closed) {
            close();
        }
        Scheduler.Cancellation end =
                engine.scheduler().schedule(() -> wait.confirmed().complete(false), cap);
        Scheduler.Cancellation first = engine.scheduler().schedule(() -> leaveIfUnprobed(wait), FIRST_PROBE);
        return wait.confirmed().whenComplete((confirmed, failure) -> {
            waits.remove(wait);
            end.cancel();
            first.cancel();
        });
    }

    /** Lets all who wait go on: nothing counts answers or time any more. */
    void close() {
        closed = true;
        waits.forEach(wait -> wait.confirmed().complete(false));
    }

    private void leaveIfUnprobed(Wait wait) {
        if (!probed || engine.scheduler().nanoTime() - probedNanos > PROBED_NANOS) {
            wait.confirmed().complete(false);
        }
    }

    /** Notes one answer on {@code ready}, and counts it if it was a failing one. */
    void answeredReady(boolean failing) {
        probedNanos = engine.scheduler().nanoTime();
        probed = true;
        if (!failing) {
            return;
        }
        for (Wait wait : waits) {
            if (wait.left().decrementAndGet() <= 0) {
                wait.confirmed().complete(true);
            }
        }
    }
}
