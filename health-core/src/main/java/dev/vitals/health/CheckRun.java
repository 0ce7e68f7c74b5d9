package dev.vitals.health;

import dev.vitals.health.internal.DurationText;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of one check. It settles once, by its outcome or by its timeout, whichever comes first; and it returns once,
 * when the user's code has returned and its stage is complete, which may be much later or never.
 */
final class CheckRun {
    private static final Logger log = LoggerFactory.getLogger(Health.class);

    /** Each run goes through some of these, in this order; only OVERDUE and INTERRUPTING may alternate. */
    private enum Phase {
        /** Waits until fewer checks are running. */
        WAITING,
        /** Waits for a thread. */
        STARTING,
        /** Looks; its outcome will count. */
        RUNNING,
        /** Was settled by the timeout, and has not returned. */
        OVERDUE,
        /** Is overdue, and another thread interrupts it. */
        INTERRUPTING,
        /** Was settled by its outcome, has returned, or was given up before it began. */
        DONE
    }

    /** Is told once of each of the two, without any lock. */
    interface Owner {
        /** Returns whether the check was removed, or all is closed: then no run may begin any more. */
        boolean isClosed();

        void settled(Outcome outcome);

        void returned(boolean late);
    }

    private final CheckDefinition definition;
    private final Engine engine;
    private final FailureText failures;
    private final Owner owner;
    private final boolean inMemory;
    private final long startNanos;
    private final Instant startTime;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.WAITING);
    private final Settlement settlement = new Settlement();
    private final Runnable task = this::work;
    private volatile @Nullable Thread worker;
    private volatile @Nullable CompletionStage<Outcome> stage;
    private volatile @Nullable String hungAt;
    private volatile Scheduler.Cancellation deadline = () -> {};

    CheckRun(CheckDefinition definition, Engine engine, FailureText failures, Owner owner) {
        this.definition = definition;
        this.engine = engine;
        this.failures = failures;
        this.owner = owner;
        this.inMemory = definition.check() instanceof InMemoryCheck;
        this.startNanos = engine.scheduler().nanoTime();
        this.startTime = engine.now();
    }

    void start() {
        if (inMemory) {
            // Takes no thread, so it waits for none and needs no place.
            phase.set(Phase.STARTING);
            work();
            return;
        }
        deadline = engine.scheduler().schedule(this::expire, definition.timeout());
        engine.limiter().enter(this);
    }

    /** Called by the limiter once this run may work; it gives its place back when it settles. */
    void launch() {
        if (owner.isClosed() && phase.compareAndSet(Phase.WAITING, Phase.DONE)) {
            drop();
            return;
        }
        if (!phase.compareAndSet(Phase.WAITING, Phase.STARTING)) {
            // It expired while it waited.
            engine.limiter().leave();
            return;
        }
        try {
            engine.workers().execute(task);
        } catch (RuntimeException | Error refused) {
            // The executor may be the user's and full, or the machine may be out of threads.
            notStarted(refused);
        }
    }

    private void drop() {
        deadline.cancel();
        settlement.complete();
        leavePlace();
        owner.returned(false);
    }

    private void notStarted(Throwable refused) {
        if (phase.compareAndSet(Phase.STARTING, Phase.DONE)) {
            settle(failures.of("could not be started", refused), true);
        } else if (phase.get() == Phase.DONE) {
            // The executor runs tasks on this thread, so this comes from the engine after the check was over.
            log.error("check {}: its result could not be processed", definition.name(), refused);
            return;
        } else {
            endOverdue();
        }
        owner.returned(false);
    }

    private void work() {
        if (owner.isClosed() && phase.compareAndSet(Phase.STARTING, Phase.DONE)) {
            drop();
            return;
        }
        worker = Thread.currentThread();
        if (!phase.compareAndSet(Phase.STARTING, Phase.RUNNING)) {
            // It was given up, since no thread was free until its timeout.
            worker = null;
            return;
        }
        if (definition.check() instanceof AsyncCheck check) {
            await(check);
        } else {
            finish(call());
        }
    }

    // The one place where user code looks. Whatever it does becomes an outcome of this check alone. The outcome is
    // redacted here, before anybody can read it, in a report or in the log.
    private Outcome call() {
        try {
            return redacted(definition.check().run());
        } catch (RaisedOutcome raised) {
            return redacted(raised.outcome());
        } catch (Throwable t) {
            return failures.of("failed unexpectedly", t);
        }
    }

    @SuppressWarnings("ConstantValue") // users of unchecked code do return null
    private Outcome redacted(@Nullable Outcome outcome) {
        failures.forget();
        try {
            return outcome != null ? outcome.redacted() : Outcome.error("returned no outcome");
        } catch (RuntimeException | Error e) {
            return failures.of("returned an outcome that cannot be shown", e);
        }
    }

    /** Leaves the thread to others until the stage is complete. */
    private void await(AsyncCheck check) {
        CompletableFuture<Outcome> answer = new CompletableFuture<>();
        try {
            CompletionStage<Outcome> begun = check.start();
            stage = begun;
            begun.whenComplete((outcome, failure) -> {
                if (failure != null) {
                    answer.completeExceptionally(failure);
                } else {
                    answer.complete(outcome);
                }
            });
        } catch (Throwable t) {
            // The check and the stage are the user's code. A null stage ends here, too.
            answer.completeExceptionally(t);
        }
        leaveThread();
        if (phase.get() != Phase.RUNNING && definition.interruptOnTimeout()) {
            cancelStage();
        }
        // Of a stage that completes twice only the first answer counts.
        CompletableFuture<Void> unused = answer.handle((outcome, failure) -> {
            try {
                finish(failure == null ? redacted(outcome) : outcomeOf(failure));
            } catch (RuntimeException | Error e) {
                // The future would keep it to itself.
                log.error("check {}: its result could not be processed", definition.name(), e);
            }
            return null;
        });
    }

    private Outcome outcomeOf(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof RaisedOutcome raised) {
            return redacted(raised.outcome());
        }
        if (cause instanceof CancellationException && phase.get() != Phase.RUNNING) {
            return Outcome.error("cancelled");
        }
        return failures.of("failed unexpectedly", cause);
    }

    private void finish(Outcome outcome) {
        // The deadline may be over although nobody has noticed: the scheduler may be late, or dead.
        // What only reads memory is never late by itself, only together with the whole process.
        boolean unnoticed = !inMemory && isOverdue() && phase.compareAndSet(Phase.RUNNING, Phase.OVERDUE);
        boolean inTime = phase.compareAndSet(Phase.RUNNING, Phase.DONE);
        try {
            if (inTime) {
                settle(outcome, true);
            } else {
                if (unnoticed) {
                    settle(Outcome.error("no answer within " + limit()), true);
                }
                String time = DurationText.inWords(elapsed());
                log.info("check {} returned after {}, too late: {}", definition.name(), time, outcome);
            }
        } finally {
            if (!inTime) {
                endOverdue();
            }
            owner.returned(!inTime);
        }
    }

    private void endOverdue() {
        leaveThread();
        Phase now = phase.get();
        while (now == Phase.INTERRUPTING || (now == Phase.OVERDUE && !phase.compareAndSet(now, Phase.DONE))) {
            Thread.onSpinWait();
            now = phase.get();
        }
    }

    // An interrupt must not hit the next task of a pooled thread: wait for one in progress, then clear it.
    private void leaveThread() {
        boolean mine = worker == Thread.currentThread();
        worker = null;
        while (phase.get() == Phase.INTERRUPTING) {
            Thread.onSpinWait();
        }
        if (mine && definition.interruptOnTimeout()) {
            Thread.interrupted();
        }
    }

    /** Settles the run by its timeout unless it has settled; called by the scheduler or by somebody who waits. */
    void expire() {
        if (phase.compareAndSet(Phase.WAITING, Phase.DONE)) {
            settle(Outcome.error("not started within " + limit() + ": too many checks are running"), false);
            owner.returned(false);
            return;
        }
        if (phase.compareAndSet(Phase.STARTING, Phase.DONE)) {
            // The executor may have dropped the task without a word, so the check must not wait for it.
            engine.workers().takeBack(task);
            settle(Outcome.error("not started within " + limit() + ": no thread was free"), true);
            owner.returned(false);
            return;
        }
        String place = "since " + startTime.truncatedTo(ChronoUnit.MILLIS) + ", " + place();
        hungAt = place;
        if (phase.compareAndSet(Phase.RUNNING, Phase.OVERDUE)) {
            settle(overdue("no answer within " + limit()), true);
            log.warn("check {} hangs {}", definition.name(), place);
            if (definition.interruptOnTimeout()) {
                interrupt();
                cancelStage();
            }
        }
    }

    private String limit() {
        return DurationText.inWords(definition.timeout());
    }

    private String place() {
        return stage != null ? "waiting for its stage to complete" : HungStack.of(worker, definition.check());
    }

    private void interrupt() {
        // The worker waits until this is over, so that the interrupt hits nothing but this check.
        if (phase.compareAndSet(Phase.OVERDUE, Phase.INTERRUPTING)) {
            Thread thread = worker;
            if (thread != null) {
                thread.interrupt();
            }
            phase.set(Phase.OVERDUE);
        }
    }

    private void cancelStage() {
        CompletionStage<Outcome> pending = stage;
        if (pending == null) {
            return;
        }
        try {
            // On a worker, because the stage's dependents may do anything.
            engine.workers().execute(() -> pending.toCompletableFuture().cancel(true));
        } catch (RuntimeException | Error refused) {
            log.warn("check {}: its stage could not be cancelled", definition.name(), refused);
        }
    }

    /** Counts one more ERROR for a run that has overrun its timeout and has not returned. */
    void countAsHung() {
        String message = "still running after " + DurationText.inWords(elapsed());
        engine.publisher().record(definition, overdue(message), elapsed());
    }

    private Outcome overdue(String message) {
        String place = hungAt;
        return place == null ? Outcome.error(message) : Outcome.error(message).detail("hangs " + place);
    }

    /** Returns whether its outcome may still count. */
    boolean isUndecided() {
        Phase now = phase.get();
        return now == Phase.WAITING || now == Phase.STARTING || now == Phase.RUNNING;
    }

    /** Returns whether its timeout is over. */
    boolean isOverdue() {
        return elapsed().compareTo(definition.timeout()) >= 0;
    }

    /** Returns whether it was settled by its timeout, and has not returned. */
    boolean hasExpired() {
        Phase now = phase.get();
        return (now == Phase.OVERDUE || now == Phase.INTERRUPTING) && settlement.isComplete();
    }

    private void settle(Outcome outcome, boolean launched) {
        deadline.cancel();
        try {
            engine.publisher().record(definition, outcome, elapsed());
        } finally {
            settlement.complete();
            if (launched) {
                leavePlace();
            }
        }
        log.debug("check {}: {}", definition.name(), outcome);
        owner.settled(outcome);
    }

    private void leavePlace() {
        if (!inMemory) {
            engine.limiter().leave();
        }
    }

    /** Waits until the run has settled, at most until its timeout; then settles it, should the scheduler be dead. */
    void awaitSettled() {
        settlement.await(leftNanos(), this::expire);
    }

    /** Completes once the run has settled, at its timeout at the latest; settles it then, should the scheduler be dead. */
    CompletableFuture<Void> whenSettled() {
        return settlement.future(leftNanos(), this::expire);
    }

    private long leftNanos() {
        return Math.max(0, definition.timeout().minus(elapsed()).toNanos());
    }

    private Duration elapsed() {
        return Duration.ofNanos(engine.scheduler().nanoTime() - startNanos);
    }
}
