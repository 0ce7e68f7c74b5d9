package dev.vitals.health.monitor.net;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Limits the number of TLS handshakes at the same time. Each one costs milliseconds of arithmetic on both sides; if all
 * targets began together, as after a restart, none would end within its timeout. Confined to the event loop.
 */
final class HandshakeLimiter {
    private final Deque<Waiter> waiting = new ArrayDeque<>();
    private final int permits;
    private int used;

    /** Waits for a permit. */
    interface Waiter {
        /** Takes a permit; a call of {@link HandshakeLimiter#release} must follow. */
        void acquired();

        /** Returns whether it no longer needs a permit. */
        boolean hasEnded();
    }

    HandshakeLimiter(int permits) {
        this.permits = permits;
    }

    void acquire(Waiter waiter) {
        waiting.add(waiter);
        grant();
    }

    void release() {
        used--;
        grant();
    }

    private void grant() {
        while (used < permits && !waiting.isEmpty()) {
            Waiter next = waiting.remove();
            if (!next.hasEnded()) {
                used++;
                next.acquired();
            }
        }
    }
}
