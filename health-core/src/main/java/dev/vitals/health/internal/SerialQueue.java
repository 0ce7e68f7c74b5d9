package dev.vitals.health.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Items that are processed in the order of their arrival, one batch at a time, on the threads of an executor.
 * Thread-safe; no lock is held while a batch is processed, and no thread is used while nothing waits.
 *
 * <p>What the processor throws is logged at ERROR, and the next batch follows. If the executor refuses, the items stay;
 * the next {@link #wake} tries again.
 *
 * @param <T> the items
 */
public final class SerialQueue<T> {
    private static final Logger log = LoggerFactory.getLogger(SerialQueue.class);

    private final String name;
    private final Executor executor;
    private final int maxBatch;
    private final Consumer<List<T>> processor;
    private final LinkedBlockingQueue<T> waiting;
    private final AtomicBoolean busy = new AtomicBoolean();
    private final CompletableFuture<Void> finished = new CompletableFuture<>();
    private volatile boolean closed;

    /**
     * Creates an empty queue.
     *
     * @param name what the log calls it
     * @param capacity how many items may wait; at least 1
     * @param maxBatch how many items the processor gets at once; at least 1
     * @param processor is called by one thread at a time, with at least one item
     */
    public SerialQueue(String name, Executor executor, int capacity, int maxBatch, Consumer<List<T>> processor) {
        this.name = Objects.requireNonNull(name, "name");
        this.executor = Objects.requireNonNull(executor, "executor");
        this.waiting = new LinkedBlockingQueue<>(Require.range("capacity", capacity, 1, Integer.MAX_VALUE));
        this.maxBatch = Require.range("maxBatch", maxBatch, 1, Integer.MAX_VALUE);
        this.processor = Objects.requireNonNull(processor, "processor");
    }

    /** Adds an item and starts to process it. Returns false, and drops the item, if the queue is full or closed. */
    public boolean add(T item) {
        boolean added = offer(item);
        wake();
        return added;
    }

    /**
     * Adds an item that waits for the next {@link #wake}. Calls no code of others, so it may be called under a lock.
     * Returns false, and drops the item, if the queue is full or closed.
     */
    public boolean offer(T item) {
        return !closed && waiting.offer(item);
    }

    /** Starts to process what waits; does nothing if that goes on already, or if nothing waits. */
    public void wake() {
        if (waiting.isEmpty() || !busy.compareAndSet(false, true)) {
            return;
        }
        try {
            executor.execute(this::processAll);
        } catch (RuntimeException | Error refused) {
            // The executor may be full or closed, or the machine may be out of threads.
            busy.set(false);
            log.warn("{}: no thread for the {} items that wait", name, waiting.size(), refused);
        }
    }

    private void processAll() {
        do {
            try {
                for (List<T> batch = next(); !batch.isEmpty(); batch = next()) {
                    process(batch);
                }
            } finally {
                busy.set(false);
            }
            // An item may have come between the last look and the end.
        } while (!waiting.isEmpty() && busy.compareAndSet(false, true));
        finishIfClosed();
    }

    private List<T> next() {
        List<T> batch = new ArrayList<>();
        waiting.drainTo(batch, maxBatch);
        return batch;
    }

    private void process(List<T> batch) {
        try {
            processor.accept(batch);
        } catch (Throwable t) {
            // The processor is the code of others: the next batch must be processed whatever it throws.
            log.error("{}: {} items could not be processed", name, batch.size(), t);
        }
    }

    private void finishIfClosed() {
        if (closed && waiting.isEmpty() && !busy.get()) {
            finished.complete(null);
        }
    }

    /** Returns how many items wait. */
    public int size() {
        return waiting.size();
    }

    /**
     * Refuses further items and waits until the others are processed. Must not be called by the processor.
     *
     * @param patience how long to wait at most
     * @return whether all items are processed
     */
    public boolean close(Duration patience) {
        closed = true;
        wake();
        finishIfClosed();
        return finished.handle((done, failure) -> true)
                .completeOnTimeout(false, patience.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }
}
