package dev.vitals.health;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Starts the runs of one check: in the background on its grid, or when somebody asks. Thread-safe. */
final class CheckRunner implements CheckRun.Owner {
    private static final long MIN_GAP_NANOS = Duration.ofSeconds(1).toNanos();

    private final CheckDefinition definition;
    private final Engine engine;
    private final int number;
    private final FailureText failures;
    private final SingleFlight flight;

    // Guards all fields below; only assignments happen while it is held.
    private final ReentrantLock lock = new ReentrantLock();
    private Scheduler.@Nullable Cancellation planned;
    private long planNumber;
    private boolean closed;
    private boolean failing;
    private long grid;

    CheckRunner(CheckDefinition definition, Engine engine, int number) {
        this.definition = definition;
        this.engine = engine;
        this.number = number;
        this.failures = new FailureText(definition.name());
        this.flight = new SingleFlight(definition.interval(), engine.scheduler().nanoTime());
    }

    CheckDefinition definition() {
        return definition;
    }

    /** Plans the first start; an on-request check waits for its first request instead. */
    void begin() {
        if (definition.onRequest()) {
            return;
        }
        Duration delay = StartOffsets.firstDelay(definition, number);
        long first = engine.scheduler().nanoTime() + delay.toNanos();
        moveGrid(first + StartOffsets.offsetNanos(definition.interval(), number));
        plan(delay);
    }

    /** Starts a run as soon as possible instead of at the next place on the grid. */
    void soon() {
        if (!definition.onRequest()) {
            plan(Duration.ZERO);
        }
    }

    void close() {
        flight.close();
        Scheduler.Cancellation outdated;
        lock.lock();
        try {
            closed = true;
            outdated = planned;
        } finally {
            lock.unlock();
        }
        if (outdated != null) {
            outdated.cancel();
        }
    }

    private void tick(long plan) {
        if (!isCurrent(plan)) {
            return;
        }
        try {
            String cause = Dependencies.causeOf(definition, engine.publisher().current());
            if (cause != null) {
                engine.publisher().block(definition, cause);
            } else {
                startOrCount();
            }
        } finally {
            // The schedule goes on, whatever failed above.
            planNext();
        }
    }

    private void startOrCount() {
        if (start(0) != null) {
            return;
        }
        CheckRun hung = flight.running();
        if (hung == null || !hung.isOverdue()) {
            return;
        }
        if (hung.hasExpired()) {
            hung.countAsHung();
        } else {
            hung.expire();
        }
    }

    private void planNext() {
        long now = engine.scheduler().nanoTime();
        double random = engine.jitter() * ThreadLocalRandom.current().nextDouble();
        long due = now + untilNext(now) + (long) (random * definition.interval().toNanos());
        plan(Duration.ofNanos(StartOffsets.onTick(due, definition.shortestInterval()) - now));
    }

    private void plan(Duration delay) {
        long mine;
        lock.lock();
        try {
            mine = ++planNumber;
        } finally {
            lock.unlock();
        }
        Scheduler.Cancellation next = engine.scheduler().schedule(() -> tick(mine), delay);
        Scheduler.Cancellation outdated = next;
        lock.lock();
        try {
            if (!closed && planNumber == mine) {
                outdated = planned;
                planned = next;
            }
        } finally {
            lock.unlock();
        }
        if (outdated != null) {
            outdated.cancel();
        }
    }

    /**
     * Returns the run to wait for: one that this call starts, or the one in flight. Returns null if there is neither: the
     * last run began less than a second ago, or the check is blocked, or it rests because it hung.
     */
    @Nullable
    CheckRun request() {
        String cause = Dependencies.causeOf(definition, engine.publisher().current());
        if (cause != null) {
            engine.publisher().block(definition, cause);
            return null;
        }
        CheckRun mine = start(MIN_GAP_NANOS);
        return mine != null ? mine : flight.running();
    }

    private @Nullable CheckRun start(long minGapNanos) {
        CheckRun run = new CheckRun(definition, engine, failures, this);
        if (!flight.begin(run, engine.scheduler().nanoTime(), minGapNanos)) {
            return null;
        }
        run.start();
        return run;
    }

    /** While the check fails it may have to run more often than its grid says: then the planned start is too late. */
    @Override
    public void settled(Outcome outcome) {
        boolean fails = outcome.code() != Outcome.Code.OK;
        setFailing(fails);
        boolean sooner = definition.failingInterval().compareTo(definition.interval()) < 0;
        if (fails && sooner && !definition.onRequest()) {
            plan(definition.failingInterval());
        }
    }

    @Override
    public void returned(boolean hung) {
        flight.end(hung, engine.scheduler().nanoTime());
    }

    private void setFailing(boolean value) {
        lock.lock();
        try {
            failing = value;
        } finally {
            lock.unlock();
        }
    }

    private long untilNext(long now) {
        lock.lock();
        try {
            grid = now - grid < 0 ? grid : StartOffsets.nextPlace(grid, now, definition.interval());
            long left = grid - now;
            return failing ? Math.min(left, definition.failingInterval().toNanos()) : left;
        } finally {
            lock.unlock();
        }
    }

    private void moveGrid(long place) {
        lock.lock();
        try {
            grid = place;
        } finally {
            lock.unlock();
        }
    }

    private boolean isCurrent(long plan) {
        lock.lock();
        try {
            return !closed && plan == planNumber;
        } finally {
            lock.unlock();
        }
    }
}
