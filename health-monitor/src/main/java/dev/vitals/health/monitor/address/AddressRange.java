package dev.vitals.health.monitor.address;

import dev.vitals.health.internal.Require;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A range of addresses in CIDR form, such as {@code 10.0.0.0/8} or {@code fd00::/8}, or a single address. Immutable. */
public final class AddressRange {
    /** The form of a range, as text that follows "must be". */
    public static final String BOUND =
            "a range of addresses such as 10.0.0.0/8, 192.0.2.7 or fd00::/8, without bits after its length";

    private static final Pattern FORM = Pattern.compile("([0-9a-fA-F.:]{2,45})(?:/([0-9]{1,3}))?");

    private final byte[] first;
    private final int length;

    private AddressRange(byte[] first, int length) {
        this.first = first;
        this.length = length;
    }

    /** Returns the range that the text describes; empty if the text is not a range. */
    public static Optional<AddressRange> parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        byte[] address = bytes(parts.group(1));
        if (address == null) {
            return Optional.empty();
        }
        int bits = address.length * Byte.SIZE;
        int length = parts.group(2) == null ? bits : Integer.parseInt(parts.group(2));
        return length <= bits && hasNoBitsAfter(address, length)
                ? Optional.of(new AddressRange(address, length))
                : Optional.empty();
    }

    /**
     * Returns the range that the text describes.
     *
     * @throws IllegalArgumentException if the text is not a range; the message has the field, the value and the bound
     */
    public static AddressRange of(String field, String text) {
        return parse(text)
                .orElseThrow(() ->
                        new IllegalArgumentException(field + " must be " + BOUND + ", was " + Require.shown(text)));
    }

    private static byte @Nullable [] bytes(String text) {
        if (!text.contains(":")) {
            return IpLiteral.quad(text);
        }
        try {
            // Text with a colon is never looked up as a name.
            return toIpv6(InetAddress.getByName(text).getAddress());
        } catch (UnknownHostException notAnAddress) {
            return null;
        }
    }

    // The JDK turns ::ffff:1.2.3.4 into IPv4; a range written so is IPv6.
    private static byte[] toIpv6(byte[] address) {
        return address.length == 16 ? address : EmbeddedAddress.mapped(address);
    }

    private static boolean hasNoBitsAfter(byte[] address, int length) {
        for (int bit = length; bit < address.length * Byte.SIZE; bit++) {
            if ((address[bit / Byte.SIZE] & 0x80 >> (bit % Byte.SIZE)) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether the address is in the range; an address of the other family never is. */
    public boolean contains(InetAddress address) {
        return contains(address.getAddress());
    }

    boolean contains(byte[] address) {
        if (address.length != first.length) {
            return false;
        }
        int whole = length / Byte.SIZE;
        if (!Arrays.equals(first, 0, whole, address, 0, whole)) {
            return false;
        }
        int rest = length % Byte.SIZE;
        return rest == 0 || (first[whole] ^ address[whole]) >> (Byte.SIZE - rest) == 0;
    }

    /** Returns the range in CIDR form. */
    @Override
    public String toString() {
        try {
            return InetAddress.getByAddress(first).getHostAddress() + "/" + length;
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 and 16 bytes are an address", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AddressRange that && length == that.length && Arrays.equals(first, that.first);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(first) + length;
    }
}
