package dev.vitals.health;

import dev.vitals.health.internal.DurationText;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of one check. It settles once, by its outcome or by its timeout, whichever is first; and it comes back once,
 * when the user's code has returned, which may be much later or never.
 */
final class CheckRun {
    private static final Logger log = LoggerFactory.getLogger(Health.class);

    private enum Phase {
        WAITING,
        EXPIRED,
        LAUNCHED,
        WORKING,
        INTERRUPTING,
        BACK
    }

    /** Who wants to know; called once for each of the two, without any lock. */
    interface Owner {
        void settled(Outcome outcome);

        void back(boolean hung);
    }

    private final CheckDefinition definition;
    private final Engine engine;
    private final FailureText failures;
    private final Owner owner;
    private final long startNanos;
    private final Instant startTime;
    private final AtomicBoolean settled = new AtomicBoolean();
    private final CompletableFuture<Void> recorded = new CompletableFuture<>();
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.WAITING);
    private volatile @Nullable Thread worker;
    private volatile @Nullable String hungAt;
    private volatile boolean expired;
    private volatile Scheduler.Cancellation deadline = () -> {};

    CheckRun(CheckDefinition definition, Engine engine, FailureText failures, Owner owner) {
        this.definition = definition;
        this.engine = engine;
        this.failures = failures;
        this.owner = owner;
        this.startNanos = engine.scheduler().nanoTime();
        this.startTime = engine.now();
    }

    void start() {
        deadline = engine.scheduler().schedule(this::expire, definition.timeout());
        engine.gate().enter(this);
    }

    /** Called by the gate once there is a place for this run; it gives the place back when it settles. */
    void launch() {
        if (!phase.compareAndSet(Phase.WAITING, Phase.LAUNCHED)) {
            // Its time was over while it waited.
            engine.gate().leave();
            return;
        }
        if (definition.check() instanceof InMemoryCheck) {
            work();
            return;
        }
        try {
            engine.workers().execute(this::work);
        } catch (RuntimeException | Error refused) {
            // The executor may be the user's and full, or the machine may be out of threads.
            phase.set(Phase.BACK);
            settle(failures.of("could not be started", refused).redacted());
            owner.back(false);
        }
    }

    private void work() {
        if (settled.get()) {
            // No thread was free until its time was over: nobody waits for it any more.
            phase.set(Phase.BACK);
            owner.back(false);
            return;
        }
        worker = Thread.currentThread();
        phase.set(Phase.WORKING);
        boolean inTime = false;
        try {
            // Redacted here, before anybody can read it, in a report or in the log.
            Outcome outcome = call().redacted();
            inTime = settle(outcome);
            if (!inTime) {
                log.info(
                        "check {} came back after {}: {}", definition.name(), DurationText.inWords(elapsed()), outcome);
            }
        } finally {
            comeBack();
            owner.back(!inTime);
        }
    }

    // The one place where user code runs. Everything that it can do ends as an outcome of this one check.
    @SuppressWarnings("ConstantValue") // users of unchecked code do return null
    private Outcome call() {
        try {
            Outcome outcome = definition.check().run();
            failures.forget();
            return outcome != null ? outcome : Outcome.error("returned no outcome");
        } catch (RaisedOutcome raised) {
            failures.forget();
            return raised.outcome();
        } catch (Throwable t) {
            return failures.of("failed unexpectedly", t);
        }
    }

    /** Settles the run as overdue unless it has settled; called at the timeout, by the scheduler or by a waiter. */
    void expire() {
        String time = DurationText.inWords(definition.timeout());
        if (phase.compareAndSet(Phase.WAITING, Phase.EXPIRED)) {
            settle(Outcome.error("not started within " + time + ": too many checks are running"));
            owner.back(false);
            return;
        }
        String place = "since " + startTime + ", " + HungStack.of(worker, definition.check());
        hungAt = place;
        if (settle(overdue("no answer within " + time))) {
            expired = true;
            log.warn("check {} hangs {}", definition.name(), place);
            if (definition.interruptOnTimeout()) {
                interrupt();
            }
        }
    }

    /** Counts one more ERROR for a run that has overrun its timeout and still is not back. */
    void countAsHung() {
        engine.board()
                .record(definition, overdue("still running after " + DurationText.inWords(elapsed())), startNanos);
    }

    private Outcome overdue(String message) {
        String place = hungAt;
        return place == null ? Outcome.error(message) : Outcome.error(message).detail("hangs " + place);
    }

    boolean isOverdue() {
        return elapsed().compareTo(definition.timeout()) >= 0;
    }

    /** Returns whether it has settled by its timeout. */
    boolean hasExpired() {
        return expired;
    }

    private boolean settle(Outcome outcome) {
        if (!settled.compareAndSet(false, true)) {
            return false;
        }
        deadline.cancel();
        try {
            engine.board().record(definition, outcome, startNanos);
        } finally {
            recorded.complete(null);
            if (phase.get() != Phase.EXPIRED) {
                engine.gate().leave();
            }
        }
        log.debug("check {}: {}", definition.name(), outcome);
        owner.settled(outcome);
        return true;
    }

    /** Waits until the run has settled, at most until its timeout; then settles it, should the scheduler be dead. */
    void await() {
        try {
            recorded.get(leftNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            expiry().join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException impossible) {
            throw new AssertionError("completed without exceptions only", impossible);
        }
    }

    /** Completes once the run has settled, at its timeout at the latest; settles it then, should the scheduler be dead. */
    CompletableFuture<Void> end() {
        return recorded.copy().orTimeout(leftNanos(), TimeUnit.NANOSECONDS).exceptionallyCompose(late -> expiry());
    }

    // Somebody else may have settled it at the same moment, most likely the scheduler: then its result is about to be
    // seen.
    private CompletableFuture<Void> expiry() {
        expire();
        return recorded;
    }

    private long leftNanos() {
        return Math.max(0, definition.timeout().minus(elapsed()).toNanos());
    }

    private Duration elapsed() {
        return Duration.ofNanos(engine.scheduler().nanoTime() - startNanos);
    }

    private void interrupt() {
        Thread thread = worker;
        if (thread != null && phase.compareAndSet(Phase.WORKING, Phase.INTERRUPTING)) {
            thread.interrupt();
            phase.set(Phase.BACK);
        }
    }

    // The interrupt must not hit the next task of a pooled thread: wait for one under way, then clear it.
    private void comeBack() {
        if (!phase.compareAndSet(Phase.WORKING, Phase.BACK)) {
            while (phase.get() == Phase.INTERRUPTING) {
                Thread.onSpinWait();
            }
        }
        if (definition.interruptOnTimeout()) {
            Thread.interrupted();
        }
    }
}
