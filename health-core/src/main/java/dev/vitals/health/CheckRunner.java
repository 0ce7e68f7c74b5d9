package dev.vitals.health;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the runs of one check: in the background on its grid, or when somebody asks. Thread-safe. */
final class CheckRunner implements CheckRun.Owner {
    private static final Logger log = LoggerFactory.getLogger(Health.class);
    private static final long MIN_GAP_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long FIRST_RETRY_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int MAX_DOUBLINGS = 20;

    private final CheckDefinition definition;
    private final Engine engine;
    private final int number;
    private final FailureText failures;
    private final SingleFlight flight;

    // Guards all fields below; only assignments happen while it is held.
    private final ReentrantLock lock = new ReentrantLock();
    private Scheduler.@Nullable Cancellation planned;
    private long plannedNanos;
    private long planNumber;
    private boolean closed;
    private boolean failing;
    private boolean passed;
    private int failuresBeforeFirstPass;
    private long grid;

    CheckRunner(CheckDefinition definition, Engine engine, int number) {
        this.definition = definition;
        this.engine = engine;
        this.number = number;
        this.failures = new FailureText(definition.name());
        this.flight = new SingleFlight(
                definition.interval(), definition.timeout(), engine.scheduler().nanoTime());
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
        // First, so that the schedule goes on whatever fails below, and a result knows when the next one is due.
        planNext();
        String cause = Dependencies.causeOf(definition, engine.publisher().current());
        if (cause != null) {
            engine.publisher().block(definition, cause);
        } else {
            startOrCount();
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
        long due = now + untilNext(now) + (long) (random * stepNanos());
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
        long due = engine.scheduler().nanoTime() + delay.toNanos();
        Scheduler.Cancellation next = engine.scheduler().schedule(() -> tick(mine), delay);
        Scheduler.Cancellation outdated = next;
        lock.lock();
        try {
            if (!closed && planNumber == mine) {
                outdated = planned;
                planned = next;
                plannedNanos = due;
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

    /** Returns when the result may change, in the time of the age clock: now while a run may still bring another. */
    long nextChangeNanos(long now) {
        CheckRun current = flight.running();
        if (current != null && current.isUndecided()) {
            return now;
        }
        lock.lock();
        try {
            return planned == null || closed ? now : engine.ages().of(plannedNanos);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** While the check fails it may have to run more often than its grid says: then the planned start is too late. */
    @Override
    public void settled(Outcome outcome) {
        CheckRun run = flight.running();
        boolean hangs = run != null && run.hasExpired();
        replanIf(note(outcome.code(), hangs));
        logFirstFailure(outcome);
    }

    private void replanIf(boolean outdated) {
        if (outdated && !definition.onRequest()) {
            planNext();
        }
    }

    // A change of state is logged by itself, but below the threshold there is none.
    private void logFirstFailure(Outcome outcome) {
        if (failuresSoFar() != 1 || failures.described()) {
            return;
        }
        CheckResult result = engine.publisher().current().result(definition.name());
        if (result != null && result.state() == State.UNKNOWN) {
            log.warn("check {} fails since its start: {}", definition.name(), outcome);
        }
    }

    @Override
    public void returned(boolean late) {
        flight.end(late, engine.scheduler().nanoTime());
        replanIf(late && note(Outcome.Code.ERROR, false));
    }

    /** Notes how a run ended, or that it hangs; returns whether the planned start is out of date. */
    private boolean note(Outcome.Code code, boolean hangs) {
        lock.lock();
        try {
            long before = stepNanos();
            failing = code != Outcome.Code.OK;
            passed = passed || code != Outcome.Code.ERROR;
            if (!passed && !hangs) {
                failuresBeforeFirstPass++;
            }
            return before != stepNanos();
        } finally {
            lock.unlock();
        }
    }

    private int failuresSoFar() {
        lock.lock();
        try {
            return passed ? 0 : failuresBeforeFirstPass;
        } finally {
            lock.unlock();
        }
    }

    private long untilNext(long now) {
        lock.lock();
        try {
            grid = now - grid < 0 ? grid : StartOffsets.nextPlace(grid, now, definition.interval());
            return Math.min(grid - now, stepNanos());
        } finally {
            lock.unlock();
        }
    }

    /** Returns the longest time to the next start: what has never passed is tried again soon, since it may be starting. */
    private long stepNanos() {
        lock.lock();
        try {
            long usual = (failing ? definition.failingInterval() : definition.interval()).toNanos();
            if (passed || failuresBeforeFirstPass == 0) {
                return usual;
            }
            long retry = FIRST_RETRY_NANOS << Math.min(failuresBeforeFirstPass - 1, MAX_DOUBLINGS);
            return Math.min(usual, retry);
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
