package dev.vitals.health;

import dev.vitals.health.internal.SerialQueue;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events that one listener has not processed yet. It gets them one at a time, in their order.
 *
 * @param <E> the events
 */
final class ListenerQueue<E> {
    private static final Logger log = LoggerFactory.getLogger(ListenerQueue.class);

    private final Object listener;
    private final int maxWaiting;
    private final Consumer<E> call;
    private final SerialQueue<E> waiting;
    private final AtomicBoolean full = new AtomicBoolean();

    ListenerQueue(Object listener, Executor workers, int maxWaiting, Consumer<E> call) {
        this.listener = listener;
        this.maxWaiting = maxWaiting;
        this.call = call;
        String name = "listener " + listener.getClass().getName();
        this.waiting = new SerialQueue<>(name, workers, maxWaiting, 1, this::tell);
    }

    boolean serves(Object other) {
        return listener == other;
    }

    /** Adds an event that waits for the next {@link #wake}; calls no code of users, so it may be called under a lock. */
    void offer(E event) {
        if (!waiting.offer(event)) {
            full.set(true);
        }
    }

    /** Starts a worker that tells the listener all waiting changes. */
    void wake() {
        waiting.wake();
    }

    private void tell(List<E> events) {
        if (full.compareAndSet(true, false)) {
            log.warn("listener {} missed events: {} were waiting already", listener, maxWaiting);
        }
        for (E event : events) {
            try {
                call.accept(event);
            } catch (Throwable t) {
                // The listener is the user's code: it still gets the next event, and so do the others.
                log.warn("a listener failed on {}", event, t);
            }
        }
    }
}
