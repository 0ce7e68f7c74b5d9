package dev.vitals.health.indicator;

import dev.vitals.health.HealthCheck;
import dev.vitals.health.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Checks whether a TCP port accepts a connection. Sends nothing and closes at once.
 *
 * <p>If a host has several addresses, one that accepts is enough. They are tried in the resolver's order and share the
 * time that is left.
 *
 * <p>A refused connection, a timeout and an unknown host are ERROR. A run costs one connection and holds one thread until
 * the timeout at most. Resolving the name may take longer, as long as the system's resolver does.
 *
 * <p>Immutable: the methods that set an option return a changed copy.
 */
public final class TcpIndicator implements HealthCheck {
    private final HostPort server;
    private final Duration timeout;

    private TcpIndicator(HostPort server, Duration timeout) {
        this.server = server;
        this.timeout = timeout;
    }

    /**
     * Returns a check that connects to the port, with a timeout of 2 s.
     *
     * @param host a name of at most 253 characters, or an IPv4 or IPv6 address without brackets; resolved at each run
     * @param port from 1 to 65,535
     * @throws IllegalArgumentException if the host is neither a name nor an address, or the port is out of range
     */
    public static TcpIndicator of(String host, int port) {
        return new TcpIndicator(HostPort.of(host, port), Deadline.DEFAULT_TIMEOUT);
    }

    /**
     * Returns a copy that waits this long for the connection; default 2 s.
     *
     * @throws IllegalArgumentException if it is not from 1 ms to 1 h
     */
    public TcpIndicator timeout(Duration timeout) {
        return new TcpIndicator(server, Deadline.requireTimeout(timeout));
    }

    @Override
    public Outcome run() {
        Deadline deadline = Deadline.in(timeout);
        try {
            server.connect(deadline).close();
            return Outcome.ok();
        } catch (IOException e) {
            return Outcome.error("cannot connect to " + server + FailureReason.of(e, deadline));
        }
    }

    @Override
    public Optional<String> componentType() {
        return Optional.of("component");
    }

    @Override
    public boolean remote() {
        return true;
    }
}
