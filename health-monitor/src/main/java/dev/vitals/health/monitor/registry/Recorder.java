package dev.vitals.health.monitor.registry;

import dev.vitals.health.internal.Threads;
import dev.vitals.health.monitor.history.HistoryRecorder;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.WatchedTarget;
import dev.vitals.health.monitor.store.Batch;
import dev.vitals.health.monitor.store.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that changes what the monitor knows: it takes what has arrived, judges it, writes it in one
 * transaction, and only then shows it and tells of it. While the store fails, edits are refused, results are kept.
 */
final class Recorder implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Recorder.class);
    private static final int CAPACITY = 65_536;
    private static final int MAX_BATCH = 2_000;
    private static final Duration RETRY = Duration.ofSeconds(1);
    // Results wait so long for others: a commit costs as much as dozens of them.
    private static final Duration GATHER = Duration.ofMillis(100);
    private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(10);

    private final BlockingQueue<Command> queue = new LinkedBlockingQueue<>(CAPACITY);
    private final Semaphore urgent = new Semaphore(0);
    private final AtomicBoolean overflowed = new AtomicBoolean();
    private final AtomicBoolean dropped = new AtomicBoolean();
    private final Table table;
    private final Store store;
    private final HistoryRecorder history;
    private final UncommittedStates pending;
    private boolean more;
    // There is a gap in the results behind those that wait now.
    private boolean gapAhead;
    private volatile boolean closed;
    private volatile @Nullable Thread thread;
    private volatile boolean failing;

    /** Something that has arrived: a result, or an edit. */
    private sealed interface Command permits Result, Edit {}

    private record Result(Target polled, PollResult result) implements Command {}

    private record Edit<T>(Function<RegistryTransaction, T> change, CompletableFuture<T> promise) implements Command {
        // Returns what is to be done when the draft is stored. What refuses does so before it has changed anything.
        Runnable apply(RegistryTransaction draft) {
            try {
                T answer = change.apply(draft);
                return () -> promise.complete(answer);
            } catch (TakenException refused) {
                return () -> promise.completeExceptionally(refused);
            }
        }
    }

    Recorder(Table table, Store store, HistoryRecorder history) {
        this.table = table;
        this.store = store;
        this.history = history;
        this.pending = new UncommittedStates(table, history);
    }

    void start(RegistryListener listener) {
        thread = Threads.daemon("monitor-recorder-").newThread(() -> run(listener));
        thread.start();
    }

    <T> CompletableFuture<T> edit(Function<RegistryTransaction, T> change) {
        CompletableFuture<T> promise = new CompletableFuture<>();
        if (closed || !queue.offer(new Edit<>(change, promise))) {
            promise.completeExceptionally(new IllegalStateException(closed ? "closed" : "too much is waiting"));
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
            log.warn("{} results wait to be stored; further ones are dropped until there is room", CAPACITY);
        }
    }

    boolean failing() {
        return failing;
    }

    double backlog() {
        return (double) queue.size() / CAPACITY;
    }

    private void run(RegistryListener listener) {
        List<Command> arrived = new ArrayList<>();
        while (!closed || !queue.isEmpty()) {
            arrived.clear();
            take(arrived);
            try {
                process(arrived, listener);
            } catch (RuntimeException | Error e) {
                // Without this thread the monitor would stand still unnoticed.
                log.error("recording failed", e);
                refuse(edits(arrived), e);
            }
        }
        // The next start is to know when each target was heard of last.
        pending.keepAll();
        history.finish();
        process(List.of(), listener);
        if (!pending.states.isEmpty()) {
            log.warn("the newest states of {} targets could not be stored", pending.states.size());
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
            // Nobody but close() may end this thread, and that does not interrupt.
            log.debug("interrupt passed over");
        }
    }

    private void process(List<Command> arrived, RegistryListener listener) {
        for (Command command : arrived) {
            if (command instanceof Result result) {
                pending.count(result.polled(), result.result());
            }
        }
        List<Edit<?>> edits = edits(arrived);
        RegistryTransaction draft = new RegistryTransaction(pending);
        List<Runnable> promises = edits.stream().map(edit -> edit.apply(draft)).toList();
        Batch batch = draft.batch();
        RuntimeException failure = write(batch);
        if (failure != null) {
            refuse(edits, failure);
            return;
        }
        draft.publish(table);
        draft.tell(listener);
        batch.changes().forEach(listener::changed);
        tellResults(listener);
        promises.forEach(Runnable::run);
    }

    private void tellResults(RegistryListener listener) {
        if (pending.takeJudgedLost()) {
            listener.lost();
        }
        for (UncommittedStates.Judged judged : pending.takeJudged()) {
            Target polled = judged.polled();
            WatchedTarget current = table.get(polled.id());
            if (current != null && current.target().acceptsResultOf(polled)) {
                listener.recorded(polled, judged.result());
            }
        }
        if (gapAhead) {
            listener.lost();
            // Until the queue was empty once, results from before the gap may still come.
            gapAhead = more;
        }
        if (dropped.getAndSet(false)) {
            listener.lost();
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
                log.warn("the store fails, states are kept in memory until it works again: {}", e.toString());
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
