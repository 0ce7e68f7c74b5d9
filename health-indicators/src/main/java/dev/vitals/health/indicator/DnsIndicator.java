package dev.vitals.health.indicator;

import dev.vitals.health.HealthCheck;
import dev.vitals.health.Outcome;
import dev.vitals.health.internal.Require;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.Security;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks whether a host name can be resolved, and optionally whether to the expected addresses.
 *
 * <p>A name that cannot be resolved, and addresses other than the expected ones, are ERROR. Data: {@code addresses}.
 *
 * <p>Uses the system's resolver, as every connection of this JVM does: files such as {@code /etc/hosts} count, and answers
 * may come from the JVM's cache, which by default keeps them for 30 s, and 10 s if the name was not found. A JVM that keeps
 * them for ever ({@code networkaddress.cache.ttl} is -1, or there is a security manager) never notices that a name moved
 * or is gone: then what would be OK is WARNING. The resolver
 * has no timeout, so this check has none: a slow run ends at the timeout of the check, and holds its thread until the
 * resolver gives up.
 *
 * <p>Immutable: the methods that set an option return a changed copy.
 */
public final class DnsIndicator implements HealthCheck {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,253}");
    private static final Pattern IPV4 = Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f.]*(:[0-9A-Fa-f.]*){2,8}");
    private static final int MAX_ADDRESSES = 100;

    private final String name;
    private final Set<String> expected;

    private DnsIndicator(String name, Set<String> expected) {
        this.name = name;
        this.expected = expected;
    }

    /**
     * Returns a check that accepts any address.
     *
     * @param name a host name of at most 253 characters, not an address
     * @throws IllegalArgumentException if the name is not of this form
     */
    public static DnsIndicator of(String name) {
        Objects.requireNonNull(name, "name");
        if (IPV4.matcher(name).matches() || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "name must be a host name of 1 to 253 characters, not an address, was " + Require.shown(name));
        }
        return new DnsIndicator(name, Set.of());
    }

    /**
     * Returns a copy that expects exactly these addresses, in any order; default any, at least one.
     *
     * @param addresses 1 to 100 of IPv4 or IPv6, without brackets and zones
     * @throws IllegalArgumentException if there are none or too many, or one is not an address
     */
    public DnsIndicator expectedAddresses(String... addresses) {
        List<String> copy = List.of(Objects.requireNonNull(addresses, "addresses"));
        if (copy.isEmpty() || copy.size() > MAX_ADDRESSES) {
            throw new IllegalArgumentException(
                    "expectedAddresses must have 1 to " + MAX_ADDRESSES + " elements, had " + copy.size());
        }
        Set<String> normal = new TreeSet<>();
        copy.forEach(address -> normal.add(normal(address)));
        return new DnsIndicator(name, normal);
    }

    private static String normal(String address) {
        if (IPV4.matcher(address).matches() || IPV6.matcher(address).matches()) {
            try {
                return InetAddress.getByName(address).getHostAddress(); // an address is not looked up
            } catch (UnknownHostException e) {
                throw refused(address);
            }
        }
        throw refused(address);
    }

    private static IllegalArgumentException refused(String address) {
        return new IllegalArgumentException(
                "expectedAddresses must be IPv4 or IPv6 addresses, was " + Require.shown(address));
    }

    @Override
    public Outcome run() {
        try {
            Set<String> found = new TreeSet<>();
            for (InetAddress address : InetAddress.getAllByName(name)) {
                String text = address.getHostAddress();
                int zone = text.indexOf('%');
                found.add(zone < 0 ? text : text.substring(0, zone));
            }
            Outcome outcome = expected.isEmpty() || expected.equals(found)
                    ? resolved()
                    : Outcome.error(name + " resolves to " + words(found) + ", expected " + words(expected));
            return outcome.with("addresses", List.copyOf(found));
        } catch (UnknownHostException e) {
            return Outcome.error(name + " cannot be resolved: " + FailureReason.of(e));
        }
    }

    private Outcome resolved() {
        return keepsForEver()
                ? Outcome.warning(name + " resolves, but this JVM keeps addresses for ever, so this check cannot fail:"
                        + " set the security property networkaddress.cache.ttl to seconds, such as 30")
                : Outcome.ok();
    }

    /** Returns whether the JVM's cache of addresses has no end, by the rules of {@code InetAddress}. */
    @SuppressWarnings("removal") // on JDK 17 a security manager makes the cache endless; later there is none
    private static boolean keepsForEver() {
        Integer seconds = whole(Security.getProperty("networkaddress.cache.ttl"));
        if (seconds == null) {
            seconds = whole(System.getProperty("sun.net.inetaddr.ttl"));
        }
        return seconds == null ? System.getSecurityManager() != null : seconds < 0;
    }

    private static @Nullable Integer whole(@Nullable String text) {
        try {
            return text == null ? null : Integer.decode(text);
        } catch (NumberFormatException e) {
            return null; // the JVM ignores it as well
        }
    }

    private static String words(Set<String> addresses) {
        return String.join(" and ", addresses.stream().limit(10).toList())
                + (addresses.size() > 10 ? " and " + (addresses.size() - 10) + " more" : "");
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
