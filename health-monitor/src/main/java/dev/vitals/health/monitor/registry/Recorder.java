package dev.vitals.health.monitor.registry;

import dev.vitals.health.internal.Threads;
import dev.vitals.health.monitor.history.HistoryRecorder;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.WatchedTarget;
import dev.vitals.health.monitor.store.Batch;
import dev.vitals.health.monitor.store.TargetStore;
import java.time.Duration;
import java.time.InstantSource;
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
    private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(10);

    private final BlockingQueue<Command> queue = new LinkedBlockingQueue<>(CAPACITY);
    private final Semaphore urgent = new Semaphore(0);
    private final AtomicBoolean overflowed = new AtomicBoolean();
    private final AtomicBoolean dropped = new AtomicBoolean();
    private final Table table;
    private final TargetStore store;
    private final HistoryRecorder history;
    private final InstantSource clock;
    private final UncommittedStates uncommitted;
    private List<RegistryListener> listeners = List.of();
    private boolean more;
    // Results were dropped after those that wait in the queue.
    private boolean gapAhead;
    private volatile boolean closed;
    private volatile @Nullable Thread thread;
    private volatile boolean failing;

    private sealed interface Command permits Result, Edit {}

    private record Result(Target polled, PollResult result) implements Command {}

    private record Edit<T>(Function<RegistryTransaction, T> change, CompletableFuture<T> promise) implements Command {
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

    Recorder(Table table, TargetStore store, HistoryRecorder history, InstantSource clock) {
        this.table = table;
        this.store = store;
        this.history = history;
        this.clock = clock;
        this.uncommitted = new UncommittedStates(table, history);
    }

    void start(List<RegistryListener> all) {
        listeners = all;
        thread = Threads.daemon("monitor-recorder-").newThread(this::run);
        thread.start();
    }

    <T> CompletableFuture<T> edit(Function<RegistryTransaction, T> change) {
        CompletableFuture<T> promise = new CompletableFuture<>();
        if (closed || !queue.offer(new Edit<>(change, promise))) {
            promise.completeExceptionally(new IllegalStateException(closed ? "closed" : "the queue is full"));
        }
        urgent.release();
        return promise;
    }

    void record(Target polled, PollResult result) {
        if (queue.offer(new Result(polled, result))) {
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

    boolean failing() {
        return failing;
    }

    double backlog() {
        return (double) queue.size() / CAPACITY;
    }

    private void run() {
        List<Command> arrived = new ArrayList<>();
        while (!closed || !queue.isEmpty()) {
            arrived.clear();
            take(arrived);
            try {
                process(arrived);
            } catch (RuntimeException | Error e) {
                // If this thread died, nothing would be recorded any more.
                log.error("recording failed", e);
                refuse(edits(arrived), e);
            }
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
                Duration patience = failing ? RETRY : GATHER;
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
                uncommitted.count(result.polled(), result.result());
            }
        }
        List<Edit<?>> edits = edits(arrived);
        RegistryTransaction transaction = new RegistryTransaction(table, uncommitted, clock);
        List<Runnable> promises =
                edits.stream().map(edit -> edit.apply(transaction)).toList();
        Batch batch = transaction.batch();
        RuntimeException failure = write(batch);
        if (failure != null) {
            refuse(edits, failure);
            return;
        }
        transaction.publish();
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
            Batch batch = edits.with(history.rows(edits));
            if (batch.isEmpty()) {
                return null;
            }
            store.write(batch);
            history.committed();
            if (failing) {
                log.info("the store works again");
            }
            failing = false;
            overflowed.set(false);
            return null;
        } catch (RuntimeException e) {
            if (failing) {
                log.debug("the store still fails", e);
            } else {
                log.warn("the store fails; states are kept in memory until it works again: {}", e.toString());
            }
            failing = true;
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
