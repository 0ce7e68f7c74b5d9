package dev.vitals.health.monitor.net;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Lets a bounded number of TLS handshakes go on at once. Each costs milliseconds of arithmetic on both sides: were all
 * begun together, as after a restart, none would be over in time. Confined to the event loop.
 */
final class HandshakeLimiter {
    private final Deque<Guest> waiting = new ArrayDeque<>();
    private final int places;
    private int inside;

    /** Waits for its turn. */
    interface Guest {
        /** Takes its turn; {@link HandshakeLimiter#leave} must follow. */
        void enter();

        /** Returns whether it does not wait any more. */
        boolean over();
    }

    HandshakeLimiter(int places) {
        this.places = places;
    }

    void arrive(Guest guest) {
        waiting.add(guest);
        letIn();
    }

    void leave() {
        inside--;
        letIn();
    }

    private void letIn() {
        while (inside < places && !waiting.isEmpty()) {
            Guest next = waiting.remove();
            if (!next.over()) {
                inside++;
                next.enter();
            }
        }
    }
}
