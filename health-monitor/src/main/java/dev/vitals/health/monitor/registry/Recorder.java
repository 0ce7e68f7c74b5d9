package dev.vitals.health.monitor.registry;

import dev.vitals.health.internal.DurationText;
import dev.vitals.health.internal.Threads;
import dev.vitals.health.monitor.history.HistoryRecorder;
import dev.vitals.health.monitor.model.Moment;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.WatchedTarget;
import dev.vitals.health.monitor.store.Batch;
import dev.vitals.health.monitor.store.Database;
import dev.vitals.health.monitor.store.FailureLog;
import dev.vitals.health.monitor.store.TargetStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that changes targets and states: it takes results and edits from a queue, judges them, writes them in one
 * transaction, and then shows them and tells the listeners. While the store fails, it refuses edits and keeps results.
 */
final class Recorder implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Recorder.class);
    private static final int CAPACITY = 65_536;
    private static final int MAX_BATCH = 2_000;
    private static final Duration RETRY = Duration.ofSeconds(1);
    // Results wait this long for others: a commit costs as much as dozens of them.
    private static final Duration GATHER = Duration.ofMillis(100);
    // Until then, what has arrived is on its way.
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(10);

    private final FailureLog failures = new FailureLog(log, "the storing of states");
    private final BlockingQueue<Command> queue = new LinkedBlockingQueue<>(CAPACITY);
    private final Semaphore urgent = new Semaphore(0);
    private final AtomicBoolean overflowed = new AtomicBoolean();
    private final AtomicBoolean dropped = new AtomicBoolean();
    private final Table table;
    private final TargetStore store;
    private final HistoryRecorder history;
    private final Supplier<Moment> clock;
    private final UncommittedStates uncommitted;
    private AlertPlanner alerts = AlertPlanner.NONE;
    private List<RegistryListener> listeners = List.of();
    private boolean more;
    // Results were dropped after those that wait in the queue.
    private boolean gapAhead;
    private volatile boolean closed;
    private volatile @Nullable Thread thread;
    // The oldest command of those that are being processed.
    private volatile @Nullable Command working;
    // Why the latest write failed; null if it did not.
    private volatile @Nullable String failure;

    private sealed interface Command permits Result, Edit {
        /** Returns when the command arrived; for a result, that is when the poll ended. */
        Moment arrived();
    }

    private record Result(Target polled, PollResult result, Moment arrived, Moment seen) implements Command {}

    private record Edit<T>(Function<RegistryTransaction, T> change, CompletableFuture<T> promise, Moment arrived)
            implements Command {
        /** Runs the edit; returns what completes its promise after the commit. */
        Runnable apply(RegistryTransaction transaction) {
            try {
                T answer = change.apply(transaction);
                return () -> promise.complete(answer);
            } catch (ConflictException refused) {
                return () -> promise.completeExceptionally(refused);
            }
        }
    }

    Recorder(Table table, TargetStore store, HistoryRecorder history, Supplier<Moment> clock) {
        this.table = table;
        this.store = store;
        this.history = history;
        this.clock = clock;
        this.uncommitted = new UncommittedStates(
                table, history, new SeenJournal(store.lastSeen().lastId(), clock.get()));
    }

    void start(AlertPlanner planner, List<RegistryListener> all) {
        alerts = planner;
        listeners = all;
        thread = Threads.daemon("monitor-recorder-").newThread(this::run);
        thread.start();
    }

    <T> CompletableFuture<T> edit(Function<RegistryTransaction, T> change) {
        CompletableFuture<T> promise = new CompletableFuture<>();
        if (closed || !queue.offer(new Edit<>(change, promise, clock.get()))) {
            promise.completeExceptionally(new IllegalStateException(closed ? "closed" : "the queue is full"));
        }
        urgent.release();
        return promise;
    }

    /** Takes a result that says how the target was at the moment {@code seen}. */
    void record(Target polled, PollResult result, Moment seen) {
        if (queue.offer(new Result(polled, result, clock.get(), seen))) {
            if (queue.size() >= MAX_BATCH) {
                urgent.release();
            }
            return;
        }
        dropped.set(true);
        if (overflowed.compareAndSet(false, true)) {
            log.warn("{} results wait to be stored; further results are dropped until there is room", CAPACITY);
        }
    }

    /** Returns why the store refused the latest write; null if it did not. */
    @Nullable
    String failure() {
        return failure;
    }

    /** Returns whether the thread is gone, although it was not told to stop. */
    boolean died() {
        Thread started = thread;
        return started != null && !closed && !started.isAlive();
    }

    /** Returns for how long the oldest of what has arrived has waited; zero if nothing waits. */
    Duration waiting() {
        Command oldest = working;
        if (oldest == null) {
            oldest = queue.peek();
        }
        return oldest == null ? Duration.ZERO : clock.get().since(oldest.arrived());
    }

    /** Returns why results that came in are not shown; null if they are. */
    @Nullable
    String trouble() {
        String cause = failure;
        if (cause != null) {
            return "results cannot be stored: " + cause;
        }
        Duration waiting = waiting();
        return waiting.compareTo(SOON) > 0
                ? "results have waited " + DurationText.inWords(Duration.ofSeconds(waiting.toSeconds()))
                        + " to be stored"
                : null;
    }

    double backlog() {
        return (double) queue.size() / CAPACITY;
    }

    private void run() {
        List<Command> arrived = new ArrayList<>();
        while (!closed || !queue.isEmpty()) {
            arrived.clear();
            take(arrived);
            working = arrived.isEmpty() ? null : arrived.get(0);
            try {
                process(arrived);
            } catch (RuntimeException | Error e) {
                // If this thread died, nothing would be recorded any more.
                log.error("recording failed", e);
                alerts.rolledBack();
                refuse(edits(arrived), e);
            }
            working = null;
        }
        // After the next start, the monitor must know when it last heard of each target.
        uncommitted.keepAll();
        history.finish();
        process(List.of());
        if (!uncommitted.states.isEmpty()) {
            log.warn("the newest states of {} targets could not be stored", uncommitted.states.size());
        }
    }

    private void take(List<Command> arrived) {
        try {
            if (!more) {
                Duration patience = failure != null ? RETRY : GATHER;
                boolean woken = urgent.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
                log.trace("woken: {}", woken);
            }
            urgent.drainPermits();
            more = queue.drainTo(arrived, MAX_BATCH) == MAX_BATCH;
        } catch (InterruptedException e) {
            // Only close() ends this thread, and it does not interrupt.
            log.debug("interrupt ignored");
        }
    }

    private void process(List<Command> arrived) {
        for (Command command : arrived) {
            if (command instanceof Result result) {
                uncommitted.count(result.polled(), result.result(), result.seen());
            }
        }
        List<Edit<?>> edits = edits(arrived);
        RegistryTransaction transaction = new RegistryTransaction(table, uncommitted, clock);
        List<Runnable> promises =
                edits.stream().map(edit -> edit.apply(transaction)).toList();
        Batch batch = transaction.batch();
        RuntimeException refusal = write(batch.with(alerts.plan(transaction, transaction.touched())));
        if (refusal != null) {
            alerts.rolledBack();
            refuse(edits, refusal);
            return;
        }
        transaction.publish();
        alerts.committed();
        tell(transaction::tell);
        batch.changes().forEach(change -> tell(listener -> listener.changed(change)));
        tellResults();
        promises.forEach(Runnable::run);
    }

    private void tell(Consumer<RegistryListener> news) {
        for (RegistryListener listener : listeners) {
            try {
                news.accept(listener);
            } catch (RuntimeException e) {
                // One listener must not keep the news from the others.
                log.error("a listener failed", e);
            }
        }
    }

    private void tellResults() {
        if (uncommitted.takeJudgedLost()) {
            tell(RegistryListener::lost);
        }
        for (UncommittedStates.Judged judged : uncommitted.takeJudged()) {
            Target polled = judged.polled();
            WatchedTarget current = table.get(polled.id());
            if (current != null && current.target().acceptsResultOf(polled)) {
                tell(listener -> listener.recorded(polled, judged.result()));
            }
        }
        if (gapAhead) {
            tell(RegistryListener::lost);
            // Until the queue was empty once, results from before the gap may still come.
            gapAhead = more;
        }
        if (dropped.getAndSet(false)) {
            tell(RegistryListener::lost);
            gapAhead = true;
        }
    }

    private static List<Edit<?>> edits(List<Command> arrived) {
        List<Edit<?>> edits = new ArrayList<>();
        for (Command command : arrived) {
            if (command instanceof Edit<?> edit) {
                edits.add(edit);
            }
        }
        return edits;
    }

    private static void refuse(List<Edit<?>> edits, Throwable reason) {
        edits.forEach(edit -> edit.promise().completeExceptionally(reason));
    }

    private @Nullable RuntimeException write(Batch edits) {
        try {
            Moment now = clock.get();
            Batch rows = edits.with(history.rows(edits));
            Batch batch = rows.with(uncommitted.seen.row(now, !rows.isEmpty()));
            // An empty write finds out whether the store works again, since nothing else may be written for long.
            if (batch.isEmpty() && failure == null) {
                return null;
            }
            store.write(batch);
            history.committed();
            uncommitted.seen.committed(batch.seen(), now);
            failures.succeeded();
            failure = null;
            overflowed.set(false);
            return null;
        } catch (RuntimeException e) {
            failures.failed(e, "they wait in memory");
            failure = Database.reason(e);
            return e;
        }
    }

    @Override
    public void close() {
        closed = true;
        urgent.release();
        Thread running = thread;
        if (running == null) {
            return;
        }
        try {
            running.join(PATIENCE_AT_CLOSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
