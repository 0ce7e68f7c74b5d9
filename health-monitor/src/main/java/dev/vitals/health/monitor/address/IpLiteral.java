package dev.vitals.health.monitor.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Recognizes the host of a URL that is an address. Resolvers differ on decimal, octal and hexadecimal forms and on fewer
 * than four parts, so only the plain form is accepted.
 */
final class IpLiteral {
    // A host that ends in a number is an address for some resolver, and never a name. Source: WHATWG URL.
    private static final Pattern ENDS_IN_NUMBER = Pattern.compile("(?:.*\\.)?(?:[0-9]+|0[xX][0-9a-fA-F]*)\\.?");
    private static final Pattern PART = Pattern.compile("0|[1-9][0-9]{0,2}");
    private static final int QUAD = 4;
    private static final int MAX_PART = 255;

    private IpLiteral() {}

    /** Returns whether some resolver would read the host as an address. */
    static boolean is(String host) {
        return host.startsWith("[")
                || host.contains(":")
                || ENDS_IN_NUMBER.matcher(host).matches();
    }

    /** Returns the address if the host has the plain form. */
    static Optional<InetAddress> parse(String host) {
        try {
            if (host.startsWith("[") && host.endsWith("]")) {
                return Optional.of(InetAddress.getByName(withoutZone(host.substring(1, host.length() - 1))));
            }
            if (host.contains(":")) {
                // Where the port is a separate part it has no brackets.
                return Optional.of(InetAddress.getByName(withoutZone(host)));
            }
            byte[] quad = quad(host);
            return quad == null ? Optional.empty() : Optional.of(InetAddress.getByAddress(quad));
        } catch (UnknownHostException notAnAddress) {
            return Optional.empty();
        }
    }

    // The rules ignore the zone. Without a colon the JDK would look the text up as a name.
    private static String withoutZone(String address) throws UnknownHostException {
        int zone = address.indexOf('%');
        String plain = zone < 0 ? address : address.substring(0, zone);
        if (!plain.contains(":")) {
            throw new UnknownHostException(address);
        }
        return plain;
    }

    /** Returns the bytes of four decimal numbers without leading zeros; null for any other text. */
    static byte @Nullable [] quad(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != QUAD) {
            return null;
        }
        byte[] bytes = new byte[QUAD];
        for (int i = 0; i < QUAD; i++) {
            if (!PART.matcher(parts[i]).matches() || Integer.parseInt(parts[i]) > MAX_PART) {
                return null;
            }
            bytes[i] = (byte) Integer.parseInt(parts[i]);
        }
        return bytes;
    }
}
