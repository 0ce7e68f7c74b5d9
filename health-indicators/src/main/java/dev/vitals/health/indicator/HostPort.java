package dev.vitals.health.indicator;

import dev.vitals.health.internal.Require;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Objects;
import java.util.regex.Pattern;

/** Where a server listens. */
record HostPort(String host, int port) {
    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9._-]{1,253}|[0-9A-Fa-f.]*(:[0-9A-Fa-f.]*){2,8}(%[A-Za-z0-9._-]{1,50})?");
    private static final int MAX_PORT = 65_535;

    static HostPort of(String host, int port) {
        Objects.requireNonNull(host, "host");
        if (!HOST.matcher(host).matches()) {
            throw new IllegalArgumentException(
                    "host must be a host name or an IP address of 1 to 253 characters, was " + Require.shown(host));
        }
        return new HostPort(host, Require.range("port", port, 1, MAX_PORT));
    }

    /**
     * Tries the addresses in the resolver's order; what is left of the time is shared among them.
     *
     * @throws IOException the failure of the last address that was tried
     */
    Socket connect(Deadline deadline) throws IOException {
        InetAddress[] addresses = InetAddress.getAllByName(host);
        IOException failure = new SocketTimeoutException();
        for (int index = 0; index < addresses.length && !deadline.isOver(); index++) {
            int share = deadline.remainingMillis() / (addresses.length - index);
            Socket socket = new DeadlineSocket(deadline);
            try {
                socket.connect(new InetSocketAddress(addresses[index], port), Math.max(1, share));
                return socket;
            } catch (IOException e) {
                socket.close();
                failure = e;
            }
        }
        throw failure;
    }

    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
