package dev.vitals.health;

import dev.vitals.health.internal.SerialQueue;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The changes that one listener has not seen yet. The listener gets them one at a time, in their order. */
final class ListenerQueue {
    private static final Logger log = LoggerFactory.getLogger(ListenerQueue.class);
    private static final int MAX_WAITING = 10_000;

    private final HealthListener listener;
    private final SerialQueue<Change> waiting;
    private final AtomicBoolean full = new AtomicBoolean();

    ListenerQueue(HealthListener listener, Executor workers) {
        this.listener = listener;
        String name = "listener " + listener.getClass().getName();
        this.waiting = new SerialQueue<>(name, workers, MAX_WAITING, 1, this::tell);
    }

    boolean serves(HealthListener other) {
        return listener == other;
    }

    /** Adds a change that waits for the next {@link #wake}; calls no code of others, so it may be called under a lock. */
    void offer(Change change) {
        full.compareAndSet(false, !waiting.offer(change));
    }

    /** Has a worker tell the listener what waits. */
    void wake() {
        waiting.wake();
    }

    private void tell(List<Change> changes) {
        if (full.compareAndSet(true, false)) {
            log.warn("listener {} missed changes: {} were waiting already", listener, MAX_WAITING);
        }
        for (Change change : changes) {
            try {
                listener.onChange(change);
            } catch (Throwable t) {
                // The listener is the user's code: it still gets the next change, and so do the others.
                log.warn("a listener failed on {}", change, t);
            }
        }
    }
}
