package dev.vitals.health.monitor.net;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The duration of each phase of a call, or of its last hop if redirects were followed. A phase that did not happen or
 * did not end is empty.
 *
 * <p>While the call runs, the event loop sets the times. The timings of a result do not change any more.
 */
public final class Timings {
    private final long created;
    // Times in nanoseconds; 0 is not reached.
    private long started;
    private long resolved;
    private long connected;
    private long secured;
    private long sent;
    private long firstByte;
    private long ended;
    private boolean kept;
    private @Nullable InetSocketAddress address;

    // Written last: a thread that reads it also sees the times that were set before.
    private volatile Phase phase = Phase.WAITING;

    /** The phases of a call, in their order. */
    public enum Phase {
        /** The call waits for a free slot; nothing is tried yet. */
        WAITING,
        /** The name of the host is looked up. */
        RESOLVING,
        /** The connection is opened. */
        CONNECTING,
        /** The TLS handshake runs. */
        SECURING,
        /** The request is sent, and no byte of the answer has arrived. */
        ANSWERING,
        /** A part of the answer has arrived. */
        READING
    }

    Timings(long now) {
        created = now;
    }

    /** Returns timings of the same call that start again, for a second connection beside the first. */
    Timings again(long now) {
        Timings second = new Timings(created);
        second.restart(now);
        return second;
    }

    Phase phase() {
        return phase;
    }

    void enter(Phase next) {
        phase = next;
    }

    /** Starts again, for the next hop or for a new connection. */
    void restart(long now) {
        started = now;
        resolved = 0;
        connected = 0;
        secured = 0;
        sent = 0;
        firstByte = 0;
        kept = false;
        address = null;
        phase = Phase.WAITING;
    }

    /** Marks that a connection is used again. */
    void kept(@Nullable InetSocketAddress keptAddress) {
        kept = true;
        address = keptAddress;
    }

    /** Sets the address that is tried. */
    void trying(InetSocketAddress next) {
        address = next;
    }

    void resolvedAt(long now) {
        resolved = now;
    }

    void connectedAt(long now) {
        connected = now;
    }

    void securedAt(long now) {
        secured = now;
    }

    void sentAt(long now) {
        sent = now;
        phase = Phase.ANSWERING;
    }

    void firstByteAt(long now) {
        firstByte = now;
        phase = Phase.READING;
    }

    /** Ends the call; on the event loop, which sets no time after that. */
    Timings end(long now) {
        ended = now;
        return this;
    }

    /** Returns a copy that ends now; for other threads, while the event loop may still set times. */
    Timings endedCopy(long now) {
        Timings copy = new Timings(created);
        copy.phase = phase;
        copy.started = started;
        copy.resolved = resolved;
        copy.connected = connected;
        copy.secured = secured;
        copy.sent = sent;
        copy.firstByte = firstByte;
        copy.kept = kept;
        copy.address = address;
        return copy.end(now);
    }

    private static Optional<Duration> between(long from, long to) {
        return from == 0 || to == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(to - from));
    }

    /** Returns the address of the connection, or the last one that was tried. */
    public Optional<InetSocketAddress> address() {
        return Optional.ofNullable(address);
    }

    /** Returns whether the call used a connection that was already open. */
    public boolean kept() {
        return kept;
    }

    /** Returns the time to find the addresses of the host; nearly zero if they were cached. */
    public Optional<Duration> resolving() {
        return between(started, resolved);
    }

    /** Returns the time to connect, including failed tries of other addresses. */
    public Optional<Duration> connecting() {
        return between(resolved, connected);
    }

    /** Returns the time of the TLS handshake. */
    public Optional<Duration> securing() {
        return between(connected, secured);
    }

    /** Returns the time from the request to the first byte of the answer. */
    public Optional<Duration> answering() {
        return between(sent, firstByte);
    }

    /** Returns the time from the first byte of the answer to its end, or to the failure. */
    public Optional<Duration> reading() {
        return between(firstByte, ended);
    }

    /** Returns the time of the whole call. */
    public Duration total() {
        return Duration.ofNanos(ended - created);
    }
}
