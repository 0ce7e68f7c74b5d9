package dev.vitals.health.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sockets on which a {@link HealthServer} listens, all on one port, each with a thread that accepts connections and closes
 * those that are overdue. Thread-safe.
 */
final class Listeners {
    private static final Logger log = LoggerFactory.getLogger(HealthServer.class);
    private static final int BACKLOG = 128;
    private static final int ATTEMPTS = 20;
    private static final long PAUSE_MILLIS = 100;
    private static final long LONGEST_TICK_MILLIS = 1_000;

    private final List<ServerSocket> sockets;
    private final CountDownLatch closed = new CountDownLatch(1);

    private Listeners(List<ServerSocket> sockets) {
        this.sockets = sockets;
    }

    /**
     * Listens on that address; on each loopback address of this host for null, since some clients take ::1 for localhost.
     *
     * @throws UncheckedIOException if the port is in use or the address does not belong to this host
     */
    static Listeners open(@Nullable InetAddress bind, int port) {
        List<InetAddress> addresses = bind == null ? loopbacks() : List.of(bind);
        // A port that is free on the first address may be in use on the second one; another free port then.
        for (int attempt = 1; ; attempt++) {
            List<ServerSocket> sockets = new ArrayList<>();
            try {
                for (InetAddress address : addresses) {
                    int wanted = sockets.isEmpty() ? port : sockets.get(0).getLocalPort();
                    sockets.add(listen(address, wanted));
                }
                return new Listeners(sockets);
            } catch (UncheckedIOException e) {
                sockets.forEach(Listeners::close);
                boolean mayTryAnother = port == 0 && !sockets.isEmpty() && e.getCause() instanceof BindException;
                if (!mayTryAnother || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static ServerSocket listen(InetAddress address, int port) {
        ServerSocket socket = null;
        try {
            socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, port), BACKLOG);
            return socket;
        } catch (IOException e) {
            if (socket != null) {
                close(socket);
            }
            throw new UncheckedIOException("cannot listen on port " + port + " of " + address.getHostAddress(), e);
        }
    }

    private static List<InetAddress> loopbacks() {
        InetAddress usual = InetAddress.getLoopbackAddress();
        try {
            List<InetAddress> all = NetworkInterface.networkInterfaces()
                    .filter(Listeners::isLoopback)
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(Listeners::isLocalhost)
                    .sorted(Comparator.comparing(address -> address.getAddress().length))
                    .toList();
            return all.isEmpty() ? List.of(usual) : all;
        } catch (SocketException cannotBeListed) {
            return List.of(usual);
        }
    }

    private static boolean isLoopback(NetworkInterface network) {
        try {
            return network.isLoopback();
        } catch (SocketException cannotBeAsked) {
            return false;
        }
    }

    // Others, such as 127.0.0.2 or fe80::1, are not what the name localhost stands for.
    private static boolean isLocalhost(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean ip4 = bytes.length == 4;
        return address.isLoopbackAddress() && (!ip4 || (bytes[1] == 0 && bytes[2] == 0 && bytes[3] == 1));
    }

    List<InetAddress> addresses() {
        return sockets.stream().map(ServerSocket::getInetAddress).toList();
    }

    int port() {
        return sockets.get(0).getLocalPort();
    }

    /** Starts to accept connections. */
    void start(ThreadFactory threads, Connections connections, Connection.Protocol protocol) {
        long tick = Duration.ofNanos(protocol.requestNanos()).toMillis() / 4;
        int tickMillis = (int) Math.max(10, Math.min(LONGEST_TICK_MILLIS, tick));
        for (ServerSocket socket : sockets) {
            threads.newThread(() -> accept(socket, connections, protocol, tickMillis))
                    .start();
        }
    }

    // A listener whose connections are all closed sleeps until the next one comes.
    private void accept(ServerSocket listener, Connections connections, Connection.Protocol protocol, int tickMillis) {
        boolean failing = false;
        try {
            while (closed.getCount() > 0) {
                try {
                    listener.setSoTimeout(connections.isEmpty() ? 0 : tickMillis);
                    Socket socket = listener.accept();
                    connections.serve(new Connection(socket, protocol));
                    failing = false;
                } catch (SocketTimeoutException tick) {
                    failing = false;
                } catch (IOException | RuntimeException | OutOfMemoryError e) {
                    if (!failing && closed.getCount() > 0) {
                        log.error("cannot accept a connection on port {}; trying again", port(), e);
                    }
                    failing = true;
                    var unused = closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
                }
                connections.closeOverdue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops listening. */
    void close() {
        closed.countDown();
        sockets.forEach(Listeners::close);
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            log.warn("cannot close port {}", socket.getLocalPort(), e);
        }
    }
}
