package dev.vitals.health.monitor.net;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long each phase of one attempt took, of the last hop if redirects were followed. A phase that did not happen, or
 * did not end, is empty. Immutable.
 */
public final class Timings {
    private static final long NEVER = -1;

    private final @Nullable InetSocketAddress address;
    private final boolean kept;
    private final long resolving;
    private final long connecting;
    private final long securing;
    private final long answering;
    private final long total;

    Timings(Trace trace, long now) {
        address = trace.address;
        kept = trace.kept;
        resolving = between(trace.begun, trace.resolved);
        connecting = between(trace.resolved, trace.connected);
        securing = between(trace.connected, trace.secured);
        answering = between(trace.sent, trace.firstByte);
        total = now - trace.created;
    }

    // Marks are 0 as long as they are not set.
    private static long between(long from, long to) {
        return from == 0 || to == 0 ? NEVER : to - from;
    }

    private static Optional<Duration> shown(long nanos) {
        return nanos == NEVER ? Optional.empty() : Optional.of(Duration.ofNanos(nanos));
    }

    /** Returns the address that was connected to, or tried last. */
    public Optional<InetSocketAddress> address() {
        return Optional.ofNullable(address);
    }

    /** Returns whether a connection was used that had been opened before. */
    public boolean kept() {
        return kept;
    }

    /** Returns how long it took to find the addresses of the host; next to nothing if they were known. */
    public Optional<Duration> resolving() {
        return shown(resolving);
    }

    /** Returns how long it took to connect, over all addresses that were tried. */
    public Optional<Duration> connecting() {
        return shown(connecting);
    }

    /** Returns how long it took to agree on TLS. */
    public Optional<Duration> securing() {
        return shown(securing);
    }

    /** Returns how long the first byte took, from the sending of the request. */
    public Optional<Duration> answering() {
        return shown(answering);
    }

    /** Returns how long the whole took. */
    public Duration total() {
        return Duration.ofNanos(total);
    }
}
