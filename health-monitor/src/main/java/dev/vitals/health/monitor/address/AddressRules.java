package dev.vitals.health.monitor.address;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides which addresses a registered URL may lead to. The default refuses loopback (unless the monitor itself is bound
 * to it), link-local, metadata services, unspecified, multicast, broadcast and reserved addresses, and the monitor's own
 * listener. The list of allowed ranges overrides the default; the list of denied ranges overrides both. An IPv6 address
 * that contains an IPv4 address must pass as both.
 *
 * <p>Thread-safe.
 */
public final class AddressRules implements AddressGuard {
    private final boolean loopback;
    private final List<AddressRule> allowed;
    private final List<AddressRule> denied;
    private volatile @Nullable InetSocketAddress listener;

    /**
     * Creates rules with these lists.
     *
     * @param loopback whether 127.0.0.0/8 and ::1 are allowed by default
     */
    public AddressRules(boolean loopback, List<AddressRule> allowed, List<AddressRule> denied) {
        this.loopback = loopback;
        this.allowed = List.copyOf(allowed);
        this.denied = List.copyOf(denied);
    }

    /** Refuses the monitor's own listener from now on. */
    public void listener(InetSocketAddress address) {
        listener = address;
    }

    @Override
    public Optional<String> refusal(InetSocketAddress address) {
        InetAddress ip = address.getAddress();
        if (ip == null) {
            return Optional.of("the name has no address");
        }
        Optional<InetAddress> embedded = EmbeddedAddress.of(ip);
        return refusal(ip, embedded.orElse(ip), address.getPort())
                .map(reason -> "connections to " + ip.getHostAddress() + " are not allowed: " + reason);
    }

    /**
     * Returns why the host of a URL is refused, without a lookup: an address is checked here, a name is checked before
     * each connection.
     */
    public Optional<String> refusal(String host, int port) {
        if (!IpLiteral.is(host)) {
            return Optional.empty();
        }
        return IpLiteral.parse(host)
                .map(address -> refusal(new InetSocketAddress(address, port)))
                .orElse(Optional.of(
                        "an IPv4 address must be four decimal numbers, an IPv6 address must be in brackets"));
    }

    private Optional<String> refusal(InetAddress outer, InetAddress inner, int port) {
        Optional<AddressRule> denial = find(denied, outer, inner, port);
        if (denial.isPresent()) {
            return Optional.of("denied by " + denial.get());
        }
        if (find(allowed, outer, inner, port).isPresent()) {
            return Optional.empty();
        }
        if (isOwnListener(inner, port)) {
            return Optional.of("it is the monitor's own listener");
        }
        if (inner.isLoopbackAddress()) {
            return loopback ? Optional.empty() : Optional.of("loopback");
        }
        return DefaultRanges.refusedAs(outer).or(() -> DefaultRanges.refusedAs(inner));
    }

    private static Optional<AddressRule> find(List<AddressRule> rules, InetAddress outer, InetAddress inner, int port) {
        return rules.stream()
                .filter(rule -> rule.covers(outer, port) || rule.covers(inner, port))
                .findFirst();
    }

    private boolean isOwnListener(InetAddress ip, int port) {
        InetSocketAddress own = listener;
        if (own == null || own.getPort() != port) {
            return false;
        }
        // Some systems treat 127.0.0.2 as 127.0.0.1, and 0.0.0.0 as either.
        if (ip.isAnyLocalAddress() || ip.isLoopbackAddress() || ip.equals(own.getAddress())) {
            return true;
        }
        return own.getAddress().isAnyLocalAddress() && isLocal(ip);
    }

    private static boolean isLocal(InetAddress ip) {
        try {
            return NetworkInterface.getByInetAddress(ip) != null;
        } catch (SocketException e) {
            // Unknown: refuse rather than allow.
            return true;
        }
    }
}
