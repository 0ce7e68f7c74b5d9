package dev.vitals.health.monitor.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses a registered URL may lead to. Without lists these are refused: loopback (unless the monitor itself is
 * bound to it), link-local, metadata services, unspecified, multicast, broadcast and reserved addresses, and the
 * monitor's own listener. What is allowed wins over that; what is denied wins over what is allowed. An IPv6 address
 * that carries an IPv4 address is judged by both.
 *
 * <p>Thread-safe.
 */
public final class AddressRules implements AddressGuard {
    private final boolean loopback;
    private final List<AddressRule> allowed;
    private final List<AddressRule> denied;
    private volatile @Nullable InetSocketAddress listener;

    /**
     * Makes rules of these lists.
     *
     * @param loopback whether this machine's own addresses 127.0.0.0/8 and ::1 are let through without being in
     *     the list
     */
    public AddressRules(boolean loopback, List<AddressRule> allowed, List<AddressRule> denied) {
        this.loopback = loopback;
        this.allowed = List.copyOf(allowed);
        this.denied = List.copyOf(denied);
    }

    /** Says where the monitor listens, which is refused from then on. */
    public void listener(InetSocketAddress address) {
        listener = address;
    }

    @Override
    public Optional<String> refusal(InetSocketAddress address) {
        InetAddress ip = address.getAddress();
        if (ip == null) {
            return Optional.of("it has no address");
        }
        Optional<InetAddress> embedded = EmbeddedAddress.of(ip);
        return refusal(ip, embedded.orElse(ip), address.getPort())
                .map(reason -> ip.getHostAddress() + " may not be connected to: " + reason);
    }

    /**
     * Judges the host of a URL as far as it can be without asking a resolver: an address is judged at once, a name when
     * it is connected to.
     */
    public Optional<String> refusal(String host, int port) {
        if (!IpLiteral.is(host)) {
            return Optional.empty();
        }
        return IpLiteral.parse(host)
                .map(address -> refusal(new InetSocketAddress(address, port)))
                .orElse(Optional.of("an address must be four decimal numbers, or IPv6 in brackets"));
    }

    private Optional<String> refusal(InetAddress outer, InetAddress inner, int port) {
        Optional<AddressRule> denial = find(denied, outer, inner, port);
        if (denial.isPresent()) {
            return Optional.of("denied by " + denial.get());
        }
        if (find(allowed, outer, inner, port).isPresent()) {
            return Optional.empty();
        }
        if (own(inner, port)) {
            return Optional.of("the monitor listens there itself");
        }
        if (inner.isLoopbackAddress()) {
            return loopback ? Optional.empty() : Optional.of("loopback");
        }
        return DefaultRanges.kind(outer).or(() -> DefaultRanges.kind(inner));
    }

    private static Optional<AddressRule> find(List<AddressRule> rules, InetAddress outer, InetAddress inner, int port) {
        return rules.stream()
                .filter(rule -> rule.covers(outer, port) || rule.covers(inner, port))
                .findFirst();
    }

    private boolean own(InetAddress ip, int port) {
        InetSocketAddress own = listener;
        if (own == null || own.getPort() != port) {
            return false;
        }
        // Whether the system takes 127.0.0.2 for 127.0.0.1, or 0.0.0.0 for either, is not for us to know.
        if (ip.isAnyLocalAddress() || ip.isLoopbackAddress() || ip.equals(own.getAddress())) {
            return true;
        }
        return own.getAddress().isAnyLocalAddress() && ofThisMachine(ip);
    }

    private static boolean ofThisMachine(InetAddress ip) {
        try {
            return NetworkInterface.getByInetAddress(ip) != null;
        } catch (SocketException e) {
            // Not to be found out: better refused than let through.
            return true;
        }
    }
}
