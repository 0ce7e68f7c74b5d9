package dev.vitals.health.monitor.net;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The times at which one attempt came forward, in nanoseconds; 0 is not yet. Written on the event loop; others may read
 * what was set before the phase.
 */
final class Trace {
    final long created;
    long begun;
    long resolved;
    long connected;
    long secured;
    long sent;
    long firstByte;
    boolean kept;

    @Nullable
    InetSocketAddress address;

    private volatile Phase phase = Phase.WAITING;

    Trace(long now) {
        created = now;
    }

    Phase phase() {
        return phase;
    }

    void enter(Phase next) {
        phase = next;
    }

    /** Begins anew, for the next hop or for a fresh connection. */
    void begin(long now) {
        begun = now;
        resolved = 0;
        connected = 0;
        secured = 0;
        sent = 0;
        firstByte = 0;
        kept = false;
        address = null;
        phase = Phase.WAITING;
    }
}
