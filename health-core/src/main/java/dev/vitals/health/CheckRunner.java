package dev.vitals.health;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Starts the runs of one check: in the background on its grid, or when somebody asks; never two at once. */
final class CheckRunner {
    private static final long MIN_GAP_NANOS = Duration.ofSeconds(1).toNanos();

    private final CheckDefinition definition;
    private final Engine engine;
    private final int number;
    private final FailureText failures;

    // Guards the five fields below it; nothing but assignments run while it is held.
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable CheckRun running;
    private Scheduler.@Nullable Cancellation planned;
    private boolean closed;
    private boolean started;
    private long lastStartNanos;

    private long grid;

    CheckRunner(CheckDefinition definition, Engine engine, int number) {
        this.definition = definition;
        this.engine = engine;
        this.number = number;
        this.failures = new FailureText(definition.name());
    }

    CheckDefinition definition() {
        return definition;
    }

    /** Plans the first start; an on-request check waits for its first request instead. */
    void begin() {
        if (definition.onRequest()) {
            return;
        }
        Duration delay = Spread.firstDelay(definition, number);
        Duration interval = definition.interval();
        grid = engine.scheduler().nanoTime() + delay.toNanos() + Spread.offsetNanos(interval, number);
        plan(delay);
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            if (planned != null) {
                planned.cancel();
            }
        } finally {
            lock.unlock();
        }
    }

    private void tick() {
        try {
            CheckRun run = start(0);
            if (run != null) {
                run.start();
            } else {
                countHung();
            }
        } finally {
            // Whatever went wrong above, the schedule goes on.
            planNext();
        }
    }

    private void countHung() {
        CheckRun run = current();
        if (run == null || !run.overdue()) {
            return;
        }
        if (run.settled()) {
            run.countAsHung();
        } else {
            run.expire();
        }
    }

    private void planNext() {
        long now = engine.scheduler().nanoTime();
        long place = now < grid ? grid : Spread.nextPlace(grid, now, definition.interval());
        grid = place;
        double random = engine.jitter() * ThreadLocalRandom.current().nextDouble();
        plan(Duration.ofNanos(
                place - now + (long) (random * definition.interval().toNanos())));
    }

    private void plan(Duration delay) {
        Scheduler.Cancellation next = engine.scheduler().schedule(this::tick, delay);
        lock.lock();
        try {
            planned = next;
            if (!closed) {
                return;
            }
        } finally {
            lock.unlock();
        }
        next.cancel();
    }

    /**
     * Returns the run to wait for, started by this call or earlier; null if the last one has begun less than a second
     * ago and is over, so that its result is as fresh as anybody may ask for.
     */
    @Nullable
    CheckRun request() {
        CheckRun mine = start(MIN_GAP_NANOS);
        if (mine != null) {
            mine.start();
            return mine;
        }
        return current();
    }

    private @Nullable CheckRun start(long minGapNanos) {
        long now = engine.scheduler().nanoTime();
        CheckRun run = new CheckRun(definition, engine, failures, this::cameBack);
        lock.lock();
        try {
            if (closed || running != null || (started && now - lastStartNanos < minGapNanos)) {
                return null;
            }
            started = true;
            lastStartNanos = now;
            running = run;
            return run;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable CheckRun current() {
        lock.lock();
        try {
            return running;
        } finally {
            lock.unlock();
        }
    }

    private void cameBack() {
        lock.lock();
        try {
            running = null;
        } finally {
            lock.unlock();
        }
    }
}
