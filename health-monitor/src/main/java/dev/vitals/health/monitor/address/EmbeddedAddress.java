package dev.vitals.health.monitor.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Finds the IPv4 address inside an IPv6 address of a transition mechanism. Traffic to the outer one ends at the inner. */
final class EmbeddedAddress {
    private static final int V4_BYTES = 4;
    private static final int V6_BYTES = 16;
    private static final int LAST = V6_BYTES - V4_BYTES;

    /** The position of the IPv4 address in the addresses of a range, and whether its bits are inverted. */
    private record Mechanism(AddressRange range, int at, boolean inverted) {}

    private static final List<Mechanism> MECHANISMS = List.of(
            mechanism("::ffff:0:0:0/96", LAST, false), // translated, RFC 2765
            mechanism("64:ff9b::/96", LAST, false), // NAT64, RFC 6052
            mechanism("64:ff9b:1::/48", LAST, false), // local NAT64, RFC 8215
            mechanism("2002::/16", 2, false), // 6to4, RFC 3056
            mechanism("2001::/32", LAST, true)); // Teredo, RFC 4380

    private EmbeddedAddress() {}

    private static Mechanism mechanism(String range, int at, boolean inverted) {
        return new Mechanism(AddressRange.of("range", range), at, inverted);
    }

    /** Returns the embedded address, if there is one. The JDK already turns mapped addresses into IPv4. */
    static Optional<InetAddress> of(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length != V6_BYTES) {
            return Optional.empty();
        }
        if (compatible(bytes) || mapped(bytes, LAST) || isatap(bytes)) {
            return Optional.of(v4(bytes, LAST, false));
        }
        return MECHANISMS.stream()
                .filter(mechanism -> mechanism.range().contains(bytes))
                .findFirst()
                .map(mechanism -> v4(bytes, mechanism.at(), mechanism.inverted()));
    }

    /** Returns the IPv4 address as a mapped IPv6 address. */
    static byte[] mapped(byte[] v4) {
        byte[] bytes = new byte[V6_BYTES];
        bytes[10] = -1;
        bytes[11] = -1;
        System.arraycopy(v4, 0, bytes, LAST, V4_BYTES);
        return bytes;
    }

    private static boolean mapped(byte[] bytes, int last) {
        return zeros(bytes, 10) && bytes[10] == -1 && bytes[last - 1] == -1;
    }

    // ::1.2.3.4, except :: and ::1, which have their own meaning.
    private static boolean compatible(byte[] bytes) {
        return zeros(bytes, LAST) && (bytes[12] != 0 || bytes[13] != 0 || bytes[14] != 0 || (bytes[15] & 0xfe) != 0);
    }

    // RFC 5214: the interface part is 0000:5efe or 0200:5efe, then the IPv4 address.
    private static boolean isatap(byte[] bytes) {
        return (bytes[8] & 0xfd) == 0 && bytes[9] == 0 && bytes[10] == 0x5e && bytes[11] == (byte) 0xfe;
    }

    private static boolean zeros(byte[] bytes, int count) {
        for (int i = 0; i < count; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static InetAddress v4(byte[] bytes, int at, boolean inverted) {
        byte[] found = Arrays.copyOfRange(bytes, at, at + V4_BYTES);
        for (int i = 0; inverted && i < V4_BYTES; i++) {
            found[i] = (byte) ~found[i];
        }
        try {
            return InetAddress.getByAddress(found);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 bytes are an address", e);
        }
    }
}
