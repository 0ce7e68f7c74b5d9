package dev.vitals.health.monitor.address;

import dev.vitals.health.internal.Require;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ranges of addresses with a range of ports: one entry of the allow list or the deny list. Immutable. */
public final class AddressRule {
    /** The form of a rule, as text that follows "must be". */
    public static final String BOUND = "a range of addresses such as 10.0.0.0/8 or [fd00::/8], without bits after its"
            + " length, or private, loopback or all; optionally followed by :PORT or :FROM-TO, from 1 to 65535";

    private static final Map<String, List<AddressRange>> NAMED = Map.of(
            "private", DefaultRanges.PRIVATE,
            "loopback", DefaultRanges.LOOPBACK,
            "all", List.of(AddressRange.of("range", "0.0.0.0/0"), AddressRange.of("range", "::/0")));

    // IPv6 with a port needs brackets: fd00::1:80 would be ambiguous.
    private static final Pattern FORM =
            Pattern.compile("(?:\\[([^\\]]+)\\]|([a-z]+|[0-9./]+))(?::([0-9]{1,5})(?:-([0-9]{1,5}))?)?");

    private static final int MAX_PORT = 65_535;

    private final String text;
    private final List<AddressRange> ranges;
    private final int fromPort;
    private final int toPort;

    private AddressRule(String text, List<AddressRange> ranges, int fromPort, int toPort) {
        this.text = text;
        this.ranges = ranges;
        this.fromPort = fromPort;
        this.toPort = toPort;
    }

    /**
     * Returns the rule that the text describes.
     *
     * @throws IllegalArgumentException if the text is not a rule; the message has the field, the value and the bound
     */
    public static AddressRule of(String field, String text) {
        return parse(text)
                .orElseThrow(() ->
                        new IllegalArgumentException(field + " must be " + BOUND + ", was " + Require.shown(text)));
    }

    private static Optional<AddressRule> parse(String text) {
        Optional<AddressRange> plain = AddressRange.parse(text);
        if (plain.isPresent()) {
            return Optional.of(new AddressRule(text, List.of(plain.get()), 0, MAX_PORT));
        }
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        List<AddressRange> ranges = ranges(Objects.requireNonNullElse(parts.group(1), parts.group(2)));
        String first = parts.group(3);
        String last = parts.group(4);
        int from = first == null ? 0 : Integer.parseInt(first);
        int to = first == null ? MAX_PORT : last == null ? from : Integer.parseInt(last);
        boolean validPorts = to <= MAX_PORT && from <= to && (first == null || from > 0);
        return ranges.isEmpty() || !validPorts
                ? Optional.empty()
                : Optional.of(new AddressRule(text, ranges, from, to));
    }

    private static List<AddressRange> ranges(String text) {
        List<AddressRange> named = NAMED.get(text);
        return named == null ? AddressRange.parse(text).stream().toList() : named;
    }

    boolean covers(InetAddress address, int port) {
        return port >= fromPort && port <= toPort && ranges.stream().anyMatch(range -> range.contains(address));
    }

    /** Returns the rule as it was written. */
    @Override
    public String toString() {
        return text;
    }
}
