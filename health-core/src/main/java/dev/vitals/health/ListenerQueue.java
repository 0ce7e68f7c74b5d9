package dev.vitals.health;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one listener has yet to hear. Filled in the order of changes, emptied by one worker at a time. */
final class ListenerQueue {
    private static final Logger log = LoggerFactory.getLogger(ListenerQueue.class);
    private static final int MAX_WAITING = 10_000;

    private final HealthListener listener;
    private final Executor workers;
    private final LinkedBlockingQueue<Change> waiting = new LinkedBlockingQueue<>(MAX_WAITING);
    private final AtomicBoolean busy = new AtomicBoolean();
    private final AtomicBoolean full = new AtomicBoolean();

    ListenerQueue(HealthListener listener, Executor workers) {
        this.listener = listener;
        this.workers = workers;
    }

    boolean serves(HealthListener other) {
        return listener == other;
    }

    /** Takes a change; runs no foreign code, so that it may be called under a lock. */
    void add(Change change) {
        full.compareAndSet(false, !waiting.offer(change));
    }

    /** Has a worker tell the listener, unless one is at it. */
    void tell() {
        if (waiting.isEmpty() || !busy.compareAndSet(false, true)) {
            return;
        }
        try {
            workers.execute(this::empty);
        } catch (RuntimeException | Error refused) {
            // The user's executor is full or closed; the next change tries again.
            busy.set(false);
            log.warn("a listener cannot be told of changes: no worker", refused);
        }
    }

    private void empty() {
        try {
            for (Change change = waiting.poll(); change != null; change = waiting.poll()) {
                call(change);
            }
        } finally {
            busy.set(false);
        }
        // One may have come between the last look and the end.
        tell();
    }

    private void call(Change change) {
        if (full.compareAndSet(true, false)) {
            log.warn("listener {} was told of no changes beyond {} waiting ones", listener, MAX_WAITING);
        }
        try {
            listener.onChange(change);
        } catch (Throwable t) {
            // The listener is the user's: what it throws must not cost the others their news, nor this one the next.
            log.warn("a listener failed on {}", change, t);
        }
    }
}
