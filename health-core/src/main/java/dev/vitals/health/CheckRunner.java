package dev.vitals.health;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Starts the runs of one check: in the background on its grid, or when somebody asks; never two at once. */
final class CheckRunner implements CheckRun.Owner {
    private static final long MIN_GAP_NANOS = Duration.ofSeconds(1).toNanos();
    private static final Duration MAX_BACK_OFF = Duration.ofMinutes(5);
    private static final int MAX_DOUBLINGS = 10;

    private final CheckDefinition definition;
    private final Engine engine;
    private final int number;
    private final FailureText failures;

    // Guards all fields below it; nothing but assignments run while it is held.
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable CheckRun running;
    private Scheduler.@Nullable Cancellation planned;
    private long planNumber;
    private boolean closed;
    private boolean started;
    private long lastStartNanos;
    private long notBeforeNanos;
    private int hungInARow;
    private boolean failing;
    private long grid;

    CheckRunner(CheckDefinition definition, Engine engine, int number) {
        this.definition = definition;
        this.engine = engine;
        this.number = number;
        this.failures = new FailureText(definition.name());
        this.notBeforeNanos = engine.scheduler().nanoTime();
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

    /** Starts as soon as possible instead of at the next place on the grid. */
    void soon() {
        if (!definition.onRequest()) {
            plan(Duration.ZERO);
        }
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

    private void tick(long plan) {
        if (!isCurrent(plan)) {
            return;
        }
        try {
            String cause = Dependencies.causeOf(definition, engine.board().current());
            if (cause != null) {
                engine.board().block(definition, cause);
            } else {
                startOrCount();
            }
        } finally {
            // Whatever went wrong above, the schedule goes on.
            planNext();
        }
    }

    private void startOrCount() {
        CheckRun run = start(0);
        if (run != null) {
            run.start();
            return;
        }
        CheckRun hung = current();
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
     * Returns the run to wait for, started by this call or earlier; null if there is none to be had: the last one began
     * less than a second ago, or the check is blocked, or it hung and is left alone for a while.
     */
    @Nullable
    CheckRun request() {
        String cause = Dependencies.causeOf(definition, engine.board().current());
        if (cause != null) {
            engine.board().block(definition, cause);
            return null;
        }
        CheckRun mine = start(MIN_GAP_NANOS);
        if (mine != null) {
            mine.start();
            return mine;
        }
        return current();
    }

    private @Nullable CheckRun start(long minGapNanos) {
        long now = engine.scheduler().nanoTime();
        CheckRun run = new CheckRun(definition, engine, failures, this);
        lock.lock();
        try {
            boolean tooSoon = now - notBeforeNanos < 0 || (started && now - lastStartNanos < minGapNanos);
            if (closed || running != null || tooSoon) {
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

    /** While the check fails it may be wanted more often than its grid says: then what is planned is too late. */
    @Override
    public void settled(Outcome outcome) {
        boolean fails = outcome.code() != Outcome.Code.OK;
        setFailing(fails);
        boolean sooner = definition.failingInterval().compareTo(definition.interval()) < 0;
        if (fails && sooner && !definition.onRequest()) {
            plan(definition.failingInterval());
        }
    }

    private void setFailing(boolean value) {
        lock.lock();
        try {
            failing = value;
        } finally {
            lock.unlock();
        }
    }

    /** A check that hung is left alone for a while, the longer the more often it hung in a row. */
    @Override
    public void back(boolean hung) {
        long now = engine.scheduler().nanoTime();
        lock.lock();
        try {
            running = null;
            hungInARow = hung ? Math.min(hungInARow + 1, MAX_DOUBLINGS) : 0;
            notBeforeNanos = now + backOffNanos(hungInARow);
        } finally {
            lock.unlock();
        }
    }

    private long backOffNanos(int hangs) {
        if (hangs == 0) {
            return 0;
        }
        long doubled = definition.interval().toNanos() << (hangs - 1);
        return Math.min(
                doubled, Math.max(MAX_BACK_OFF.toNanos(), definition.interval().toNanos()));
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

    private @Nullable CheckRun current() {
        lock.lock();
        try {
            return running;
        } finally {
            lock.unlock();
        }
    }
}
