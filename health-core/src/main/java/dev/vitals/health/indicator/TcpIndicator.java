package dev.vitals.health.indicator;

import dev.vitals.health.HealthCheck;
import dev.vitals.health.Outcome;
import dev.vitals.health.internal.Require;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Looks at whether a TCP port accepts a connection. Sends nothing and closes at once.
 *
 * <p>A host with several addresses is fine when one of them accepts: they are tried in the resolver's order, and what is
 * left of the time is shared among them.
 *
 * <p>Refused, timed out and unknown host are ERROR. A run costs one connection and holds one thread until the timeout at
 * most, but for the name: resolving it blocks as long as the system's resolver does, and counts as time used.
 *
 * <p>Immutable: the methods that set an option return a changed copy.
 */
public final class TcpIndicator implements HealthCheck {
    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9._-]{1,253}|[0-9A-Fa-f.]*(:[0-9A-Fa-f.]*){2,8}(%[A-Za-z0-9._-]{1,50})?");
    private static final int MAX_PORT = 65_535;

    private final String host;
    private final int port;
    private final Duration timeout;

    private TcpIndicator(String host, int port, Duration timeout) {
        this.host = host;
        this.port = port;
        this.timeout = timeout;
    }

    /**
     * Returns a check that connects to the port, with a timeout of 2 s.
     *
     * @param host a name of at most 253 characters, or an IPv4 or IPv6 address without brackets; resolved at each run
     * @param port from 1 to 65,535
     * @throws IllegalArgumentException if the host is neither name nor address, or the port is out of range
     */
    public static TcpIndicator of(String host, int port) {
        Objects.requireNonNull(host, "host");
        if (!HOST.matcher(host).matches()) {
            throw new IllegalArgumentException(
                    "host must be a host name or an IP address of 1 to 253 characters, was " + Require.shown(host));
        }
        return new TcpIndicator(host, Require.range("port", port, 1, MAX_PORT), Deadline.DEFAULT_TIMEOUT);
    }

    /**
     * Returns a copy that waits this long for the connection; default 2 s.
     *
     * @throws IllegalArgumentException if it is not from 1 ms to 1 h
     */
    public TcpIndicator timeout(Duration timeout) {
        return new TcpIndicator(host, port, Deadline.requireTimeout(timeout));
    }

    @Override
    public Outcome run() {
        Deadline deadline = Deadline.in(timeout);
        try {
            InetAddress[] addresses = InetAddress.getAllByName(host);
            Outcome outcome = late(deadline);
            for (int index = 0; index < addresses.length && !deadline.isOver(); index++) {
                int share = deadline.remainingMillis() / (addresses.length - index);
                outcome = connect(addresses[index], Math.max(1, share), deadline);
                if (outcome.code() == Outcome.Code.OK) {
                    return outcome;
                }
            }
            return outcome;
        } catch (UnknownHostException e) {
            return Outcome.error("cannot connect to " + target() + ": " + Reason.of(e));
        }
    }

    private Outcome connect(InetAddress address, int millis, Deadline deadline) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), millis);
            return Outcome.ok();
        } catch (SocketTimeoutException e) {
            return late(deadline);
        } catch (IOException e) {
            return Outcome.error("cannot connect to " + target() + ": " + Reason.of(e));
        }
    }

    private Outcome late(Deadline deadline) {
        return Outcome.error("cannot connect to " + target() + " " + deadline);
    }

    private String target() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
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
