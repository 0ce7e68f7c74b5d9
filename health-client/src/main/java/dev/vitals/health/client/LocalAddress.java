package dev.vitals.health.client;

import dev.vitals.health.internal.Uris;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Replaces a loopback or wildcard host by the address at which the monitor can reach this host. */
final class LocalAddress {
    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|\\[.+]");

    private final Route route;

    /** Finds the local address from which a remote one is reached. */
    @FunctionalInterface
    interface Route {
        InetAddress towards(InetSocketAddress remote) throws IOException;
    }

    LocalAddress(Route route) {
        this.route = route;
    }

    /** Returns an instance that asks the host's routing table. */
    static LocalAddress ofHost() {
        return new LocalAddress(LocalAddress::routed);
    }

    /** Returns the URL that the monitor has to use. Asks the resolver for the monitor's name. */
    URI seenFrom(URI monitor, URI url) throws IOException {
        InetAddress host = addressIn(url.getHost());
        if (host == null || !(host.isLoopbackAddress() || host.isAnyLocalAddress())) {
            return url;
        }
        InetAddress address = InetAddress.getByName(monitor.getHost());
        if (host.isLoopbackAddress() && address.isLoopbackAddress()) {
            return url;
        }
        InetAddress own = route.towards(new InetSocketAddress(address, Uris.port(monitor)));
        return Uris.of(url.getScheme(), literal(own), url.getPort(), url.getRawPath());
    }

    // Other names stay as they are, without a lookup: the user chose them for the monitor.
    private static @Nullable InetAddress addressIn(String host) throws IOException {
        String lower = host.toLowerCase(Locale.ROOT);
        if (lower.equals("localhost") || lower.endsWith(".localhost")) {
            return InetAddress.getLoopbackAddress();
        }
        return LITERAL.matcher(host).matches() ? InetAddress.getByName(host) : null;
    }

    private static String literal(InetAddress address) {
        String text = address.getHostAddress();
        if (!(address instanceof Inet6Address)) {
            return text;
        }
        int scope = text.indexOf('%');
        return "[" + (scope < 0 ? text : text.substring(0, scope)) + "]";
    }

    // Connecting a datagram socket sends nothing; it only chooses the local address.
    private static InetAddress routed(InetSocketAddress remote) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(remote);
            InetAddress own = socket.getLocalAddress();
            return own.isAnyLocalAddress() ? InetAddress.getLocalHost() : own;
        }
    }
}
