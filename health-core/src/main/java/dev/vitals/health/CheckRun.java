package dev.vitals.health;

import java.time.Duration;
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
    private static final Logger log = LoggerFactory.getLogger(CheckRun.class);

    private enum Phase {
        WAITING,
        WORKING,
        INTERRUPTING,
        BACK
    }

    private final CheckDefinition definition;
    private final Engine engine;
    private final FailureText failures;
    private final Runnable whenBack;
    private final long startNanos;
    private final AtomicBoolean settled = new AtomicBoolean();
    private final CompletableFuture<Void> recorded = new CompletableFuture<>();
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.WAITING);
    private volatile @Nullable Thread worker;

    CheckRun(CheckDefinition definition, Engine engine, FailureText failures, Runnable whenBack) {
        this.definition = definition;
        this.engine = engine;
        this.failures = failures;
        this.whenBack = whenBack;
        this.startNanos = engine.scheduler().nanoTime();
    }

    void start() {
        Scheduler.Cancellation deadline = engine.scheduler().schedule(this::expire, definition.timeout());
        try {
            engine.workers().execute(() -> work(deadline));
        } catch (RuntimeException | Error refused) {
            // The executor may be the user's and full, or the machine may be out of threads.
            deadline.cancel();
            settle(failures.of("could not be started", refused));
            whenBack.run();
        }
    }

    private void work(Scheduler.Cancellation deadline) {
        worker = Thread.currentThread();
        phase.set(Phase.WORKING);
        try {
            // Redacted here, before anybody can read it, in a report or in the log.
            Outcome outcome = call().redacted();
            deadline.cancel();
            if (!settle(outcome)) {
                log.debug("check {} came back after {}: {}", definition.name(), elapsed(), outcome);
            }
        } finally {
            comeBack();
            whenBack.run();
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
        if (!settle(Outcome.error("no answer within " + inWords(definition.timeout())))) {
            return;
        }
        if (definition.interruptOnTimeout()) {
            interrupt();
        }
    }

    /** Counts one more ERROR for a run that has overrun its timeout and still is not back. */
    void countAsHung() {
        engine.board().record(definition, Outcome.error("still running after " + inWords(elapsed())), startNanos);
    }

    boolean overdue() {
        return elapsed().compareTo(definition.timeout()) >= 0;
    }

    boolean settled() {
        return settled.get();
    }

    private boolean settle(Outcome outcome) {
        if (!settled.compareAndSet(false, true)) {
            return false;
        }
        try {
            engine.board().record(definition, outcome, startNanos);
        } finally {
            recorded.complete(null);
        }
        log.debug("check {}: {}", definition.name(), outcome);
        return true;
    }

    /** Waits until the run has settled, at most until its timeout; then settles it, should the scheduler be dead. */
    void await() {
        long left = definition.timeout().minus(elapsed()).toNanos();
        try {
            recorded.get(Math.max(left, 0), TimeUnit.NANOSECONDS);
        } catch (TimeoutException overdue) {
            expire();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException impossible) {
            throw new AssertionError("completed without exceptions only", impossible);
        }
    }

    private Duration elapsed() {
        return Duration.ofNanos(engine.scheduler().nanoTime() - startNanos);
    }

    private static String inWords(Duration duration) {
        return duration.toMillis() < 10_000 ? duration.toMillis() + " ms" : duration.toSeconds() + " s";
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
