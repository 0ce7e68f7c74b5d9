package dev.vitals.health.indicator;

import dev.vitals.health.internal.Require;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Objects;
import java.util.regex.Pattern;

/** The host and port of a server. */
record HostPort(String host, int port, TlsExpiryIndicator.HostResolver resolver) {
    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9._-]{1,253}|[0-9A-Fa-f.]*(:[0-9A-Fa-f.]*){2,8}(%[A-Za-z0-9._-]{1,50})?");
    private static final int MAX_PORT = 65_535;

    static HostPort of(String host, int port) {
        Objects.requireNonNull(host, "host");
        if (!HOST.matcher(host).matches()) {
            throw new IllegalArgumentException(
                    "host must be a host name or an IP address of 1 to 253 characters, was " + Require.shown(host));
        }
        return new HostPort(
                host, Require.range("port", port, 1, MAX_PORT), (name, to) -> InetAddress.getAllByName(name));
    }

    HostPort resolvedBy(TlsExpiryIndicator.HostResolver other) {
        return new HostPort(host, port, other);
    }

    /**
     * Connects to the first address that accepts, in the resolver's order. They share the time that is left.
     *
     * @throws IOException the failure of the last address that was tried
     */
    Socket connect(Deadline deadline) throws IOException {
        InetAddress[] addresses = resolver.resolve(host, port);
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

    /**
     * A socket whose reads end at the deadline, so that a server that sends one byte now and then cannot hold the thread.
     * Writes are small enough for the system's buffers and do not block.
     */
    static final class DeadlineSocket extends Socket {
        private final Deadline deadline;

        DeadlineSocket(Deadline deadline) {
            this.deadline = deadline;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read() throws IOException {
                    limit();
                    return super.read();
                }

                @Override
                public int read(byte[] bytes, int offset, int length) throws IOException {
                    limit();
                    return super.read(bytes, offset, length);
                }
            };
        }

        private void limit() throws IOException {
            if (deadline.isOver()) {
                throw new SocketTimeoutException();
            }
            setSoTimeout(Math.max(1, deadline.remainingMillis())); // 0 is no limit
        }
    }
}
