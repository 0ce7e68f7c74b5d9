package dev.vitals.health.monitor;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;

/** Refuses an address on which the monitor cannot listen, before anything else is created or opened. */
final class ListenAddress {
    private static final int FIRST_UNPRIVILEGED_PORT = 1_024;

    private ListenAddress() {}

    /**
     * Listens for a moment; port 0 takes a free one.
     *
     * @throws IOException if the port is in use or the address does not belong to this machine; the message says which
     */
    static void check(String host, int port) throws IOException {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new BindException("host " + host + " is unknown");
        }
        InetAddress ip = address.getAddress();
        if (!ip.isAnyLocalAddress() && NetworkInterface.getByInetAddress(ip) == null) {
            throw new BindException(host + " is not an address of this machine");
        }
        try (ServerSocket socket = new ServerSocket()) {
            // As the server does: connections of an earlier process that are still being closed do not matter.
            socket.setReuseAddress(true);
            socket.bind(address);
        } catch (BindException e) {
            // A port in use and a missing right are the same exception.
            boolean allowed = port == 0 || port >= FIRST_UNPRIVILEGED_PORT;
            BindException named = new BindException(
                    "port " + port + " on " + host + " is in use" + (allowed ? "" : ", or needs more rights"));
            named.initCause(e);
            throw named;
        }
    }

    /**
     * Refuses to announce an address at which nobody listens.
     *
     * @throws IOException if the monitor listens on another address than one of these; the message says what to change
     */
    static void checkAnnounced(String host, Iterable<InetAddress> announced) throws IOException {
        InetAddress listens = InetAddress.getByName(host);
        for (InetAddress address : announced) {
            boolean reached = listens.isAnyLocalAddress()
                    || listens.equals(address)
                    || (listens.isLoopbackAddress() && address.isLoopbackAddress());
            if (!reached) {
                throw new BindException("the monitor listens on " + host + " only, so it cannot be announced on "
                        + address.getHostAddress() + "; let it listen there, or on 0.0.0.0");
            }
        }
    }
}
