package dev.vitals.health.monitor.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A host of a URL that is written as an address. There are many ways to write one that resolvers read differently
 * (decimal, octal, hexadecimal, fewer than four parts): only the plain one is taken.
 */
final class IpLiteral {
    // What ends in a number is an address to some resolver, and never a name. Source: WHATWG URL, "ends in a number".
    private static final Pattern ENDS_IN_NUMBER = Pattern.compile("(?:.*\\.)?(?:[0-9]+|0[xX][0-9a-fA-F]*)\\.?");
    private static final Pattern PART = Pattern.compile("0|[1-9][0-9]{0,2}");
    private static final int QUAD = 4;
    private static final int MAX_PART = 255;

    private IpLiteral() {}

    /** Returns whether the host is meant as an address, however it is written. */
    static boolean is(String host) {
        return host.startsWith("[")
                || host.contains(":")
                || ENDS_IN_NUMBER.matcher(host).matches();
    }

    /** Returns the address if it is written plainly. */
    static Optional<InetAddress> parse(String host) {
        try {
            if (host.startsWith("[") && host.endsWith("]")) {
                return Optional.of(InetAddress.getByName(withoutZone(host.substring(1, host.length() - 1))));
            }
            byte[] quad = quad(host);
            return quad == null ? Optional.empty() : Optional.of(InetAddress.getByAddress(quad));
        } catch (UnknownHostException noAddress) {
            return Optional.empty();
        }
    }

    // Which interface does not matter to the rules; a colon must be there, or a resolver would be asked.
    private static String withoutZone(String address) throws UnknownHostException {
        int zone = address.indexOf('%');
        String plain = zone < 0 ? address : address.substring(0, zone);
        if (!plain.contains(":")) {
            throw new UnknownHostException(address);
        }
        return plain;
    }

    /** Returns the bytes of four decimal numbers without leading zeros; null if it is anything else. */
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
